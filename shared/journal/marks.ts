import * as Y from "yjs";
import type { PageId } from "../base/ids.ts";
import { createCell, type Live } from "../base/live.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { newPageDoc } from "../page/pageDoc.ts";
import type { Shelf, ShelfCode } from "../page/shelf.ts";

/**
 * What this reader has done with the pages they were sent: opened, for now. Lives among the drafts, is never
 * carried and holds no time: nobody learns of it, and nobody learns when.
 */
export type Marks = {
  readonly opened: Live<ReadonlySet<PageId>>;
  readonly open: (page: PageId) => Promise<Result<void, ShelfCode>>;
};

export const openMarks = async (
  shelf: Shelf,
  page: PageId,
  random: Random,
): Promise<Result<Marks, ShelfCode | "CACHE_DAMAGED">> => {
  const record = await shelf.pages.read(page);
  if (!record.ok && record.code !== "NO_PAGE") return refuse(record.code);
  const doc = newPageDoc(random);
  if (record.ok) Y.applyUpdate(doc, record.value.state);
  const opened = doc.getMap<boolean>("opened");
  const readAll = (): ReadonlySet<PageId> => new Set([...opened.keys()] as PageId[]);
  const cell = createCell(readAll());
  let begun = record.ok;

  return accept({
    opened: cell,
    open: async (answer) => {
      if (opened.has(answer)) return accept(undefined);
      const before = Y.encodeStateVector(doc);
      opened.set(answer, true);
      const written = await shelf.write(
        page,
        begun ? "change" : "begin",
        Y.encodeStateAsUpdate(doc, before),
      );
      begun = true;
      cell.set(readAll());
      return written;
    },
  });
};
