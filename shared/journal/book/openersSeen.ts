import * as Y from "yjs";
import { idFrom, type PageId } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { newPageDoc } from "../../page/pageDoc.ts";
import type { Shelf, ShelfCode } from "../../page/shelf.ts";
import { type MasterKey, subKey } from "../../vault/masterKey.ts";

/**
 * Which openers this person has seen, on a page of its own beside the private entries: never carried, on no list,
 * and of my room apart from the journal's. Which openers somebody was shown may tell how they are.
 */
export type OpenersSeen = {
  readonly seen: Live<ReadonlySet<string>>;
  /** What the disk refuses is known until the next start, and goes to the disk together with the next one. */
  readonly saw: (opener: string) => Promise<Result<void, ShelfCode>>;
};

/** Nobody's page: no list may show it. */
export const openersPage = (key: MasterKey): PageId =>
  idFrom<PageId>(subKey(key, "TF/1 openers page").subarray(0, 16));

/** Nothing hangs on it: where the page cannot be read, nothing counts as seen, and nothing is written over it. */
export const openOpenersSeen = async (
  shelf: Pick<Shelf, "write"> & { readonly pages: Pick<Shelf["pages"], "read"> },
  page: PageId,
  random: Random,
): Promise<OpenersSeen> => {
  const record = await shelf.pages.read(page);
  const doc = newPageDoc(random);
  if (record.ok) Y.applyUpdate(doc, record.value.state);
  const shown = doc.getMap<boolean>("openers");
  const seen = createCell<ReadonlySet<string>>(new Set(shown.keys()));
  const unreadable = !record.ok && record.code !== "NO_PAGE" ? record.code : undefined;
  let begun = record.ok;
  const queue = createQueue();
  /** In order. Danger: leaving one out would make every later one unreadable after the next start. */
  const unsaved: Uint8Array[] = [];
  const save = (): Promise<Result<void, ShelfCode>> =>
    queue(async () => {
      if (unreadable !== undefined)
        return refuse(unreadable === "CACHE_DAMAGED" ? "STORE_FAILED" : unreadable);
      for (let next = unsaved[0]; next !== undefined; next = unsaved[0]) {
        const written = await shelf.write(page, begun ? "change" : "begin", next);
        if (!written.ok) return written;
        begun = true;
        unsaved.shift();
      }
      return accept(undefined);
    });
  return {
    seen,
    saw: async (opener) => {
      if (!shown.has(opener)) {
        const before = Y.encodeStateVector(doc);
        shown.set(opener, true);
        unsaved.push(Y.encodeStateAsUpdate(doc, before));
        seen.set(new Set(shown.keys()));
      }
      return save();
    },
  };
};
