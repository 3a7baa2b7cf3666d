import { useTranslation } from "react-i18next";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import type { SmallPromise } from "../../shared/page/promises.ts";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Rest } from "../ui/paper/Rest.tsx";
import { SendDraft } from "../ui/paper/SendDraft.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useJournal } from "../ui/surroundings.ts";
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
  const said = useSaid(draft);
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
      <SendDraft
        draft={draft}
        page={page}
        reopen={reopen}
        texts={{
          button: t("send.button", names),
          confirm: t("send.confirm", names),
          note: t("send.note", names),
        }}
        shows={said === undefined ? {} : { tags: <p className="help">{said}</p> }}
        sent={(shared) => `/promises/${draft.of ?? shared}`}
        back={draft.of === undefined ? "/promises" : `/promises/${draft.of}`}
      />
      <Rest draft={draft} />
    </article>
  );
};

/** For which day, or how it went: what stands with the words. */
const useSaid = ({ went, promise }: Card): string | undefined => {
  const { t } = useTranslation("promises");
  const dayWords = useDayWords();
  if (went !== undefined) return t(`went.${went}`);
  return promise?.by === undefined ? undefined : t("for", { day: dayWords(promise.by) });
};
