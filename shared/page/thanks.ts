import { byTime, type Card } from "./card.ts";
import { saidOf } from "./said.ts";

export type Thanks = { readonly card: Card; readonly line: string };

/** What one has thanked the other for, newest first. Nobody adds it up. */
export const readThanks = (cards: readonly Card[]): readonly Thanks[] =>
  cards
    .filter(
      ({ kind, place, withdrawnAt }) =>
        kind === "thanks" && place === "shared" && withdrawnAt === undefined,
    )
    .toSorted((one, other) => byTime(other, one))
    .flatMap((card) => {
      const line = saidOf("thanks", card.said)?.line;
      return line === undefined ? [] : [{ card, line }];
    });
