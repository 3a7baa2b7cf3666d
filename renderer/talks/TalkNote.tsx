import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Card } from "../../shared/page/card.ts";
import { DraftDesk } from "../ui/DraftDesk.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** What its writer keeps of a talk: here alone, or shared. */
export const NoteEditor = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("talks");
  const names = usePartnerName();
  return (
    <DraftDesk
      draft={draft}
      texts={{
        title: t("notes.one"),
        intro: t("notes.intro", names),
        body: t("notes.body"),
        button: t("notes.button", names),
        confirm: t("notes.confirm", names),
        note: t("notes.note"),
      }}
      to={(shared) => `/talks/${shared}`}
      back={draft.of === undefined ? "/talks" : `/talks/${draft.of}`}
    />
  );
};

export const NoteReading = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("talks");
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const mine = card.author === "me";
  if (card.withdrawnAt !== undefined)
    return (
      <article className="stack">
        <PageTitle>{t("notes.one")}</PageTitle>
        <Withdrawn card={card} />
      </article>
    );
  return (
    <article className="stack">
      <PageTitle hidden>{t("notes.one")}</PageTitle>
      <Voice who={mine ? "mine" : "theirs"}>
        {t(mine ? "notes.mine" : "notes.theirs", names)} <Changed card={card} />
      </Voice>
      <CameBack card={card} />
      <div className="letter">
        <PageWords id={card.id} />
      </div>
      {mine ? (
        <OwnPageTools card={card} onChanging={(draft) => navigate(`/talks/${draft}`)} />
      ) : null}
    </article>
  );
};
