import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { Hints } from "../ui/hints/Hints.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import type { Pen } from "../ui/editor/pen.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Rest } from "../ui/paper/Rest.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { DisclosureSections } from "./DisclosureSections.tsx";
import { LetterOpeners } from "./LetterOpeners.tsx";
import type { Paper } from "./papers.ts";
import { PauseChoice } from "./PauseChoice.tsx";
import { RepliedTo } from "./RepliedTo.tsx";
import { Sending } from "./Sending.tsx";
import { useLetterWords } from "./useLetterWords.ts";

/** A draft that is only here, or a private copy of sent words that are being changed. */
export const LetterEditor = ({ paper }: { readonly paper: Paper }) => {
  const { t } = useTranslation("app");
  const opening = useOpenPage(useJournal().openPage, paper.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...opening} paper={paper} />;
};

type DeskProps = { readonly paper: Paper; readonly page: OpenPage; readonly reopen: () => void };

const Desk = ({ paper, page, reopen }: DeskProps) => {
  const { t } = useTranslation(["letters", "journal"]);
  const names = usePartnerName();
  const { name } = useLetterWords();
  const [pen, setPen] = useState<Pen>();
  const kind = writtenKind(paper);
  const isNew = paper.draft?.changes === undefined;
  return (
    <article className="stack composing">
      <PageTitle>{name(paper)}</PageTitle>
      <p className="note">{t(isNew ? `intro.${kind}` : "intro.change", names)}</p>
      {kind === "reply" && paper.of !== undefined ? <RepliedTo letter={paper.of} /> : null}
      {kind === "told" || paper.kind === "letter" ? (
        <TitleField
          page={page}
          label={t("journal:editor.title")}
          placeholder={t("journal:editor.titlePlaceholder")}
        />
      ) : null}
      {isNew && (kind === "responsibility" || kind === "impact") ? (
        <LetterOpeners kind={kind} pen={pen} />
      ) : null}
      <LazyPageEditor body={page.body} label={t(`body.${kind}`, names)} onReady={setPen} />
      {hintsFor[kind] === undefined ? null : <Hints body={page.body} about={hintsFor[kind]} />}
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      {isNew && kind === "disclosure" ? <DisclosureSections body={page.body} pen={pen} /> : null}
      {isNew && kind === "impact" ? <PauseChoice letter={paper} /> : null}
      <Sending paper={paper} page={page} reopen={reopen} />
      <Rest draft={paper} />
    </article>
  );
};

type WrittenKind = "told" | "disclosure" | "addition" | "reply" | "responsibility" | "impact";

const writtenKind = ({ kind, letter }: Paper): WrittenKind =>
  kind === "letter" ? (letter?.about ?? "responsibility") : kind;

/** "But" and "if" where one owns what one did; "you always" where one says what it did. */
const hintsFor: Readonly<Record<WrittenKind, "asking" | "owning" | undefined>> = {
  told: "owning",
  responsibility: "owning",
  reply: "owning",
  impact: "asking",
  disclosure: undefined,
  addition: undefined,
};
