import type { PageId } from "../base/ids.ts";
import type { Result } from "../base/result.ts";
import type { StoreCode } from "../ledger/stores.ts";
import type { PageMessage } from "./applyApart.ts";
import type { Pages } from "./pages.ts";
import type { PhotoBox } from "./photoBox.ts";

/**
 * A ledger and the pages it tells of, as seen by whoever writes: drafts, the shared notebooks, my room.
 * `write` answers ok only after the disk has the envelope and the page cache knows the page.
 */
export type Shelf = {
  readonly pages: Pages;
  /** The photos that its pages name. */
  readonly photos: PhotoBox;
  readonly write: (
    page: PageId,
    act: Exclude<PageMessage["act"], "redact">,
    body: Uint8Array,
  ) => Promise<Result<void, ShelfCode>>;
  /**
   * As `write`, several at once: far less waiting for the disk than one by one. In batches of some megabytes, in
   * order, each in one transaction. Neighbours of one page are written whole or not at all. Refused: of the batches
   * before, all is there; the one that the disk refused goes out before whatever is written next; of those behind
   * it, nothing. TOO_LARGE: none.
   */
  readonly writeAll: (writes: readonly ShelfWrite[]) => Promise<Result<void, ShelfCode>>;
  /** Everything its own writer has said of a page, in order, as long as it is there; read from the disk. */
  readonly messagesOf: (page: PageId) => Promise<Result<readonly PageMessage[], StoreCode>>;
  readonly close: () => Promise<void>;
};

export type ShelfWrite = {
  readonly page: PageId;
  readonly act: Exclude<PageMessage["act"], "redact">;
  readonly body: Uint8Array;
};

/** A shelf that never travels: what is deleted on it leaves the disk. */
export type KeptShelf = Shelf & {
  /**
   * Takes the page and every word that was ever written on it off the disk, for good. After a `remove` the same
   * happens by itself some seconds later. Refused: what is left goes as soon as the disk allows, at the next start
   * at the latest.
   */
  readonly destroy: (page: PageId) => Promise<Result<void, ShelfCode>>;
  /** The page that something from outside becomes here: one name, one page, and nobody without the key can tell. */
  readonly pageFor: (name: string) => PageId;
};

/** TOO_LARGE: more than one update may hold (PROTOCOL §7). */
export type ShelfCode = StoreCode | "TOO_LARGE";
