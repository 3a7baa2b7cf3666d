import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BookCode, EntryBook } from "../../../shared/journal/entryBook.ts";
import { TaskButton } from "../../ui/TaskButton.tsx";
import { Trouble } from "../../ui/Trouble.tsx";
import { useLive } from "../../ui/useLive.ts";
import { useTask } from "../../ui/useTask.ts";
import { useLocation } from "wouter";
import { useListMemory } from "../list/listMemory.tsx";

/** Stays until the next act, however long that takes; the focus is on it when somebody comes from the trash. */
export const JustTrashed = ({
  book,
  base,
}: {
  readonly book: EntryBook;
  readonly base: string;
}) => {
  const { t } = useTranslation("entries");
  const memory = useListMemory(book.place);
  const [page] = useState(memory.trashed);
  // An entry without a word is not kept.
  const lies = useLive(book.trash).some(({ id }) => id === page);
  const [, navigate] = useLocation();
  const task = useTask<BookCode>();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    memory.keep({ trashed: undefined });
    // After the heading, which takes the focus of a screen that has just come.
    line.current?.querySelector("button")?.focus();
  }, [memory]);
  if (page === undefined || (!lies && !task.busy)) return null;
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div ref={line} className="aside-note">
        <p role="status">{t("trash.justNow")}</p>
        <TaskButton
          className="btn"
          busy={task.busy}
          onPress={() =>
            task.run(
              () => book.takeFromTrash(page),
              () => navigate(`${base}/${page}`),
            )
          }
        >
          {t("trash.putBack")}
        </TaskButton>
      </div>
    </>
  );
};
