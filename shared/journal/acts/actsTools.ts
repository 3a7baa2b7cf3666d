import type { Clock } from "../../base/clock.ts";
import type { PageId } from "../../base/ids.ts";
import type { Queue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import type { Result } from "../../base/result.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { PageStart } from "../../page/pageDoc.ts";
import type { Shelf } from "../../page/shelf.ts";
import type { LivePages } from "../pages/livePages.ts";
import type { Marks } from "../pages/marks.ts";
import type { Reach } from "./reach.ts";
import type { Sending } from "./sending.ts";
import type { SharedShelf } from "../sharedShelf.ts";

/** What every file of acts works with. */
export type ActsTools = {
  readonly reach: Reach;
  readonly drafts: Shelf;
  readonly shared: () => SharedShelf | undefined;
  /** The same, and what was shared in a journal that has ended. */
  readonly readable: () => Shelf | undefined;
  readonly sending: Sending;
  readonly pages: LivePages;
  readonly marks: Marks;
  /** A new draft. */
  readonly begin: (start: PageStart) => Promise<Result<PageId, StoreCode>>;
  /** For "the one there is, or a new one": asked for twice at once, it is made once. */
  readonly inTurn: Queue;
  readonly clock: Clock;
  readonly random: Random;
};
