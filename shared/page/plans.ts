import { byTime, type Card, type Day } from "./card.ts";
import { type Consent, consentTo, readSaidTo } from "./consent.ts";
import { dayAt, daysFrom } from "./day.ts";
import { isOver } from "./expiry.ts";
import { saidOf } from "./said.ts";

/** The last day of an offer to say one's plans, days from when it was made. */
export const longestSharing = 30;

/** over: its last day has passed. */
export type SharingState = Consent | { readonly state: "over"; readonly wasAgreed: boolean };

export type PlanSharing = {
  readonly card: Card;
  /** It holds through that day, and no longer. */
  readonly until: Day;
  readonly standing: SharingState;
};

/** What the two have offered each other, newest first. */
export const readPlanSharings = (cards: readonly Card[], now: number): readonly PlanSharing[] => {
  const said = readSaidTo(cards);
  const today = dayAt(now);
  return cards
    .filter(({ kind, place, withdrawnAt }) => kind === "planSharing" && isThere(place, withdrawnAt))
    .toSorted((one, other) => byTime(other, one))
    .map((card) => {
      const consent = consentTo(card, said);
      const until = lastDayOf(card, consent);
      const over =
        today > until && (consent.state === "proposed" || consent.state === "agreed")
          ? ({ state: "over", wasAgreed: consent.state === "agreed" } as const)
          : consent;
      return { card, until, standing: over };
    });
};

/** A draft's last day as it would be said, or what a shared one says: thirty days at most, by either's clock. */
const lastDayOf = (card: Card, consent: Consent): Day => {
  const from = Math.min(card.writtenAt, consent.state === "agreed" ? consent.since : Infinity);
  const furthest = daysFrom(from, longestSharing);
  const said = saidOf("planSharing", card.said)?.untilDay;
  return said !== undefined && said < furthest ? said : furthest;
};

/** The offer of this one of the two that stands, or that waits for a yes. */
export const openSharing = (
  sharings: readonly PlanSharing[],
  author: Card["author"],
): PlanSharing | undefined => {
  const theirs = sharings.filter(({ card }) => card.author === author);
  return (
    theirs.find(({ standing }) => standing.state === "agreed") ??
    theirs.find(({ standing }) => standing.state === "proposed")
  );
};

/** The plans that this one of the two has said and that hold now, newest first: none where no offer stands. */
export const readPlans = (
  cards: readonly Card[],
  author: Card["author"],
  now: number,
): readonly Card[] => {
  const stands = readPlanSharings(cards, now).some(
    ({ card, standing }) => card.author === author && standing.state === "agreed",
  );
  return stands
    ? cards
        .filter(
          (card) =>
            card.kind === "plan" &&
            card.author === author &&
            isThere(card.place, card.withdrawnAt) &&
            saidOf("plan", card.said)?.line !== undefined &&
            !isOver(card, now),
        )
        .toSorted((one, other) => byTime(other, one))
    : [];
};

/** Four in the morning of the next day: who comes home late is not gone at midnight. */
export const planEnds = (now: number): number => {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, 4).getTime();
};

const isThere = (place: Card["place"], withdrawnAt: number | undefined): boolean =>
  place === "shared" && withdrawnAt === undefined;
