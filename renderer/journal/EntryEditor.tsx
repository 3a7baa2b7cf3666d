import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { OpenPage, ShareCode } from "../../shared/journal/journal.ts";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Discard } from "../ui/Discard.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { TitleField } from "../ui/TitleField.tsx";

type EntryEditorProps = { readonly page: OpenPage; readonly reopen: () => void };

/** My entry: a draft that is only here, or one that the partner has already. */
export const EntryEditor = ({ page, reopen }: EntryEditorProps) => {
  const { t } = useTranslation("journal");
  const journal = useJournal();
  const card = useLive(page.card);
  const paired = useLive(journal.partner) !== undefined;
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const draft = card.place === "draft";
  return (
    <article className="stack">
      <PageTitle hidden>{t("editor.heading")}</PageTitle>
      {draft ? null : <p className="note">{t("sharedNote", names)}</p>}
      <TitleField
        page={page}
        label={t("editor.title")}
        placeholder={t("editor.titlePlaceholder")}
      />
      <LazyPageEditor body={page.body} label={t("editor.body")} autoFocus={draft} />
      <SavedWords
        saved={page.saved}
        untouched={draft ? t("saved.untouched") : t("saved.untouchedShared", names)}
      />
      {draft ? (
        <div className="row">
          <Button className="btn primary" onPress={() => setPreview(true)} isDisabled={!paired}>
            {t("share.button")}
          </Button>
          <Discard
            text={t("discard.text")}
            discard={() => journal.discardDraft(card.id)}
            onDone={() => navigate("/journal")}
            reopen={reopen}
          />
          {paired ? null : <NotYetTwo />}
        </div>
      ) : null}
      <SharePreview<ShareCode>
        page={page}
        open={preview}
        texts={{
          title: t("share.title", names),
          confirm: t("share.confirm", names),
          busy: t("share.sharing"),
          note: t("share.note", names),
        }}
        onClose={() => setPreview(false)}
        share={() => journal.share(card.id)}
        onShared={(shared) => navigate(`/journal/${shared}`, { replace: true })}
        reopen={reopen}
      />
    </article>
  );
};

const NotYetTwo = () => {
  const { t } = useTranslation(["journal", "app"]);
  return (
    <p className="quiet-state">
      {t("share.alone")} <Link href="/pair">{t("app:invite")}</Link>
    </p>
  );
};
