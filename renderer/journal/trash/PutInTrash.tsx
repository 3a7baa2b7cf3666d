import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { EntryBook } from "../../../shared/journal/entryBook.ts";
import type { OpenPage } from "../../../shared/journal/openPage.ts";
import { TaskButton } from "../../ui/TaskButton.tsx";
import type { Task } from "../../ui/useTask.ts";
import { useListMemory } from "../list/listMemory.tsx";

type PutInTrashProps = {
  readonly book: EntryBook;
  readonly base: string;
  readonly page: OpenPage;
  readonly task: Task<string>;
};

/** No question before it: it is undone by one press, there and for 30 days. */
export const PutInTrash = ({ book, base, page, task }: PutInTrashProps) => {
  const { t } = useTranslation("entries");
  const [, navigate] = useLocation();
  const memory = useListMemory(book.place);
  const { id } = page.card.read();
  const put = async () => {
    const flushed = await page.flush();
    return flushed.ok ? book.putInTrash(id) : flushed;
  };
  const leave = () => {
    memory.keep({ trashed: id, opened: undefined });
    navigate(base);
  };
  return (
    <TaskButton className="btn quiet" busy={task.busy} onPress={() => task.run<void>(put, leave)}>
      {t("trash.put")}
    </TaskButton>
  );
};
