import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Why } from "../../shared/page/whys.ts";
import { HeadedSections } from "../ui/editor/HeadedSections.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { Openers } from "../ui/editor/Openers.tsx";
import type { Pen } from "../ui/editor/pen.ts";
import { Fold } from "../ui/Fold.tsx";
import { Hints } from "../ui/hints/Hints.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Rest } from "../ui/paper/Rest.tsx";
import { SendDraft } from "../ui/paper/SendDraft.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { WhyCard } from "./whyPages.ts";

type EditorProps = {
  readonly draft: WhyCard;
  /** What it is written for, where that is there. */
  readonly why: Why | undefined;
};

/** What one asks, the reasons, or what is said to them: only here yet, or a copy in which it is changed. */
export const WhyEditor = (props: EditorProps) => {
  const { t } = useTranslation("app");
  const opening = useOpenPage(useJournal().openPage, props.draft.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...opening} {...props} />;
};

type DeskProps = EditorProps & { readonly page: OpenPage; readonly reopen: () => void };

const starters = ["understand", "together", "then", "not"] as const;
const parts = ["led", "excuse"] as const;

const Desk = ({ draft, why, page, reopen }: DeskProps) => {
  const { t } = useTranslation(["why", "journal"]);
  const names = usePartnerName();
  const [pen, setPen] = useState<Pen>();
  const { kind } = draft;
  const isNew = draft.draft?.changes === undefined;
  const whyPlace = why === undefined ? "/why" : `/why/${why.card.id}`;
  return (
    <article className="stack composing">
      <PageTitle>{t(`editor.${kind}.title`, names)}</PageTitle>
      <p className="note">{t(isNew ? `editor.${kind}.intro` : "editor.change", names)}</p>
      <Before draft={draft} />
      {kind === "why" ? (
        <TitleField
          page={page}
          label={t("journal:editor.title")}
          placeholder={t("journal:editor.titlePlaceholder")}
        />
      ) : null}
      {kind === "why" && isNew ? (
        <Openers
          label={t("openers.label")}
          ready={pen !== undefined}
          openers={starters.map((starter) => {
            const words = t(`openers.${starter}`);
            return { says: `${words} …`, write: () => pen?.beginAtCursor(`${words} `) };
          })}
        />
      ) : null}
      <LazyPageEditor body={page.body} label={t(`editor.${kind}.body`)} onReady={setPen} />
      <Hints body={page.body} about={kind === "whyReasons" ? "owning" : "asking"} />
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      {kind === "whyReasons" ? (
        <HeadedSections
          body={page.body}
          pen={pen}
          title={t("sections.title")}
          text={t("sections.text")}
          sections={parts.map((part) => ({
            name: t(`sections.${part}.name`),
            help: t(`sections.${part}.help`, names),
          }))}
        />
      ) : null}
      <SendDraft
        draft={draft}
        page={page}
        reopen={reopen}
        texts={{
          button: t("send.button", names),
          confirm: t("send.confirm", names),
          note: t(kind === "why" ? "send.asks" : "send.closes", names),
        }}
        sent={(shared) => (why === undefined ? `/why/${shared}` : whyPlace)}
        back={whyPlace}
      />
      <Rest draft={draft} />
    </article>
  );
};

/** The page that it is written to, at hand. */
const Before = ({ draft: { kind, of } }: { readonly draft: WhyCard }) => {
  const { t } = useTranslation("why");
  const names = usePartnerName();
  const before = useLive(useJournal().cards).find(({ id }) => id === of);
  if (before?.withdrawnAt !== undefined || before === undefined || !before.opened) return null;
  return (
    <Fold title={t(kind === "whyReasons" ? "editor.asked" : "editor.wrote", names)}>
      <div className="letter">
        {before.title === "" ? null : (
          <p className="why-asked" dir="auto">
            {before.title}
          </p>
        )}
        <PageWords id={before.id} />
      </div>
    </Fold>
  );
};
