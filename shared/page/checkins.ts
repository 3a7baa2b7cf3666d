import { byTime, type Card } from "./card.ts";
import { type Day, dayAt } from "./day.ts";
import { saidOf, saysAnything } from "./said.ts";

/** How somebody is, for one day. */
export type CheckIn = {
  readonly card: Card;
  readonly day: Day;
  readonly feelings: readonly string[];
  readonly need: string | undefined;
  readonly thanks: string | undefined;
};

/** Of both, newest first: mine that are here alone, and what either has shared. One that says nothing is none. */
export const readCheckIns = (cards: readonly Card[]): readonly CheckIn[] =>
  cards
    .filter(
      ({ kind, place, author, withdrawnAt }) =>
        kind === "checkin" &&
        withdrawnAt === undefined &&
        (place === "shared" || (place === "draft" && author === "me")),
    )
    .filter(({ said, excerpt, hasPhotos }) => saysAnything(said) || excerpt !== "" || hasPhotos)
    .toSorted((one, other) => byTime(other, one))
    .map(checkInOf);

export const checkInOf = (card: Card): CheckIn => {
  const said = saidOf("checkin", card.said);
  return {
    card,
    day: said?.day ?? dayAt(card.writtenAt),
    feelings: said?.feelings ?? [],
    need: said?.need,
    thanks: said?.thanks,
  };
};

export type CheckInsToday = {
  readonly mine: CheckIn | undefined;
  readonly theirs: CheckIn | undefined;
};

/** Mine is for this day here. Theirs is for the day where they are, which far away is another. */
export const checkInsOf = (all: readonly CheckIn[], today: Day): CheckInsToday => ({
  mine: all.find(({ card, day }) => card.author === "me" && day === today),
  theirs: all.find(
    ({ card, day }) =>
      card.author === "partner" && (day === today || dayAt(card.writtenAt) === today),
  ),
});
