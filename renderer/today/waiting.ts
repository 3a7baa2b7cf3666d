import { readAgreements } from "../../shared/page/agreements.ts";
import type { Card } from "../../shared/page/card.ts";
import { consentTo, readSaidTo } from "../../shared/page/consent.ts";
import { type Day, dayAt } from "../../shared/page/day.ts";
import { saidOf } from "../../shared/page/said.ts";
import { isOn, readTogether } from "../../shared/page/together.ts";
import { readPapers } from "../letters/papers.ts";
import { isAnswered, readThreads, type Thread } from "../questions/threads.ts";

/**
 * What waits for its reader, a line for each sort and never one for each page: nothing here can be counted, or has an
 * age. `one`: the page, where it is just one; else its place.
 */
export type Waits = {
  readonly sort: "answers" | "letters" | "asked";
  readonly one: Card | undefined;
};

/** What was put off, and what a day was named for, does not wait. */
export const readWaits = (cards: readonly Card[]): readonly Waits[] => {
  const isClosed = ({ opened, withdrawnAt, putOff }: Card): boolean =>
    !opened && withdrawnAt === undefined && putOff === undefined;
  const threads = readThreads(cards);
  const sorts = {
    answers: threads.mine
      .filter(({ answers }) => answers.some(isClosed))
      .map(({ question }) => question),
    letters: readPapers(cards).came.filter(isClosed),
    asked: threads.theirs.filter(isMineToAnswer).map(({ question }) => question),
  };
  return (["answers", "letters", "asked"] as const).flatMap((sort) => {
    const [one, another] = sorts[sort];
    return one === undefined ? [] : [{ sort, one: another === undefined ? one : undefined }];
  });
};

const isMineToAnswer = (thread: Thread): boolean =>
  thread.question.withdrawnAt === undefined && !isAnswered(thread) && thread.said === undefined;

/** What the two have agreed on or said for this day, as far as it is here. */
export type Planned =
  | { readonly sort: "review"; readonly card: Card }
  | { readonly sort: "talk"; readonly card: Card; readonly at: number }
  | { readonly sort: "plan"; readonly card: Card; readonly line: string }
  | { readonly sort: "together"; readonly card: Card };

export const readPlanned = (
  cards: readonly Card[],
  now: number,
  today: Day,
): readonly Planned[] => {
  const said = readSaidTo(cards);
  const isAgreed = (card: Card): boolean => consentTo(card, said).state === "agreed";
  const there = cards.filter(
    ({ place, withdrawnAt }) => place === "shared" && withdrawnAt === undefined,
  );
  const reviews = readAgreements(cards, now)
    .filter(({ reviewBy, standing }) => reviewBy === today && standing.state === "agreed")
    .map(({ card }): Planned => ({ sort: "review", card }));
  return [
    ...there.flatMap((card): readonly Planned[] => {
      const { at, minutes = 0 } = saidOf("talk", card.said) ?? {};
      const isAhead = at !== undefined && dayAt(at) === today && at + minutes * 60_000 > now;
      return isAhead && isAgreed(card) ? [{ sort: "talk", card, at }] : [];
    }),
    ...there.flatMap((card): readonly Planned[] => {
      const { line, until } = saidOf("plan", card.said) ?? {};
      return line !== undefined && until !== undefined && isOfToday(card, until, now, today)
        ? [{ sort: "plan", card, line }]
        : [];
    }),
    ...readTogether(cards, now)
      .filter((together) => isOn(together, today))
      .map(({ card }): Planned => ({ sort: "together", card })),
    ...reviews,
  ];
};

/** A plan disappears the next day, whatever it claims. */
const isOfToday = (card: Card, until: number, now: number, today: Day): boolean =>
  until > now && dayAt(card.writtenAt) === today;
