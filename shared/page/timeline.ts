import { readAgreements } from "./agreements.ts";
import type { Card, PageKind } from "./card.ts";
import { consentTo, readSaidTo, type SaidTo } from "./consent.ts";
import { dayAt, noonOf } from "./day.ts";
import { pillarOf } from "./pillars.ts";
import { type Pillar, saidOf } from "./said.ts";

/** closed: something that waits closed, and nothing more of it, not even what it is. */
export type TimelineMark =
  | {
      readonly what: PageKind | "agreementEnded";
      readonly card: Card;
      /** A day that was named, at its noon, or when it was said; ms. */
      readonly at: number;
    }
  | { readonly what: "closed"; readonly at: number };

/** "2026-11" */
export type Month = string;

export type TimelineMonth = { readonly month: Month; readonly marks: readonly TimelineMark[] };

/** What stands on the timeline by itself, said by one of the two; milestones, talks and agreements need both. */
const alone: readonly (PageKind | "newer")[] = [
  "setback",
  "disclosure",
  "letter",
  "contact",
  "contactStep",
  "contactAgain",
];

export const monthOf = (at: number): Month => dayAt(at).slice(0, 7);

/** Newest first; months in which there is nothing are not there. */
export const readTimeline = (
  cards: readonly Card[],
  now: number,
  through?: Pillar,
): readonly TimelineMonth[] => {
  const shared = cards.filter(
    ({ place, withdrawnAt }) => place === "shared" && withdrawnAt === undefined,
  );
  const marks =
    through === undefined
      ? [...standing(shared, now), ...waiting(shared)]
      : shared.filter((card) => card.opened && pillarOf(card) === through).map(markOf);
  const months = new Map<Month, TimelineMark[]>();
  for (const mark of marks.toSorted((one, other) => other.at - one.at)) {
    const month = monthOf(mark.at);
    months.set(month, [...(months.get(month) ?? []), mark]);
  }
  return [...months].map(([month, those]) => ({ month, marks: those }));
};

/** Proposals of milestones that wait for a yes, newest first. */
export const readMilestonesAsked = (cards: readonly Card[]): readonly Card[] => {
  const said = readSaidTo(cards);
  return cards.filter(
    (card) =>
      card.kind === "milestone" &&
      card.place === "shared" &&
      card.withdrawnAt === undefined &&
      consentTo(card, said).state === "proposed",
  );
};

const standing = (shared: readonly Card[], now: number): readonly TimelineMark[] => {
  const said = readSaidTo(shared);
  return [
    ...shared.filter(({ kind, opened }) => opened && alone.includes(kind)).map(markOf),
    ...shared.filter((card) => isAgreed("milestone", card, said)).map(markOf),
    // One that is still to come is no part of what was.
    ...shared
      .filter((card) => isAgreed("talk", card, said))
      .map(markOf)
      .filter(({ at }) => at <= now),
    ...agreementMarks(shared, said, now),
  ];
};

const isAgreed = (kind: PageKind, card: Card, said: SaidTo): boolean =>
  card.kind === kind && consentTo(card, said).state === "agreed";

/** When it began to count, and when it ended after that. One that was never agreed leaves no mark. */
const agreementMarks = (
  shared: readonly Card[],
  said: SaidTo,
  now: number,
): readonly TimelineMark[] =>
  readAgreements(shared, now).flatMap(({ card, reviewBy, standing: stands }): TimelineMark[] => {
    const yes = said.yes.get(card.id)?.find(({ author }) => author !== card.author);
    if (yes === undefined || stands.state === "changed" || stands.state === "declined") return [];
    const began: TimelineMark = { what: "agreement", card, at: yes.writtenAt };
    if (stands.state === "ended") return [began, { what: "agreementEnded", card, at: stands.at }];
    return stands.state === "over"
      ? [began, { what: "agreementEnded", card, at: noonOf(reviewBy) }]
      : [began];
  });

/** One for a month, whatever waits there: neither how many nor what of it is told. */
const waiting = (shared: readonly Card[]): readonly TimelineMark[] => {
  const months = new Map<Month, number>();
  for (const { opened, author, writtenAt } of shared)
    if (!opened && author === "partner") {
      const month = monthOf(writtenAt);
      months.set(month, Math.max(writtenAt, months.get(month) ?? writtenAt));
    }
  return [...months.values()].map((at) => ({ what: "closed", at }));
};

const markOf = (card: Card): TimelineMark & { readonly card: Card } => ({
  what: card.kind === "newer" ? "entry" : card.kind,
  card,
  at: timeOf(card),
});

const timeOf = ({ said, writtenAt }: Card): number => {
  if (said !== undefined && "day" in said && said.day !== undefined) return noonOf(said.day);
  return saidOf("talk", said)?.at ?? writtenAt;
};
