import type { Random } from "../../base/random.ts";
import { pageMeta } from "../../page/pageDoc.ts";
import type { Shelf } from "../../page/shelf.ts";
import { dropUnfinishedCopies } from "../acts/changing.ts";
import { changePage } from "../pages/writing.ts";

/**
 * What was on its way, or was to change something shared, becomes a draft like any other: nothing goes anywhere any
 * more, and no word of it is lost. Cut short, the next start goes on. False where the disk refuses.
 */
export const quietDrafts = async (drafts: Shelf, random: Random): Promise<boolean> => {
  let quiet = await dropUnfinishedCopies(drafts);
  for (const [draft, { sharing, changes }] of drafts.pages.facts.read()) {
    if (!sharing && changes === undefined) continue;
    const changed = await changePage(drafts, draft, random, (doc) => {
      for (const name of ["sharing", "changes"]) pageMeta(doc).delete(name);
    });
    quiet = changed.ok && quiet;
  }
  return quiet;
};
