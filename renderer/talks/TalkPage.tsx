import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { readTalks } from "../../shared/page/talks.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { TalkEditor } from "./TalkEditor.tsx";
import { NoteEditor, NoteReading } from "./TalkNote.tsx";
import { TalkReading } from "./TalkReading.tsx";

/** A talk, or a note on one, while it is being written and afterwards. */
export const TalkPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("talks");
  const cards = useLive(useJournal().cards);
  const found = cards.find(
    (card) => card.id === id && (card.kind === "talk" || card.kind === "talkNote"),
  );
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  if (card === undefined) return <Missing />;
  const talk = card.kind === "talkNote" ? card.of : undefined;
  return (
    <div className="stack measured">
      {talk === undefined ? (
        <BackLink to="/talks">{t("title")}</BackLink>
      ) : (
        <BackLink to={`/talks/${talk}`}>{t("one")}</BackLink>
      )}
      <Content card={card} />
    </div>
  );
};

const Content = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("talks");
  const cards = useLive(useJournal().cards);
  const talks = useMemo(() => readTalks(cards), [cards]);
  const draft = card.place === "draft";
  if (card.kind === "talkNote")
    return draft ? <NoteEditor draft={card} /> : <NoteReading card={card} />;
  if (draft) return <TalkEditor draft={card} />;
  const talk = talks.find((one) => one.card.id === card.id);
  return talk === undefined ? (
    <article className="stack">
      <PageTitle>{t("one")}</PageTitle>
      <Withdrawn card={card} />
    </article>
  ) : (
    <TalkReading talk={talk} />
  );
};
