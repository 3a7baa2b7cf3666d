import type { Clock } from "../../base/clock.ts";
import type { Live } from "../../base/live.ts";
import type { Card } from "../../page/card.ts";
import { isCountedFromArrival } from "../../page/expiry.ts";
import type { CameAt } from "../../page/hands.ts";
import { clockTolerance } from "../../ledger/book.ts";

export type NoteArrivalsParts = {
  /** Also what is not let in yet: it has come. */
  readonly cards: Live<readonly Card[]>;
  readonly clock: Clock;
  readonly came: Live<CameAt>;
  readonly keepCame: (came: CameAt) => unknown;
};

/**
 * More notes than stand at one time. A partner's app that sends more from the future has those shown no longer than
 * their kind allows, and hidden where they are far ahead (expiry.ts).
 */
const mostNotes = 48;

/** Keeps when a note came that claims to be from later than now, until it was taken away. Returns how to stop. */
export const keepNoteArrivals = (parts: NoteArrivalsParts): (() => void) => {
  const { cards, clock, came, keepCame } = parts;
  const look = (): void => {
    const now = clock.now();
    const before = came.read();
    const next = new Map(before);
    const notes = cards.read().filter(({ kind }) => isCountedFromArrival(kind));
    for (const { id, withdrawnAt } of notes) if (withdrawnAt !== undefined) next.delete(id);
    for (const { id, writtenAt, withdrawnAt } of notes)
      if (
        withdrawnAt === undefined &&
        !next.has(id) &&
        writtenAt > now + clockTolerance &&
        next.size < mostNotes
      )
        next.set(id, now);
    if (next.size !== before.size || [...next.keys()].some((id) => !before.has(id))) keepCame(next);
  };
  const stop = cards.subscribe(look);
  look();
  return stop;
};
