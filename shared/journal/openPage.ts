import type { Live } from "../base/live.ts";
import type { Result } from "../base/result.ts";
import type { StoreCode } from "../ledger/stores.ts";
import type { Card, PageBody } from "../page/card.ts";
import type { NewPhoto, PhotoRef } from "../page/photo.ts";
import type { VersionId } from "../page/versions.ts";

/** One page on a screen: open, as it stood, and its photos. */

/**
 * BEING_SHARED: the draft is on its way already; it goes on by itself when the disk has room. SHARING_PAUSED: this
 * journal came back from a backup, and the partner has not met this device yet. JOURNAL_ENDED: nothing is sent any more.
 */
export type PageCode =
  | "NO_PAGE"
  | "NOT_YOURS"
  | "NEWER_KIND"
  | "EMPTY"
  | "PAGE_DAMAGED"
  | "BEING_SHARED"
  | "WITHDRAWN"
  | "NO_LONGER"
  | "SHARING_PAUSED"
  | "JOURNAL_ENDED"
  | SaveCode;

/** `close` forgets the words. */
export type History = {
  readonly versions: readonly Version[];
  readonly photos: Photos;
  readonly close: () => void;
};

export type Version = {
  /** Names these words for as long as the page is there, whatever is written meanwhile. */
  readonly id: VersionId;
  /** By the writer's clock, ms. */
  readonly writtenAt: number;
  readonly dateDoubtful: boolean;
  readonly title: string;
  readonly body: PageBody;
};

export type OpenPage = {
  readonly card: Live<Card>;
  /** For the editor only: the page's rich text, a Y.XmlFragment. Nothing else touches it. */
  readonly body: PageBody;
  /** False for the partner's pages, and for all of mine but entries once they are sent: those change in a copy. */
  readonly editable: boolean;
  readonly setTitle: (title: string) => void;
  /** Of an entry of mine. */
  readonly describe: (description: EntryDescription) => void;
  readonly photos: Photos;
  readonly saved: Live<SaveState>;
  /** Seals now instead of at the next pause, and waits for the disk. */
  readonly flush: () => Promise<Result<void, SaveCode>>;
  readonly close: () => Promise<void>;
};

/** "saved" only after the disk transaction has completed. After "failed" it tries again by itself. */
export type SaveState =
  | { readonly state: "untouched" }
  | { readonly state: "saving" }
  | { readonly state: "saved" }
  | { readonly state: "failed"; readonly code: SaveCode };

/** TOO_LARGE: one paste of more than half a megabyte; it stays in the editor and does not travel. */
export type SaveCode = StoreCode | "TOO_LARGE";

/** What is left out stays as it is; undefined takes it away. */
export type EntryDescription = {
  readonly aboutAt?: number | undefined;
  readonly tags?: readonly string[];
  readonly feelings?: readonly string[];
};

/** The photos of one page (docs/protocol.md, "Photos"). */
export type Photos = {
  /** Seals it and keeps it on this computer; what comes back is for the page. Only where the page is editable. */
  readonly add: (photo: NewPhoto) => Promise<Result<PhotoRef, PhotoCode>>;
  /** PHOTO_MISSING: it has not come yet, or not all of it; it is asked for again by itself. */
  readonly read: (photo: PhotoRef) => Promise<Result<Uint8Array, PhotoCode>>;
  /** Calls `hear` when something that was missing has come. */
  readonly onArrival: (hear: () => void) => () => void;
};

export type PhotoCode =
  | "PHOTO_MISSING"
  | "PHOTO_DAMAGED"
  | "PHOTO_TOO_LARGE"
  | "NOT_YOURS"
  | StoreCode;
