import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import type { SmallPromise } from "../../shared/page/promises.ts";
import { Discard } from "../ui/Discard.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { NotShared } from "../ui/NotShared.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Rest } from "../ui/paper/Rest.tsx";
import { useRests } from "../ui/paper/useRests.ts";
import { SavedWords } from "../ui/SavedWords.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { PromiseDay, WentChoice } from "./PromiseFields.tsx";

type EditorProps = {
  readonly draft: Card;
  /** Of the words for how one went: the promise. */
  readonly promise: SmallPromise | undefined;
};

/** A promise that is only here yet, or the words for how one went. */
export const PromiseEditor = ({ draft, promise }: EditorProps) => {
  const { t } = useTranslation("app");
  const opening = useOpenPage(useJournal().openPage, draft.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...opening} draft={draft} promise={promise} />;
};

type DeskProps = EditorProps & { readonly page: OpenPage; readonly reopen: () => void };

const Desk = ({ draft, promise, page, reopen }: DeskProps) => {
  const { t } = useTranslation(["promises", "journal"]);
  const names = usePartnerName();
  const kind = draft.kind === "outcome" ? "outcome" : "promise";
  return (
    <article className="stack composing">
      <PageTitle>{t(`editor.${kind}.title`)}</PageTitle>
      <p className="note">{t(`editor.${kind}.intro`, names)}</p>
      {kind === "outcome" && promise !== undefined && promise.card.withdrawnAt === undefined ? (
        <div className="letter">
          <PageWords id={promise.card.id} />
        </div>
      ) : null}
      {kind === "outcome" ? <WentChoice draft={draft} /> : null}
      <LazyPageEditor body={page.body} label={t(`editor.${kind}.body`)} />
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      {kind === "promise" ? <PromiseDay draft={draft} /> : null}
      <Sending draft={draft} promise={promise} page={page} reopen={reopen} />
      <Rest draft={draft} />
    </article>
  );
};

/** The way out of a draft: to the partner, through the preview, or away. */
const Sending = ({ draft, page, reopen }: DeskProps) => {
  const { t } = useTranslation(["promises", "app", "journal", "letters"]);
  const journal = useJournal();
  const names = usePartnerName();
  const dayWords = useDayWords();
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const { restsUntil } = useRests(draft);
  const by = draft.promise?.by;
  const says =
    draft.went === undefined
      ? by === undefined
        ? undefined
        : t("for", { day: dayWords(by) })
      : t(`went.${draft.went}`);
  const back = draft.of === undefined ? "/promises" : `/promises/${draft.of}`;
  return (
    <>
      <div className="row">
        {ended || restsUntil !== undefined ? null : (
          <Button className="btn primary" isDisabled={!paired} onPress={() => setPreview(true)}>
            {t("send.button", names)}
          </Button>
        )}
        <Discard
          text={t("journal:discard.text")}
          discard={() => journal.discardDraft(draft.id)}
          onDone={() => navigate(back)}
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
        onShared={(shared) => navigate(`/promises/${draft.of ?? shared}`, { replace: true })}
        reopen={reopen}
        tags={says === undefined ? undefined : <p className="help">{says}</p>}
        texts={{
          title: t("letters:send.preview", names),
          confirm: t("send.confirm", names),
          busy: t("letters:send.sending"),
          note: t("send.note", names),
        }}
      />
    </>
  );
};
