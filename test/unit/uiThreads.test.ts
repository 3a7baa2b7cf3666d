import { expect, test } from "vitest";
import { findThread, isAnswered, readThreads } from "../../renderer/questions/threads.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { plainCard } from "../support/fakeJournal.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const question = (number: number, more: Partial<Card> = {}, askedAt = [number]): Card => ({
  ...plainCard(id(number), number),
  kind: "question",
  question: { need: "why", depth: "facts", askedAt, helpsBy: undefined },
  ...more,
});

const answer = (number: number, to: number, round: number, more: Partial<Card> = {}): Card => ({
  ...plainCard(id(number), number),
  kind: "answer",
  author: "partner",
  answer: { question: id(to), round, saw: 0 },
  ...more,
});

test("questions stand apart by who asked; drafts are only mine to see", () => {
  const { drafts, mine, theirs } = readThreads([
    question(3, { place: "draft" }),
    question(2),
    question(1, { author: "partner" }),
  ]);
  expect(drafts.map((card) => card.id)).toEqual([id(3)]);
  expect(mine.map((thread) => thread.question.id)).toEqual([id(2)]);
  expect(theirs.map((thread) => thread.question.id)).toEqual([id(1)]);
});

test("the order of the cards stays: nothing is sorted by how long it waits", () => {
  const cards = [question(9), answer(8, 9, 0), question(5), question(7)];
  expect(readThreads(cards).mine.map((thread) => thread.question.id)).toEqual([
    id(9),
    id(5),
    id(7),
  ]);
});

test("answers of one question are gathered by round and time, and those of others stay out", () => {
  const cards = [
    question(1, {}, [1, 5]),
    answer(6, 1, 1),
    answer(4, 1, 0),
    answer(3, 1, 0),
    answer(2, 99, 0),
  ];
  expect(findThread(cards, id(1))?.answers.map((card) => card.id)).toEqual([id(3), id(4), id(6)]);
});

test("asked again, a question waits for a fresh answer", () => {
  const once = findThread([question(1), answer(2, 1, 0)], id(1));
  const again = findThread([question(1, {}, [1, 3]), answer(2, 1, 0)], id(1));
  const answered = findThread([question(1, {}, [1, 3]), answer(2, 1, 0), answer(4, 1, 1)], id(1));
  expect(
    [once, again, answered].map((thread) => thread !== undefined && isAnswered(thread)),
  ).toEqual([true, false, true]);
});

test("an answer that is not sent is a draft and not an answer", () => {
  const mine = { author: "me", place: "draft" } as const;
  const thread = findThread([question(1, { author: "partner" }), answer(2, 1, 0, mine)], id(1));
  expect(thread?.answers).toEqual([]);
  expect(thread?.draft?.id).toBe(id(2));
});

test("a page that is no question opens no thread", () => {
  expect(findThread([plainCard(id(1), 1)], id(1))).toBeUndefined();
});
