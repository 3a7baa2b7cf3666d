import { expect, test } from "vitest";
import { findThreads, type Filters, noFilters } from "../../renderer/questions/findThreads.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card, Need } from "../../shared/page/card.ts";
import { dayAt } from "../../shared/page/day.ts";
import { plainCard } from "../support/fakeJournal.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
const on = (day: number): number => new Date(2026, 10, day, 20).getTime();
const day = (date: number) => dayAt(on(date));

const question = (
  number: number,
  more: Partial<Card> = {},
  need: Need = "why",
  again: readonly number[] = [],
): Card => ({
  ...plainCard(id(number), on(number)),
  kind: "question",
  question: {
    need,
    depth: "facts",
    askedAt: [on(number), ...again.map(on)],
    helpsBy: undefined,
  },
  ...more,
});

const answer = (number: number, to: number, more: Partial<Card> = {}): Card => ({
  ...plainCard(id(number), on(number)),
  kind: "answer",
  author: "partner",
  answer: { question: id(to), round: 0, saw: 0 },
  ...more,
});

const found = (
  cards: readonly Card[],
  pages: readonly number[] | undefined,
  filters: Partial<Filters> = {},
): readonly PageId[] =>
  findThreads(cards, pages && new Set(pages.map(id)), { ...noFilters, ...filters }).map(
    ({ thread }) => thread.question.id,
  );

test("words inside an answer lead to its question, and the line says that they stand there", () => {
  const cards = [answer(4, 1), question(2), question(1)];
  const threads = findThreads(cards, new Set([id(4)]), noFilters);
  expect(threads.map(({ thread, below }) => [thread.question.id, below])).toEqual([[id(1), true]]);
});

test("what was heard of an answer leads to its question as well", () => {
  const heard: Card = { ...plainCard(id(5), on(5)), kind: "heard", of: id(4) };
  expect(found([heard, answer(4, 1), question(1)], [5])).toEqual([id(1)]);
});

test("a private copy in which a question is being changed leads to the question and never stands beside it", () => {
  const copy = question(6, {
    place: "draft",
    draft: { changes: id(1), restsUntil: undefined, pausedUntil: undefined },
  });
  expect(found([copy, question(1)], [6])).toEqual([id(1)]);
  expect(found([copy, question(1)], undefined)).toEqual([id(1)]);
});

test("what is found keeps the order of the cards, newest first, whoever has waited longer", () => {
  const cards = [
    question(9, { author: "partner" }),
    answer(8, 9),
    question(7),
    question(3, { author: "partner" }),
    question(2, { place: "draft" }),
  ];
  expect(found(cards, undefined)).toEqual([id(9), id(7), id(3), id(2)]);
});

test("letters, entries and pages of a newer Twofold are no questions and break nothing", () => {
  const cards: Card[] = [
    { ...plainCard(id(8), on(8)), kind: "newer" },
    { ...plainCard(id(7), on(7)), kind: "letter" },
    { ...plainCard(id(6), on(6)), kind: "heard", of: id(7) },
    { ...plainCard(id(5), on(5)), kind: "heard", of: id(5) },
    question(1),
  ];
  expect(found(cards, [8, 7, 6, 5])).toEqual([]);
});

test("what one of the two has left unanswered is never listed for itself", () => {
  const cards = [question(5), question(4, { author: "partner" }), answer(3, 2), question(2)];
  for (const who of ["me", "partner", "both"] as const)
    expect(found(cards, undefined, { state: "open", who })).toEqual([id(5), id(4)]);
  expect(found(cards, undefined, { state: "answered", who: "me" })).toEqual([id(2)]);
  expect(found(cards, undefined, { who: "partner" })).toEqual([id(4)]);
});

test("a parked question and a withdrawn one are neither open nor answered", () => {
  const cards = [question(5, { place: "draft" }), question(4, { withdrawnAt: on(6) })];
  expect(found(cards, undefined, { state: "open" })).toEqual([]);
  expect(found(cards, undefined, { state: "answered" })).toEqual([]);
  expect(found(cards, undefined)).toEqual([id(5), id(4)]);
});

test("a need finds the questions that had it, and a withdrawn one does not give its need away", () => {
  const cards = [question(3, {}, "heard"), question(2), question(1, { withdrawnAt: on(4) })];
  expect(found(cards, undefined, { need: "why" })).toEqual([id(2)]);
});

test("a day counts whole, from its first minute to its last, and asking again counts too", () => {
  const cards = [question(9), question(5), question(1, {}, "why", [6])];
  expect(found(cards, undefined, { from: day(5), to: day(6) })).toEqual([id(5), id(1)]);
  expect(found(cards, undefined, { from: day(9) })).toEqual([id(9)]);
  expect(found(cards, undefined, { to: day(1) })).toEqual([id(1)]);
});
