import { expect, test } from "vitest";
import { readPlanned, readWaits } from "../../renderer/today/waiting.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { dayAt, daysFrom } from "../../shared/page/day.ts";
import { makeCard } from "./arrivalsKit.ts";

const now = new Date(2026, 10, 21, 18, 30).getTime();
const hour = 3_600_000;
const today = dayAt(now);

const idOf = (number: number): PageId => makeCard(number).id;
const made = (number: number, part: Partial<Card>): Card =>
  makeCard(number, { writtenAt: now - hour, ...part });
const letter = (number: number, part: Partial<Card> = {}): Card =>
  made(number, { kind: "told", opened: false, ...part });
const question = (number: number, author: Card["author"], part: Partial<Card> = {}): Card =>
  made(number, {
    kind: "question",
    author,
    question: { need: "why", depth: "meaning", askedAt: [now - hour], helpsBy: undefined },
    ...part,
  });
const answer = (number: number, to: number, part: Partial<Card> = {}): Card =>
  made(number, { kind: "answer", answer: { question: idOf(to), round: 0, saw: 0 }, ...part });

const sorts = (...cards: readonly Card[]): readonly string[] =>
  readWaits(cards).map(({ sort, one }) => `${sort} ${one === undefined ? "place" : "page"}`);

test("of each sort there is one line, whether one page waits or ten, and no page has an age", () => {
  expect(sorts(letter(1))).toEqual(["letters page"]);
  const many = Array.from({ length: 10 }, (_, index) => letter(index + 1));
  expect(sorts(...many)).toEqual(["letters place"]);
  expect(sorts(...many, question(20, "partner"), question(21, "partner"))).toEqual([
    "letters place",
    "asked place",
  ]);
});

test("what was opened, put off or withdrawn does not wait", () => {
  expect(
    sorts(
      letter(1, { opened: true }),
      letter(2, { putOff: "session" }),
      letter(3, { putOff: "today" }),
      letter(4, { withdrawnAt: now }),
      question(5, "partner", { withdrawnAt: now }),
    ),
  ).toEqual([]);
});

test("a question waits until it is answered or a day is named for it; my own questions wait for nobody here", () => {
  const asked = question(1, "partner");
  expect(sorts(asked)).toEqual(["asked page"]);
  expect(sorts(asked, answer(2, 1, { author: "me" }))).toEqual([]);
  const named = { kind: "byDay", author: "me", of: idOf(1), days: [today] } as const;
  expect(sorts(asked, made(3, named))).toEqual([]);
  expect(sorts(question(4, "me"))).toEqual([]);
  expect(sorts(question(4, "me"), answer(5, 4, { opened: false }))).toEqual(["answers page"]);
});

const planned = (...cards: readonly Card[]): readonly string[] =>
  readPlanned(cards, now, today).map(({ sort }) => sort);

const yes = (number: number, of: number, author: Card["author"]): Card =>
  made(number, { kind: "yes", of: idOf(of), author });

test("of the day is only what both have agreed on: a proposal, and what was ended, is not", () => {
  const talk = made(1, { kind: "talk", said: { kind: "talk", at: now + hour, minutes: 30 } });
  const together = made(2, { kind: "together", said: { kind: "together", day: today } });
  const agreement = made(3, {
    kind: "agreement",
    agreement: { reviewBy: today, revises: undefined },
  });
  expect(planned(talk, together, agreement)).toEqual([]);
  const all = [talk, together, agreement, yes(11, 1, "me"), yes(12, 2, "me"), yes(13, 3, "me")];
  expect(planned(...all)).toEqual(["talk", "together", "review"]);
  // The proposer's own yes is none.
  expect(planned(talk, yes(11, 1, "partner"))).toEqual([]);
  const ends = [1, 2, 3].map((of) => made(20 + of, { kind: "end", of: idOf(of), author: "me" }));
  expect(planned(...all, ...ends)).toEqual([]);
});

test("and only of this day: yesterday's plan, tomorrow's talk and a talk that is over are not shown", () => {
  const plan = (part: Partial<Card>, until = now + hour): Card =>
    made(1, { kind: "plan", said: { kind: "plan", line: "Home about seven", until }, ...part });
  expect(planned(plan({}))).toEqual(["plan"]);
  expect(planned(plan({}, now))).toEqual([]);
  expect(planned(plan({ writtenAt: now - 24 * hour }, now + 1000 * hour))).toEqual([]);
  const talk = (at: number): Card =>
    made(1, { kind: "talk", said: { kind: "talk", at, minutes: 30 } });
  expect(planned(talk(now - hour), yes(2, 1, "me"))).toEqual([]);
  expect(planned(talk(now + 24 * hour), yes(2, 1, "me"))).toEqual([]);
  const later = { kind: "together", day: daysFrom(now, 1) } as const;
  expect(planned(made(1, { kind: "together", said: later }), yes(2, 1, "me"))).toEqual([]);
});
