import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { Discard } from "../ui/Discard.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { NotShared } from "../ui/NotShared.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Rest } from "../ui/paper/Rest.tsx";
import { useRests } from "../ui/paper/useRests.ts";
import { SavedWords } from "../ui/SavedWords.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
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
  return (
    <article className="stack composing">
      <PageTitle>
        {t(draft.agreement?.revises === undefined ? "editor.new" : "editor.anew")}
      </PageTitle>
      <p className="note">{t("editor.intro", names)}</p>
      <TitleField
        page={page}
        label={t("journal:editor.title")}
        placeholder={t("journal:editor.titlePlaceholder")}
      />
      <LazyPageEditor body={page.body} label={t("editor.body")} />
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      <ReviewDay draft={draft} />
      <Proposing draft={draft} page={page} reopen={reopen} />
      <Rest draft={draft} />
    </article>
  );
};

/** The way out of a draft: to the partner, through the preview, or away. */
const Proposing = ({ draft, page, reopen }: DeskProps) => {
  const { t } = useTranslation(["agreements", "app", "journal", "letters"]);
  const journal = useJournal();
  const names = usePartnerName();
  const dayWords = useDayWords();
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const { restsUntil } = useRests(draft);
  const { reviewBy, revises } = draft.agreement ?? {};
  const day = reviewBy === undefined ? "" : dayWords(reviewBy);
  return (
    <>
      <div className="row">
        {ended || restsUntil !== undefined ? null : (
          <Button className="btn primary" isDisabled={!paired} onPress={() => setPreview(true)}>
            {t("send.button")}
          </Button>
        )}
        <Discard
          text={t("journal:discard.text")}
          discard={() => journal.discardDraft(draft.id)}
          onDone={() => navigate(revises === undefined ? "/agreements" : `/agreements/${revises}`)}
          reopen={reopen}
        />
        {paired ? null : (
          <NotShared>
            <p className="quiet-state">
              {t("letters:send.alone")} <Link href="/pair">{t("app:invite")}</Link>
            </p>
          </NotShared>
        )}
      </div>
      <SharePreview
        page={page}
        open={preview}
        onClose={() => setPreview(false)}
        share={() => journal.share(draft.id)}
        onShared={(shared) => navigate(`/agreements/${shared}`, { replace: true })}
        reopen={reopen}
        tags={<p className="help">{t("until", { day })}</p>}
        texts={{
          title: t("letters:send.preview", names),
          confirm: t("send.confirm", names),
          busy: t("send.busy"),
          note: t("send.note", names),
        }}
      />
    </>
  );
};
