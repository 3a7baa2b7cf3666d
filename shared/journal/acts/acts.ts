import type { Clock } from "../../base/clock.ts";
import type { PageId } from "../../base/ids.ts";
import type { Live } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { refuse, type Result } from "../../base/result.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { Card } from "../../page/card.ts";
import type { PageStart } from "../../page/pageDoc.ts";
import type { Shelf } from "../../page/shelf.ts";
import type { ActsTools } from "./actsTools.ts";
import { createAnswering, type Answering } from "./answering.ts";
import { createAgreeing, type Agreeing } from "./agreeing.ts";
import { createAsking, type Asking } from "./asking.ts";
import { createHandling, type Handling } from "./handling.ts";
import type { LivePages } from "../pages/livePages.ts";
import type { Marks } from "../pages/marks.ts";
import { createPromising, type Promising } from "./promising.ts";
import type { Pacing } from "../pacing.ts";
import { createPacing, type PacingTurn } from "./pacing.ts";
import type { Practising } from "../practising.ts";
import { createPractising } from "./practising.ts";
import { createReach } from "./reach.ts";
import { createReading, type Reading } from "./reading.ts";
import type { Sending } from "./sending.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { createTelling, type Telling } from "./telling.ts";
import { beginPage } from "../pages/writing.ts";

/** What a person does with pages of the shared side, and who may do what. */
export type Acts = Asking &
  Answering &
  Telling &
  Agreeing &
  Promising &
  Practising &
  Pick<Pacing, "layPace" | "clearPace"> &
  Handling &
  Reading;

export type ActsParts = {
  readonly cards: Live<readonly Card[]>;
  readonly drafts: Shelf;
  readonly shared: () => SharedShelf | undefined;
  readonly readable: () => Shelf | undefined;
  readonly sending: Sending;
  readonly pages: LivePages;
  readonly marks: Marks;
  readonly pacing: PacingTurn;
  readonly clock: Clock;
  readonly random: Random;
};

export const createActs = (parts: ActsParts): Acts => {
  const { drafts, random } = parts;
  const begin = async (start: PageStart): Promise<Result<PageId, StoreCode>> => {
    const begun = await beginPage(drafts, start, random);
    if (begun.ok) return begun;
    return refuse(begun.code === "TOO_LARGE" ? "STORE_FAILED" : begun.code);
  };
  const tools: ActsTools = {
    ...parts,
    reach: createReach(parts.cards, drafts),
    begin,
    inTurn: createQueue(),
  };
  return {
    ...createAsking(tools),
    ...createAnswering(tools),
    ...createTelling(tools),
    ...createAgreeing(tools),
    ...createPromising(tools),
    ...createPractising(tools),
    ...createPacing(tools, parts.pacing),
    ...createHandling(tools),
    ...createReading(tools),
  };
};
