import type { Cancel, Clock } from "../base/clock.ts";
import { createCell, type Live } from "../base/live.ts";
import type { Card } from "../page/card.ts";
import { type CameAt, type Hand, type Hands, newestHands, readHands } from "../page/hands.ts";

export type HandSignalsParts = {
  /** What stands before the reader. */
  readonly cards: Live<readonly Card[]>;
  readonly clock: Clock;
  readonly came: Live<CameAt>;
  readonly keepCame: (came: CameAt) => unknown;
};

export type HandSignals = { readonly now: Live<Hands>; readonly stop: () => void };

/** A clock that is set anew while a signal stands is noticed after this long, ms. */
const lookAgainMs = 60_000;

/** Of so many signals and notes (noteArrivals.ts) it is remembered when they came: more than ever stand. */
const mostCame = 64;

/** The hand signals that stand, by the clock itself: one that is over goes from the screen by itself. */
export const createHandSignals = (parts: HandSignalsParts): HandSignals => {
  const { cards, clock, came, keepCame } = parts;
  const cell = createCell<Hands>({ mine: undefined, theirs: undefined });
  let cancelTimer: Cancel = () => {};

  /** Kept also for one that is over, and while no page is here yet: forgotten, it would begin anew. */
  const followCame = (all: readonly Card[], now: number): void => {
    const before = came.read();
    const next = new Map(before);
    for (const card of Object.values(newestHands(all))) {
      if (card === undefined) continue;
      const known = before.get(card.id);
      const at = Math.min(card.writtenAt, known ?? card.writtenAt) > now ? now : known;
      if (at !== undefined) next.set(card.id, at);
    }
    const [oldest] = [...next].toSorted(([, one], [, other]) => one - other);
    if (next.size > mostCame && oldest !== undefined) next.delete(oldest[0]);
    const same = next.size === before.size && [...next].every(([id, at]) => before.get(id) === at);
    if (!same) keepCame(next);
  };

  const look = (): void => {
    cancelTimer();
    const now = clock.now();
    const all = cards.read();
    followCame(all, now);
    const hands = readHands(all, now, came.read());
    const before = cell.read();
    if (!sameHand(hands.mine, before.mine) || !sameHand(hands.theirs, before.theirs))
      cell.set(hands);
    const ends = [hands.mine, hands.theirs].flatMap((hand) => hand?.until ?? []);
    if (ends.length > 0)
      cancelTimer = clock.after(Math.min(lookAgainMs, Math.min(...ends) - now), look);
  };

  const stopCards = cards.subscribe(look);
  look();
  return {
    now: cell,
    stop: () => {
      stopCards();
      cancelTimer();
    },
  };
};

const sameHand = (one: Hand | undefined, other: Hand | undefined): boolean =>
  one?.card === other?.card && one?.until === other?.until && one?.back?.card === other?.back?.card;
