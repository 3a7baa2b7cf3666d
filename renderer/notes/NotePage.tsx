import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { NoteEditor } from "./NoteEditor.tsx";
import { isNote, type NoteCard, type NoteKind, notePlaces } from "./noteKinds.ts";
import { useNoteWords } from "./useNoteWords.ts";

type NotePageProps = { readonly kind: NoteKind; readonly id: PageId };

/** One that is only here, to write on; or one that was shared, to read. */
export const NotePage = ({ kind, id }: NotePageProps) => {
  const { t } = useTranslation("notes");
  const cards = useLive(useJournal().cards);
  const found = cards.filter(isNote(kind)).find((card) => card.id === id);
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  if (card === undefined) return <Missing />;
  return (
    <div className="stack measured">
      <BackLink to={`/${notePlaces[kind]}`}>{t(`${kind}.title`)}</BackLink>
      {card.place === "draft" ? <NoteEditor draft={card} /> : <Reading card={card} />}
    </div>
  );
};

const Reading = ({ card }: { readonly card: NoteCard }) => {
  const { t } = useTranslation(["notes", "app"]);
  const words = useNoteWords();
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const mine = card.author === "me";
  const name = t(mine ? `${card.kind}.one` : `${card.kind}.oneOf`, names);
  const helped = words.helped(card);
  if (card.withdrawnAt !== undefined)
    return (
      <article className="stack">
        <PageTitle>{name}</PageTitle>
        <Withdrawn card={card} />
      </article>
    );
  return (
    <article className="stack">
      <Voice who={mine ? "mine" : "theirs"}>
        {words.label(card)} <Changed card={card} />
      </Voice>
      <PageTitle hidden={card.title === ""}>
        {card.title === "" ? (
          name
        ) : (
          <>
            {t("when")} <span dir="auto">{card.title}</span>
          </>
        )}
      </PageTitle>
      {card.dateDoubtful ? <p className="note">{t("app:dates.doubtful")}</p> : null}
      <CameBack card={card} />
      <div className="letter">
        <PageWords id={card.id} />
      </div>
      {helped === undefined ? null : (
        <p className="note" dir="auto">
          {helped}
        </p>
      )}
      {card.kind === "setback" ? <p className="help">{t("calm")}</p> : null}
      {mine ? (
        <OwnPageTools
          card={card}
          onChanging={(draft) => navigate(`/${notePlaces[card.kind]}/${draft}`)}
        />
      ) : null}
    </article>
  );
};
