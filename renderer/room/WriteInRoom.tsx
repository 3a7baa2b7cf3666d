import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import { accept, type Result } from "../../shared/base/result.ts";
import type { BookCode, EntryBook } from "../../shared/journal/entryBook.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";
import { RoomDoor } from "./RoomDoor.tsx";
import { RoomWalls } from "./RoomWalls.tsx";

type WriteInRoomProps = {
  /** Of the entry that is begun. */
  readonly title: string;
  readonly from: { readonly to: string; readonly name: string };
};

/** Begins an entry of my room under this title; where its door is closed, through the door. */
export const WriteInRoom = ({ title, from }: WriteInRoomProps) => {
  const room = useJournal().room;
  const { state } = useLive(room.state);
  const back = <BackLink to={from.to}>{from.name}</BackLink>;
  if (state !== "open")
    return (
      <RoomWalls>
        {back}
        <RoomDoor room={room} />
      </RoomWalls>
    );
  return (
    <RoomWalls leaves>
      {back}
      <Begin book={room.entries} title={title} />
    </RoomWalls>
  );
};

type BeginProps = { readonly book: EntryBook; readonly title: string };

const Begin = ({ book, title }: BeginProps) => {
  const { t } = useTranslation("app");
  const [, navigate] = useLocation();
  const task = useTask<BookCode>();
  const begins = useRef(false);
  const latest = useRef({ task, navigate });
  useEffect(() => {
    latest.current = { task, navigate };
  });
  useEffect(() => {
    if (begins.current) return;
    begins.current = true;
    latest.current.task.run(
      () => beginUnder(book, title),
      (page) => latest.current.navigate(`/room/${page}`, { replace: true }),
    );
  }, [book, title]);
  return task.code === undefined ? (
    <p className="quiet-state" role="status">
      {t("loading")}
    </p>
  ) : (
    <Trouble group="page" code={task.code} />
  );
};

/** One that was begun under the same title and left without a word is gone on with. */
const beginUnder = async (book: EntryBook, title: string): Promise<Result<PageId, BookCode>> => {
  const begun = book.cards.read().find((card) => card.title === title && card.excerpt === "");
  if (begun !== undefined) return accept(begun.id);
  const entry = await book.draftEntry();
  if (!entry.ok) return entry;
  const page = await book.openPage(entry.value);
  if (!page.ok) return page;
  page.value.setTitle(title);
  const flushed = await page.value.flush();
  await page.value.close();
  return flushed.ok ? entry : flushed;
};
