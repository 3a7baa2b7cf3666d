import { byTime, type Card } from "./card.ts";
import { isOver, lastsUntil } from "./expiry.ts";
import { saidOf } from "./said.ts";

/** "Not tonight": said by one, for both. `until`: ms. */
export type Truce = {
  readonly card: Card;
  readonly line: string | undefined;
  readonly until: number;
};

export type Truces = { readonly mine: Truce | undefined; readonly theirs: Truce | undefined };

/** Nine in the morning; after midnight that of the day that has begun. */
export const truceEnds = (now: number): number => {
  const date = new Date(now);
  const night = date.getHours() < 5 ? 0 : 1;
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + night, 9).getTime();
};

/** What stands now, the newest of each. It holds nothing back: it is said, and that is all. */
export const readTruces = (cards: readonly Card[], now: number): Truces => {
  const standing = cards
    .filter((card) => card.kind === "truce" && card.place === "shared" && !isOver(card, now))
    .toSorted((one, other) => byTime(other, one));
  const newest = (author: Card["author"]): Truce | undefined => {
    const card = standing.find((one) => one.author === author);
    const until = card === undefined ? undefined : lastsUntil(card);
    return card === undefined || until === undefined
      ? undefined
      : { card, line: saidOf("truce", card.said)?.line, until };
  };
  return { mine: newest("me"), theirs: newest("partner") };
};
