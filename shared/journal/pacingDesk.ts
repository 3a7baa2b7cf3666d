import type { Clock } from "../base/clock.ts";
import type { Live } from "../base/live.ts";
import { createQueue } from "../base/queue.ts";
import type { Random } from "../base/random.ts";
import { refuse } from "../base/result.ts";
import type { Card } from "../page/card.ts";
import { createPaceJudge, type PaceView } from "../page/pace.ts";
import type { Shelf } from "../page/shelf.ts";
import type { PacingTurn } from "./acts/pacing.ts";
import { keepPacing } from "./acts/pacingKeeper.ts";
import type { Sending } from "./acts/sending.ts";
import { beginWhole, removePage } from "./pages/writing.ts";
import { watchPace } from "./watchPace.ts";

type PacingDeskParts = {
  /** What stands before the reader, and what does not yet. */
  readonly cards: Live<readonly Card[]>;
  readonly everything: Live<readonly Card[]>;
  readonly drafts: Shelf;
  readonly shared: () => Shelf | undefined;
  readonly sending: Pick<Sending, "withdraw">;
  /** Sharing is paused, or the journal has ended. */
  readonly isQuiet: () => boolean;
  readonly turn: PacingTurn;
  readonly clock: Clock;
  readonly random: Random;
};

export const createPacingTurn = (): PacingTurn => ({
  judge: createPaceJudge(),
  inTurn: createQueue(),
});

/** The pace cards of an open journal: how they lie, and what comes of them by itself. */
export const openPacingDesk = (
  parts: PacingDeskParts,
): { readonly now: Live<PaceView>; readonly stop: () => void } => {
  const { drafts, shared, sending, isQuiet, turn, random } = parts;
  const stopKeeping = keepPacing({
    cards: parts.everything,
    may: () => !isQuiet() && shared() !== undefined,
    forgets: isQuiet,
    show: async (of, cards, page) => {
      const shelf = shared();
      return shelf === undefined
        ? refuse("NOT_PAIRED")
        : beginWhole(shelf, { kind: "paceShown", of, cards }, random, undefined, page);
    },
    dropKey: (page) => removePage(drafts, page),
    withdraw: sending.withdraw,
    turn,
    random,
  });
  const pace = watchPace({ cards: parts.cards, judge: turn.judge, clock: parts.clock });
  return {
    now: pace.now,
    stop: () => {
      stopKeeping();
      pace.stop();
    },
  };
};
