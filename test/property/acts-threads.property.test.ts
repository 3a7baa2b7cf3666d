import fc from "fast-check";
import { expect, test } from "vitest";
import { findThread, readThreads, type Thread } from "../../renderer/questions/threads.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { plainCard } from "../support/fakeJournal.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const question = (number: number): Card => ({
  ...plainCard(id(number), number),
  kind: "question",
  question: { need: "why", depth: "facts", askedAt: [number, number + 1], helpsBy: undefined },
});

type Given = { readonly to: number; readonly round: number; readonly at: number };

const answer = (number: number, { to, round, at }: Given): Card => ({
  ...plainCard(id(number), at),
  kind: "answer",
  author: "partner",
  answer: { question: id(to), round, saw: 0 },
});

type Later = "withdrawn" | "changed" | undefined;

const after = (card: Card, later: Later): Card => {
  if (later === "withdrawn") return { ...card, title: "", excerpt: "", withdrawnAt: 9_000 };
  return later === "changed" ? { ...card, changedAt: 8_000 } : card;
};

const questions = [1, 2, 3];

/** Few moments and rounds, so that many are written in the same one. */
const someAnswers = fc.array(
  fc.record({
    to: fc.constantFrom(...questions, 99),
    round: fc.nat(2),
    at: fc.nat(4),
    later: fc.constantFrom<Later>("withdrawn", "changed", undefined),
  }),
  { maxLength: 20 },
);

const someOrder = fc.infiniteStream(fc.nat());

const shuffled = <Item>(items: readonly Item[], keys: Iterable<number>): readonly Item[] => {
  const key = keys[Symbol.iterator]();
  return items
    .map((item) => ({ item, at: Number(key.next().value) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
};

const orderOf = (thread: Thread | undefined): readonly PageId[] =>
  thread?.answers.map((card) => card.id) ?? [];

test("in whatever order pages arrive, and whatever is withdrawn or changed, a thread has one order", () => {
  fc.assert(
    fc.property(someAnswers, someOrder, (given, keys) => {
      const sent = [
        ...questions.map(question),
        ...given.map((one, index) => answer(index + 10, one)),
      ];
      const now = shuffled(
        sent.map((card, index) => after(card, given[index - questions.length]?.later)),
        keys,
      );
      for (const number of questions) {
        const order = orderOf(findThread(now, id(number)));
        expect(order).toEqual(orderOf(findThread(sent, id(number))));
        const places = given
          .map((one, index) => ({ ...one, id: id(index + 10) }))
          .filter(({ to }) => to === number)
          .toSorted(
            (one, other) =>
              one.round - other.round || one.at - other.at || (one.id < other.id ? -1 : 1),
          );
        expect(order).toEqual(places.map((place) => place.id));
      }
    }),
  );
});

test("each card is looked at a few times, however many questions there are", () => {
  let looks = 0;
  const counted = (card: Card): Card =>
    Object.defineProperty({ ...card }, "answer", {
      get: () => {
        looks++;
        return card.answer;
      },
    });
  const cards = [
    ...Array.from({ length: 500 }, (_, index) => question(index + 1)),
    ...Array.from({ length: 2_000 }, (_, index) =>
      answer(index + 10_000, { to: (index % 500) + 1, round: 0, at: index }),
    ),
  ].map(counted);
  const { mine } = readThreads(cards);
  expect(mine).toHaveLength(500);
  expect(mine.every(({ answers }) => answers.length === 4)).toBe(true);
  for (const { question: asked } of mine) findThread(cards, asked.id);
  expect(looks).toBeLessThan(cards.length * 20);
});
