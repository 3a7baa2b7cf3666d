import { expect, test } from "vitest";
import { layOut } from "../../renderer/questions/layOut.ts";
import type { AnsweredCard } from "../../renderer/questions/threads.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { plainCard } from "../support/fakeJournal.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const answer = (number: number, more: Partial<Card> = {}): AnsweredCard => ({
  ...plainCard(id(number), number),
  kind: "answer",
  author: "partner",
  ...more,
  answer: { question: id(999), round: 0, saw: 0 },
});
const closed = { opened: false } as const;
const gone = { withdrawnAt: 50 } as const;

const laid = (answers: readonly AnsweredCard[], ...arrived: PageId[]) => {
  const { earlier, shown } = layOut(answers, new Set(arrived));
  const say = (each: (typeof shown)[number]) => `${Number.parseInt(each.card.id, 16)} ${each.as}`;
  return { earlier: earlier.map(say), shown: shown.map(say) };
};

test("the newest answer that can be read lies open, and older ones are slips in their order", () => {
  expect(laid([answer(1), answer(2), answer(3)]).shown).toEqual(["1 slip", "2 slip", "3 letter"]);
});

test("a closed answer stays closed in its place, and the one before it stays open to read", () => {
  expect(laid([answer(1), answer(2), answer(3, closed)]).shown).toEqual([
    "1 slip",
    "2 letter",
    "3 closed",
  ]);
});

test("a withdrawn answer leaves its trace, and is never the one that lies open", () => {
  expect(laid([answer(1), answer(2, gone)]).shown).toEqual(["1 letter", "2 trace"]);
  expect(laid([answer(1, { ...closed, ...gone })]).shown).toEqual(["1 trace"]);
});

test("what was opened just now lies open, also where a newer one does", () => {
  expect(laid([answer(1), answer(2)], id(1)).shown).toEqual(["1 letter", "2 letter"]);
});

test("eight answers lie side by side; of nine the older ones fold away and four stay", () => {
  const answers = Array.from({ length: 9 }, (_, index) => answer(index + 1));
  expect(laid(answers.slice(0, 8)).earlier).toEqual([]);
  expect(laid(answers).earlier).toEqual(["1 slip", "2 slip", "3 slip", "4 slip", "5 slip"]);
  expect(laid(answers).shown).toEqual(["6 slip", "7 slip", "8 slip", "9 letter"]);
});

test("nothing closed is ever folded away, nor what was opened just now", () => {
  const answers = Array.from({ length: 34 }, (_, index) =>
    answer(index + 1, index === 5 ? closed : index === 3 ? gone : {}),
  );
  const { earlier, shown } = laid(answers, id(10));
  expect(shown).toEqual(["6 closed", "10 letter", "31 slip", "32 slip", "33 slip", "34 letter"]);
  expect(earlier).toHaveLength(28);
  expect(earlier).toContain("4 trace");
});
