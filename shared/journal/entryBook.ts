import type { PageId } from "../base/ids.ts";
import type { Live } from "../base/live.ts";
import type { Result } from "../base/result.ts";
import type { Work } from "../base/work.ts";
import type { Imported } from "../archive/imported.ts";
import type { StoreCode } from "../ledger/stores.ts";
import type { Card } from "../page/card.ts";
import type { Piece } from "../page/pieces.ts";
import type { VersionId } from "../page/versions.ts";
import type { EntryDescription, History, OpenPage, PageCode, Photos } from "./openPage.ts";

/** Where entries are written and kept: the journal, or my room. The same screens show both. */
export type EntryBook = {
  readonly place: "journal" | "room";
  /** Every entry, newest first by `aboutAt`; those in the trash are not among them. */
  readonly cards: Live<readonly Card[]>;
  /** Newest in the trash first. */
  readonly trash: Live<readonly Card[]>;
  readonly draftEntry: (start?: EntryDescription) => Promise<Result<PageId, BookCode>>;
  readonly openPage: (page: PageId) => Promise<Result<OpenPage, BookCode>>;
  /** For a file: the words as they stand, without opening an editor. Closed and withdrawn ones have none. */
  readonly read: (page: PageId) => Promise<Result<ReadEntry, BookCode>>;
  /** The words as they stood, oldest first; of drafts and of my room as of what is shared. */
  readonly openHistory: (page: PageId) => Promise<Result<History, BookCode>>;
  /** The words of that version stand again, as a new version. Only my entries. NO_PAGE: there is no such version. */
  readonly bringBack: (page: PageId, version: VersionId) => Promise<Result<void, BookCode>>;
  /** An entry that is not shared. It stays as it is for 30 days and can be taken out again. */
  readonly putInTrash: (page: PageId) => Promise<Result<void, BookCode>>;
  readonly takeFromTrash: (page: PageId) => Promise<Result<void, BookCode>>;
  /** For good: its words leave the disk. Only what is in the trash. */
  readonly destroy: (page: PageId) => Promise<Result<void, BookCode>>;
  /** Best first. Every word begins a word of the entry, in any order, whatever its accents. Memory only. */
  readonly find: (words: string) => Promise<readonly Found[]>;
  /** Older entries are still being read for `find`. */
  readonly reading: Live<boolean>;
  /**
   * As private entries of this book, many in one transaction. What has come before, by `Imported.source`, is passed
   * over, so an import that was cut short can be done again. Ends early when cancelled; what is in stays in.
   */
  readonly takeIn: (
    entries: AsyncIterable<Imported>,
    work: Work,
  ) => Promise<Result<TakenIn, BookCode>>;
  /** Openers that this person has seen here; none is shown twice by itself. */
  readonly openersSeen: Live<ReadonlySet<string>>;
  readonly sawOpener: (opener: string) => Promise<Result<void, BookCode>>;
};

export type BookCode = PageCode | "ROOM_LOCKED" | StoreCode;

export type ReadEntry = {
  readonly card: Card;
  readonly pieces: readonly Piece[];
  readonly photos: Photos;
};

/** `around`: some words before and after the first that was found, for a list. */
export type Found = { readonly page: PageId; readonly around: string };

/** `pages`: what came in now, in order. `known`: so many had come in before. */
export type TakenIn = {
  readonly pages: readonly PageId[];
  readonly known: number;
  readonly cancelled: boolean;
};
