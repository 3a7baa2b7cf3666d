import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useTask } from "../ui/useTask.ts";
import { AnswerComposer } from "./AnswerComposer.tsx";
import { isAnswered, type Thread } from "./threads.ts";
import type { DeskInHand } from "./useDeskInHand.ts";

type AnswerDeskProps = { readonly thread: Thread; readonly hand: DeskInHand };

/** Where I answer: in my own time, begun and put down as often as I like. */
export const AnswerDesk = ({ thread, hand }: AnswerDeskProps) => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const task = useTask<PageCode>();
  const [discards, setDiscards] = useState(0);
  const ended = useEnded();
  const { question, draft } = thread;
  if (draft !== undefined && hand.draft === draft.id)
    return (
      <AnswerComposer
        key={draft.id}
        thread={thread}
        draft={draft}
        autoFocus={hand.begun}
        onSent={(page) => hand.putDown(t("thread.sent"), page)}
        onDiscarded={() => {
          hand.putDown(t("answer.discarded"));
          setDiscards((before) => before + 1);
        }}
      />
    );
  if (draft === undefined && (ended || question.withdrawnAt !== undefined)) return null;

  const begin = () =>
    draft === undefined
      ? task.run(() => journal.draftAnswer(question.id), hand.take)
      : hand.take(draft.id);
  const words =
    draft !== undefined ? t("answer.goOn") : isAnswered(thread) ? t("answer.more") : null;
  return (
    <div className="stack">
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          // After a discard it is a new button, and takes the focus from what is gone.
          key={discards}
          autoFocus={discards > 0}
          className={words === null && hand.draft === undefined ? "btn primary" : "btn"}
          busy={task.busy}
          onPress={begin}
        >
          {words ?? t("answer.write")}
        </TaskButton>
      </div>
    </div>
  );
};
