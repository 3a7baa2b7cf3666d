import { expect, test } from "vitest";
import { chosenDay, readSaid } from "../../renderer/questions/saidDay.ts";
import { findThread, type Thread } from "../../renderer/questions/threads.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import { daysFrom } from "../../shared/page/day.ts";
import { plainCard } from "../support/fakeJournal.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
const at = (day: number, hour = 20): number => new Date(2026, 10, day, hour).getTime();
const day = (date: number): Day => `2026-11-${date}` as Day;

const asked = (...askedAt: number[]): Card => ({
  ...plainCard(id(1), askedAt[0] ?? 0),
  kind: "question",
  question: { need: "why", depth: "facts", askedAt, helpsBy: undefined },
});
const said = (author: Card["author"], ...named: Day[]): Card => ({
  ...plainCard(id(2), at(12)),
  kind: "byDay",
  author,
  of: id(1),
  days: named,
});
const answered = (round: number, more: Partial<Card> = {}): Card => ({
  ...plainCard(id(3), at(13)),
  kind: "answer",
  author: "partner",
  answer: { question: id(1), round, saw: 0 },
  ...more,
});
const threadOf = (...cards: Card[]): Thread => {
  const thread = findThread(cards, id(1));
  if (thread === undefined) throw new Error("no thread");
  return thread;
};

test("the day that was said stands, and a day that has passed stands as it was said", () => {
  const thread = threadOf(asked(at(11)), said("partner", day(12)));
  expect(readSaid(thread)).toEqual({ day: day(12), before: undefined });
});

test("changed in the open: the day before it stays beside it", () => {
  const thread = threadOf(asked(at(11)), said("partner", day(20), day(24), day(26)));
  expect(readSaid(thread)).toEqual({ day: day(26), before: day(24) });
});

test("the same day said twice is no change", () => {
  const thread = threadOf(asked(at(11)), said("partner", day(26), day(26)));
  expect(readSaid(thread)).toEqual({ day: day(26), before: undefined });
});

test("once it is answered no day stands beside the answer to be held against it", () => {
  const thread = threadOf(asked(at(11)), said("partner", day(12)), answered(0));
  expect(readSaid(thread)).toBeUndefined();
});

test("a withdrawn answer answers nothing: what was said stands again", () => {
  const gone = answered(0, { withdrawnAt: at(14) });
  expect(readSaid(threadOf(asked(at(11)), said("partner", day(26)), gone))?.day).toBe(day(26));
});

test("asked again after an answer, a day that was named before that answer is not carried over", () => {
  for (const named of [day(12), day(26)])
    expect(
      readSaid(threadOf(asked(at(11), at(15)), said("partner", named), answered(0))),
    ).toBeUndefined();
});

test("a day that was named after the last answer is for the asking that stands", () => {
  const anew = { ...said("partner", day(26)), writtenAt: at(16) };
  expect(readSaid(threadOf(asked(at(11), at(15)), anew, answered(0)))?.day).toBe(day(26));
});

test("asked again without an answer in between, a day that is still to come stands, and one before it does not", () => {
  expect(readSaid(threadOf(asked(at(11), at(15)), said("partner", day(26))))?.day).toBe(day(26));
  expect(readSaid(threadOf(asked(at(11), at(15)), said("partner", day(14))))).toBeUndefined();
});

test("only whoever was asked can say by when", () => {
  expect(readSaid(threadOf(asked(at(11)), said("me", day(26))))).toBeUndefined();
});

test("tonight, tomorrow and in three days are local days, also over the end of a month", () => {
  const now = at(29, 23);
  expect(chosenDay("tonight", "", now)).toBe("2026-11-29");
  expect(chosenDay("tomorrow", "", now)).toBe("2026-11-30");
  expect(chosenDay("three", "", now)).toBe("2026-12-02");
  expect(daysFrom(now, 7)).toBe("2026-12-06");
});

test("a day of one's own is today or later, and one that there is", () => {
  const now = at(21);
  expect(chosenDay("date", "2026-11-21", now)).toBe("2026-11-21");
  expect(chosenDay("date", "2026-11-20", now)).toBeUndefined();
  expect(chosenDay("date", "2026-02-30", now)).toBeUndefined();
  expect(chosenDay("date", "", now)).toBeUndefined();
});
