import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useLocation } from "wouter";
import type { PageId } from "../../../shared/base/ids.ts";
import type { Result } from "../../../shared/base/result.ts";
import type { BookCode, ReadEntry } from "../../../shared/journal/entryBook.ts";
import { type Card, trashKeeps } from "../../../shared/page/card.ts";
import { BackLink } from "../../ui/BackLink.tsx";
import { WordsOfPieces } from "../../ui/editor/WordsOfPage.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageTitle } from "../../ui/PageTitle.tsx";
import { Sheet } from "../../ui/Sheet.tsx";
import { TaskButton } from "../../ui/TaskButton.tsx";
import { Trouble } from "../../ui/Trouble.tsx";
import { useDates } from "../../ui/useDates.ts";
import { useLive } from "../../ui/useLive.ts";
import { type Task, useTask } from "../../ui/useTask.ts";
import { EntryMarks } from "../details/EntryMarks.tsx";
import type { TrashProps } from "./TrashPage.tsx";

/** An entry in the trash: to be read, put back, or deleted for good. Nothing is written on it. */
export const TrashedEntry = ({ book, base, id }: TrashProps & { readonly id: PageId }) => {
  const { t } = useTranslation(["entries", "journal"]);
  const dates = useDates();
  const [, navigate] = useLocation();
  const card = useLive(book.trash).find((each) => each.id === id);
  const task = useTask<BookCode>();
  if (card === undefined) return task.busy ? null : <Missing />;
  const title = card.title === "" ? t("journal:untitled") : card.title;
  const putBack = () =>
    task.run(
      () => book.takeFromTrash(id),
      () => navigate(`${base}/${id}`, { replace: true }),
    );
  return (
    <article className="stack measured">
      <BackLink to={`${base}/trash`}>{t("trash.title")}</BackLink>
      <p className="note">
        {t("trash.until", { day: dates.day((card.trashedAt ?? 0) + trashKeeps) })}
      </p>
      <PageTitle hidden={card.title === ""}>
        <span dir="auto">{title}</span>
      </PageTitle>
      <TrashedWords read={book.read} card={card} />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" busy={task.busy} onPress={putBack}>
          {t("trash.putBack")}
        </TaskButton>
        <DeleteForGood
          task={task}
          destroy={() => book.destroy(id)}
          onGone={() => navigate(`${base}/trash`, { replace: true })}
        />
      </div>
    </article>
  );
};

type TrashedWordsProps = {
  readonly read: (page: PageId) => Promise<Result<ReadEntry, BookCode>>;
  readonly card: Card;
};

const TrashedWords = ({ read, card }: TrashedWordsProps) => {
  const { t } = useTranslation("app");
  const [entry, setEntry] = useState<Result<ReadEntry, BookCode> | undefined>();
  useEffect(() => {
    let left = false;
    void read(card.id).then((found) => (left ? undefined : setEntry(found)));
    return () => {
      left = true;
    };
  }, [read, card.id]);
  if (entry === undefined) return <p className="quiet-state">{t("loading")}</p>;
  if (!entry.ok) return <Trouble group="page" code={entry.code} />;
  return (
    <>
      <WordsOfPieces pieces={entry.value.pieces} photos={entry.value.photos} />
      <EntryMarks card={entry.value.card} />
    </>
  );
};

type DeleteForGoodProps = {
  readonly task: Task<BookCode>;
  readonly destroy: () => Promise<Result<void, BookCode>>;
  readonly onGone: () => void;
};

/** Says what leaves, and what cannot come back. */
const DeleteForGood = ({ task, destroy, onGone }: DeleteForGoodProps) => {
  const { t } = useTranslation("entries");
  const [asks, setAsks] = useState(false);
  const keep = () => {
    if (task.busy) return;
    setAsks(false);
    task.forget();
  };
  return (
    <>
      <Button className="btn quiet" onPress={() => setAsks(true)}>
        {t("trash.delete")}
      </Button>
      <Sheet title={t("trash.deleteTitle")} open={asks} onClose={keep} asks>
        <p>{t("trash.leaves")}</p>
        <p>{t("trash.stays")}</p>
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
        <div className="row">
          <TaskButton
            className="btn primary"
            busy={task.busy}
            onPress={() => task.run(destroy, onGone)}
          >
            {task.busy ? t("trash.deleting") : t("trash.confirm")}
          </TaskButton>
          <Button className="btn" autoFocus isDisabled={task.busy} onPress={keep}>
            {t("trash.keep")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
