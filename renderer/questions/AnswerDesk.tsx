import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/journal.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";
import { AnswerComposer } from "./AnswerComposer.tsx";
import { isAnswered, type Thread } from "./threads.ts";

/** Where I answer: in my own time, begun and put down as often as I like. */
export const AnswerDesk = ({ thread }: { readonly thread: Thread }) => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const task = useTask<PageCode>();
  const { question, draft } = thread;
  const [writing, setWriting] = useState(draft !== undefined);
  if (writing && draft !== undefined)
    return <AnswerComposer key={draft.id} thread={thread} draft={draft} />;

  const answered = isAnswered(thread);
  const begin = () =>
    task.run(
      () => journal.draftAnswer(question.id),
      () => setWriting(true),
    );
  return (
    <div className="stack">
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton className={answered ? "btn" : "btn primary"} busy={task.busy} onPress={begin}>
          {answered ? t("answer.more") : t("answer.write")}
        </TaskButton>
      </div>
    </div>
  );
};
