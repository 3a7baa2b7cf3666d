import { useTranslation } from "react-i18next";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Rest } from "../ui/paper/Rest.tsx";
import { SendDraft } from "../ui/paper/SendDraft.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { ReviewDay } from "./ReviewDay.tsx";

/** A proposal that is only here yet. */
export const AgreementEditor = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("app");
  const opening = useOpenPage(useJournal().openPage, draft.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...opening} draft={draft} />;
};

type DeskProps = { readonly draft: Card; readonly page: OpenPage; readonly reopen: () => void };

const Desk = ({ draft, page, reopen }: DeskProps) => {
  const { t } = useTranslation(["agreements", "journal"]);
  const names = usePartnerName();
  const dayWords = useDayWords();
  const { reviewBy, revises } = draft.agreement ?? {};
  const day = reviewBy === undefined ? "" : dayWords(reviewBy);
  return (
    <article className="stack composing">
      <PageTitle>{t(revises === undefined ? "editor.new" : "editor.anew")}</PageTitle>
      <p className="note">{t("editor.intro", names)}</p>
      <TitleField
        page={page}
        label={t("journal:editor.title")}
        placeholder={t("journal:editor.titlePlaceholder")}
      />
      <LazyPageEditor body={page.body} label={t("editor.body")} />
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      <ReviewDay draft={draft} />
      <SendDraft
        draft={draft}
        page={page}
        reopen={reopen}
        texts={{
          button: t("send.button"),
          confirm: t("send.confirm", names),
          busy: t("send.busy"),
          note: t("send.note", names),
        }}
        shows={{ tags: <p className="help">{t("until", { day })}</p> }}
        sent={(shared) => `/agreements/${shared}`}
        back={revises === undefined ? "/agreements" : `/agreements/${revises}`}
      />
      <Rest draft={draft} />
    </article>
  );
};
