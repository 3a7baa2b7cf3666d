import type { PageId } from "../base/ids.ts";
import type { Result } from "../base/result.ts";
import type { StoreCode } from "../ledger/stores.ts";
import type { PageMessage } from "./applyApart.ts";
import type { Pages } from "./pages.ts";

/**
 * A ledger and the pages it tells of, as seen by whoever writes: drafts, the shared notebooks, my room.
 * `write` answers ok only after the disk has the envelope and the page cache knows the page.
 */
export type Shelf = {
  readonly pages: Pages;
  readonly write: (
    page: PageId,
    act: Exclude<PageMessage["act"], "redact">,
    body: Uint8Array,
  ) => Promise<Result<void, ShelfCode>>;
  readonly close: () => Promise<void>;
};

/** TOO_LARGE: more than one update may hold (PROTOCOL §7). */
export type ShelfCode = StoreCode | "TOO_LARGE";
