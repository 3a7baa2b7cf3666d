import type { PageId } from "../base/ids.ts";
import { byTime, type Card } from "./card.ts";
import { type HandNeed, saidOf } from "./said.ts";

/** The longest that a hand signal stands, ms: 24 hours. */
export const longestHand = 86_400_000;

/** How long whoever gives a signal may let it stand. */
export const handLasts = ["hours", "evening", "morning"] as const;
export type HandLasts = (typeof handLasts)[number];

/** Two hours on; the end of this local day; nine in the morning, which after midnight is the one that comes. */
export const handUntil = (lasts: HandLasts, now: number): number => {
  const date = new Date(now);
  const at = (days: number, hour: number): number =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
  const until = {
    hours: now + 2 * 3_600_000,
    evening: at(1, 0),
    morning: at(date.getHours() < 5 ? 0 : 1, 9),
  }[lasts];
  return Math.min(until, now + longestHand);
};

export type HandBack = { readonly card: Card; readonly line: string };

/** One need, for some hours. `until`: by this computer's clock, ms. */
export type Hand = {
  readonly card: Card;
  readonly need: HandNeed;
  readonly line: string | undefined;
  readonly until: number;
  /** The newest that the other has said back. */
  readonly back: HandBack | undefined;
};

export type Hands = { readonly mine: Hand | undefined; readonly theirs: Hand | undefined };

/** When a page from the future of this clock came here, ms; no later than now. */
export type CameAt = ReadonlyMap<PageId, number>;

/** The newest of each that was not taken down; a newer one takes the place of those before it, also once it is over. */
export const newestHands = (
  cards: readonly Card[],
): Readonly<Record<Card["author"], Card | undefined>> => {
  const newest: Record<Card["author"], Card | undefined> = { me: undefined, partner: undefined };
  for (const card of cards) {
    if (card.kind !== "hand" || !isThere(card)) continue;
    const before = newest[card.author];
    if (before === undefined || byTime(before, card) < 0) newest[card.author] = card;
  }
  return newest;
};

/** The signals that stand now. */
export const readHands = (cards: readonly Card[], now: number, came: CameAt): Hands => {
  const newest = newestHands(cards);
  const standing = (card: Card | undefined): Hand | undefined => {
    const said = saidOf("hand", card?.said);
    const until = card === undefined ? undefined : endOf(card, now, came);
    if (card === undefined || said?.need === undefined || until === undefined) return undefined;
    const { need, line } = said;
    return until > now ? { card, need, line, until, back: backTo(card, cards) } : undefined;
  };
  return { mine: standing(newest.me), theirs: standing(newest.partner) };
};

/**
 * It lasts as long as its writer said, and a day at most: from when it was written, or from when it came here where
 * its writer's clock was ahead of this one. So it is over no later than a day after it came, whatever it claims.
 */
const endOf = (card: Card, now: number, came: CameAt): number | undefined => {
  const until = saidOf("hand", card.said)?.until;
  if (until === undefined) return undefined;
  const lasts = Math.min(until - card.writtenAt, longestHand);
  return Math.min(card.writtenAt, came.get(card.id) ?? now) + lasts;
};

const backTo = (hand: Card, cards: readonly Card[]): HandBack | undefined =>
  cards
    .filter(
      (card) =>
        card.kind === "handBack" &&
        card.of === hand.id &&
        card.author !== hand.author &&
        isThere(card),
    )
    .toSorted(byTime)
    .flatMap((card) => {
      const line = saidOf("handBack", card.said)?.line;
      return line === undefined ? [] : [{ card, line }];
    })
    .at(-1);

const isThere = ({ place, withdrawnAt }: Card): boolean =>
  place === "shared" && withdrawnAt === undefined;
