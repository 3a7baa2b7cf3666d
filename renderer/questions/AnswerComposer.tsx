import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { OpenPage } from "../../shared/journal/journal.ts";
import { Discard } from "../ui/Discard.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { AnsweredCard, Thread } from "./threads.ts";

type AnswerComposerProps = { readonly thread: Thread; readonly draft: AnsweredCard };

export const AnswerComposer = ({ thread, draft }: AnswerComposerProps) => {
  const { t } = useTranslation(["questions", "app"]);
  const opening = useOpenPage(useJournal().openPage, draft.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("app:loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...opening} thread={thread} draft={draft} />;
};

type DeskProps = AnswerComposerProps & { readonly page: OpenPage; readonly reopen: () => void };

const Desk = ({ page, reopen, thread, draft }: DeskProps) => {
  const { t } = useTranslation(["questions", "journal"]);
  const journal = useJournal();
  const dates = useDates();
  const names = usePartnerName();
  const [preview, setPreview] = useState(false);
  const [write, setWrite] = useState<(text: string) => void>();
  const ready = useCallback((next: (text: string) => void) => setWrite(() => next), []);
  const again = thread.question.question.askedAt.slice(1).at(-1);
  const starter = t("answer.starter");
  return (
    <section className="desk" aria-label={t("answer.heading")}>
      <h2>{t("answer.heading")}</h2>
      {again === undefined ? null : (
        <div className="starter">
          <p>{t("answer.fresh", { ...names, day: dates.day(again) })}</p>
          <Button
            className="btn starter-words"
            isDisabled={write === undefined}
            onPress={() => write?.(starter)}
          >
            {starter}
          </Button>
        </div>
      )}
      <LazyPageEditor body={page.body} label={t("answer.body")} onReady={ready} />
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      <div className="row">
        <Button className="btn primary" onPress={() => setPreview(true)}>
          {t("answer.send", names)}
        </Button>
        <Discard
          text={t("journal:discard.text")}
          discard={() => journal.discardDraft(draft.id)}
          onDone={() => undefined}
          reopen={reopen}
        />
      </div>
      <SharePreview
        page={page}
        open={preview}
        texts={{
          title: t("answer.preview", names),
          confirm: t("answer.confirm", names),
          busy: t("answer.sending"),
          note: `${t("answer.arrivesClosed", names)} ${t("journal:share.note", names)}`,
        }}
        onClose={() => setPreview(false)}
        share={() => journal.share(draft.id)}
        onShared={() => setPreview(false)}
        reopen={reopen}
      />
    </section>
  );
};
