import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { Openers } from "../ui/editor/Openers.tsx";
import type { Pen } from "../ui/editor/pen.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { SendDraft } from "../ui/paper/SendDraft.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { type NoteCard, notePlaces } from "./noteKinds.ts";
import { SetbackFields } from "./SetbackFields.tsx";
import { useNoteWords } from "./useNoteWords.ts";
import { WhenField } from "./WhenField.tsx";

/** A note that is only here: it may stay here for good, or be shared. */
export const NoteEditor = ({ draft }: { readonly draft: NoteCard }) => {
  const { t } = useTranslation("app");
  const opening = useOpenPage(useJournal().openPage, draft.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...opening} draft={draft} />;
};

type DeskProps = {
  readonly draft: NoteCard;
  readonly page: OpenPage;
  readonly reopen: () => void;
};

const Desk = ({ draft, page, reopen }: DeskProps) => {
  const { t } = useTranslation(["notes", "journal", "letters", "why"]);
  const names = usePartnerName();
  const words = useNoteWords();
  const [pen, setPen] = useState<Pen>();
  const { kind } = draft;
  const changes = draft.draft?.changes;
  const place = `/${notePlaces[kind]}`;
  const helped = words.helped(draft);
  return (
    <article className="stack composing">
      <PageTitle>{t(`${kind}.editor.title`)}</PageTitle>
      <p className="note">
        {changes === undefined ? t(`${kind}.editor.intro`, names) : t("why:editor.change", names)}
      </p>
      {kind === "whenThen" ? <WhenField page={page} /> : null}
      {kind === "whenThen" ? (
        <p className="field-name" aria-hidden="true">
          {t("then")}
        </p>
      ) : null}
      <FirstWords draft={draft} pen={pen} />
      <LazyPageEditor body={page.body} label={t(`${kind}.body`)} onReady={setPen} />
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      {kind !== "setback" ? null : changes === undefined ? (
        <SetbackFields draft={draft} />
      ) : (
        <p className="help">{t("helpedField.fixed")}</p>
      )}
      {changes === undefined ? <p className="help">{t("send.stays")}</p> : null}
      <SendDraft
        draft={draft}
        page={page}
        reopen={reopen}
        quiet
        texts={{
          button: t("send.button", names),
          confirm: t("send.confirm", names),
          note: t("send.note", names),
        }}
        shows={
          kind === "whenThen"
            ? { lead: <p className="help">{t("when")}</p> }
            : kind === "setback"
              ? {
                  lead: <p className="help">{words.day(draft)}</p>,
                  tags: helped === undefined ? undefined : <p className="help">{helped}</p>,
                }
              : {}
        }
        sent={(shared) => `${place}/${shared}`}
        back={changes === undefined ? place : `${place}/${changes}`}
      />
    </article>
  );
};

const starters = {
  whenThen: ["tell", "stay", "pause", "call", "write"],
  builds: ["more", "noticed", "easier", "glad", "missed"],
} as const;

type FirstWordsProps = { readonly draft: NoteCard; readonly pen: Pen | undefined };

/** Words to begin with; a hard day needs none. */
const FirstWords = ({ draft: { kind, draft }, pen }: FirstWordsProps) => {
  const { t } = useTranslation("notes");
  if (kind === "setback" || draft?.changes !== undefined) return null;
  const texts =
    kind === "whenThen"
      ? starters.whenThen.map((one) => t(`thenOpeners.${one}`))
      : starters.builds.map((one) => t(`buildsOpeners.${one}`));
  return (
    <Openers
      label={t(kind === "whenThen" ? "thenOpeners.label" : "buildsOpeners.label")}
      ready={pen !== undefined}
      openers={texts.map((text) => ({
        says: `${text} …`,
        write: () => pen?.beginAtCursor(`${text} `),
      }))}
    />
  );
};
