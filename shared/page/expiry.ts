import type { Card } from "./card.ts";
import { daysFrom, noonOf } from "./day.ts";
import { startOfDay } from "../base/startOfDay.ts";
import type { PracticeKind } from "./said.ts";

/**
 * Notes that hold for a while and then are gone on both sides. Their writer's app takes the words away
 * (journal/acts/expiring.ts); until it has, whoever reads hides them by the same rule.
 */
const hour = 3_600_000;

/** The longest that a note of this kind holds, ms, whatever its writer's app says: counted from when it was written. */
const longest = {
  hand: (writtenAt: number) => writtenAt + 24 * hour,
  /** The end of the next day. */
  plan: (writtenAt: number) => startOfDay(noonOf(daysFrom(writtenAt, 2))),
  /** Noon of the next day. */
  truce: (writtenAt: number) => noonOf(daysFrom(writtenAt, 1)),
} as const satisfies Partial<Record<PracticeKind, (writtenAt: number) => number>>;

type NoteKind = keyof typeof longest;

const isNote = (kind: Card["kind"]): kind is NoteKind => Object.hasOwn(longest, kind);

/**
 * A note that claims to be written further ahead of this computer's clock says nothing of now, ms. A clock that runs
 * ahead by less makes it stand longer by as much, and no more.
 */
const mostAhead = 12 * hour;

/** Of these it is kept when they came, where they claim to be from later; hand signals are counted on their own (hands.ts). */
export const isCountedFromArrival = (kind: Card["kind"]): boolean =>
  kind === "plan" || kind === "truce";

/**
 * A note from the future of this clock, as if it had been written when it came: it holds as long as its writer said, and
 * is over here when it is over there. `came`: ms; undefined where it does not claim to be from later.
 */
export const asItCame = (card: Card, came: number | undefined): Card => {
  const { kind, writtenAt, said } = card;
  if (came === undefined || came >= writtenAt || !isCountedFromArrival(kind)) return card;
  if (said?.kind !== "plan" && said?.kind !== "truce") return { ...card, writtenAt: came };
  const { until } = said;
  return {
    ...card,
    writtenAt: came,
    said: until === undefined ? said : { ...said, until: until - (writtenAt - came) },
  };
};

/** Until when a note holds, ms; undefined for every other page. One that does not say until when is over at once. */
export const lastsUntil = ({ kind, writtenAt, said }: Card): number | undefined => {
  if (!isNote(kind)) return undefined;
  const until = said !== undefined && "until" in said ? said.until : undefined;
  return Math.min(until ?? writtenAt, longest[kind](writtenAt));
};

/** Whether a note is to be seen no longer: its time has passed, or its writer took it away. */
export const isOver = (card: Card, now: number): boolean => {
  const until = lastsUntil(card);
  if (until === undefined) return false;
  return card.withdrawnAt !== undefined || now >= until || card.writtenAt > now + mostAhead;
};
