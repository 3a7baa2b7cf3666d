import { byTime, type Card, type Went } from "./card.ts";

/** What became of a promise, by whoever made it; the words are on the page. */
export type Outcome = { readonly card: Card; readonly went: Went };

export type SmallPromise = {
  readonly card: Card;
  /** All that was said of it, oldest first: a later word leaves the earlier one standing. */
  readonly outcomes: readonly Outcome[];
};

/** Newest first. What somebody says of a promise that is not theirs is left out. */
export const readPromises = (cards: readonly Card[]): readonly SmallPromise[] => {
  const shared = cards.filter(({ place }) => place === "shared");
  return shared
    .filter(({ kind }) => kind === "promise")
    .toSorted((one, other) => byTime(other, one))
    .map((card) => ({
      card,
      outcomes: shared
        .filter(
          ({ kind, of, author, withdrawnAt }) =>
            kind === "outcome" &&
            of === card.id &&
            author === card.author &&
            withdrawnAt === undefined,
        )
        .toSorted(byTime)
        .flatMap((outcome) =>
          outcome.went === undefined ? [] : [{ card: outcome, went: outcome.went }],
        ),
    }));
};
