import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { saidOf } from "../../shared/page/said.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { DayField } from "../ui/DayField.tsx";
import { DraftDesk } from "../ui/DraftDesk.tsx";
import { Missing } from "../ui/Missing.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useDates } from "../ui/useDates.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { useDescribe } from "../ui/useDescribe.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** A page of the album, while it is being written and afterwards. */
export const MemoryPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("us");
  const cards = useLive(useJournal().cards);
  const found = cards.find((card) => card.id === id && card.kind === "memory");
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  if (card === undefined) return <Missing />;
  return (
    <div className="stack measured">
      <BackLink to="/us/album">{t("album.title")}</BackLink>
      {card.place === "draft" ? <MemoryEditor draft={card} /> : <MemoryReading card={card} />}
    </div>
  );
};

const MemoryEditor = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("us");
  const names = usePartnerName();
  const dayWords = useDayWords();
  const day = saidOf("memory", draft.said)?.day;
  const changes = draft.draft?.changes;
  return (
    <DraftDesk
      draft={draft}
      texts={{
        title: t("album.editor.title"),
        intro: t("album.editor.intro", names),
        body: t("album.editor.body"),
        button: t("album.send.button", names),
        confirm: t("album.send.confirm", names),
        note: t("album.send.note", names),
      }}
      titled
      withPhotos
      fields={changes === undefined ? <MemoryDay draft={draft} /> : undefined}
      says={day === undefined ? undefined : <p className="help">{dayWords(day)}</p>}
      to={(shared) => `/us/album/${shared}`}
      back={changes === undefined ? "/us/album" : `/us/album/${changes}`}
    />
  );
};

const MemoryDay = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("us");
  const { code, describe } = useDescribe(draft.id);
  return (
    <div className="stack">
      <DayField
        label={t("album.day")}
        value={saidOf("memory", draft.said)?.day}
        onChange={(day) => describe({ kind: "memory", day })}
      />
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </div>
  );
};

const MemoryReading = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("us");
  const names = usePartnerName();
  const dates = useDates();
  const dayWords = useDayWords();
  const [, navigate] = useLocation();
  const mine = card.author === "me";
  const day = saidOf("memory", card.said)?.day;
  if (card.withdrawnAt !== undefined)
    return (
      <article className="stack">
        <PageTitle>{t("album.one")}</PageTitle>
        <Withdrawn card={card} />
      </article>
    );
  return (
    <article className="stack">
      <Voice who={mine ? "mine" : "theirs"}>
        {`${t(mine ? "album.by.me" : "album.by.partner", names)} · ${dates.day(card.writtenAt)}`}{" "}
        <Changed card={card} />
      </Voice>
      <PageTitle hidden={card.title === ""}>
        <span dir="auto">{card.title === "" ? t("album.one") : card.title}</span>
      </PageTitle>
      <CameBack card={card} />
      {day === undefined ? null : <p className="help">{dayWords(day)}</p>}
      <div className="letter">
        <PageWords id={card.id} />
      </div>
      {mine ? (
        <OwnPageTools card={card} onChanging={(draft) => navigate(`/us/album/${draft}`)} />
      ) : null}
    </article>
  );
};
