import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { LetterEditor } from "./LetterEditor.tsx";
import { LetterReading } from "./LetterReading.tsx";
import { findPaper, type Paper } from "./papers.ts";
import { useLetterWords } from "./useLetterWords.ts";

/** One of them: a draft that is being written, or what was sent. */
export const LetterPage = ({ id }: { readonly id: PageId }) => {
  const cards = useLive(useJournal().cards);
  const found = useMemo(() => findPaper(cards, id), [cards, id]);
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const paper = found ?? last;
  if (paper === undefined) return <Missing />;
  return (
    <div className="stack measured">
      <Back paper={paper} cards={cards} />
      {paper.place === "draft" ? <LetterEditor paper={paper} /> : <LetterReading paper={paper} />}
    </div>
  );
};

/** To the page that this one belongs to, where it is here. */
const Back = ({ paper, cards }: { readonly paper: Paper; readonly cards: readonly Card[] }) => {
  const { t } = useTranslation("letters");
  const { name } = useLetterWords();
  const to = paper.draft?.changes ?? paper.of;
  const owner = to === undefined ? undefined : findPaper(cards, to);
  return owner === undefined ? (
    <BackLink to="/letters">{t("title")}</BackLink>
  ) : (
    <BackLink to={`/letters/${owner.id}`}>{name(owner)}</BackLink>
  );
};
