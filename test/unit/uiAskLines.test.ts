import { createInstance } from "i18next";
import { expect, test } from "vitest";
import app from "../../renderer/i18n/en/app.json" with { type: "json" };
import ask from "../../renderer/i18n/en/ask.json" with { type: "json" };
import questions from "../../renderer/i18n/en/questions.json" with { type: "json" };
import { createLineWords } from "../../renderer/questions/lineWords.ts";
import { readThreads } from "../../renderer/questions/threads.ts";
import { sayDates } from "../../renderer/ui/dates.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { dayAt } from "../../shared/page/day.ts";
import { plainCard } from "../support/fakeJournal.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
const on = (day: number, hour = 20): number => new Date(2026, 10, day, hour).getTime();
const now = on(21, 18);

const texts = createInstance();
await texts.init({
  lng: "en",
  ns: ["ask", "questions", "app"],
  resources: { en: { app, ask, questions } },
  interpolation: { escapeValue: false },
});
const words = createLineWords({
  t: texts.getFixedT("en", ["ask", "questions", "app"]),
  now,
  dates: sayDates(now, "en-GB"),
  dayWords: (day) => day,
  names: { partner: "Sam", Partner: "Sam" },
});

const question = (more: Partial<Card> = {}, again: readonly number[] = []): Card => ({
  ...plainCard(id(1), on(2)),
  kind: "question",
  question: { need: "why", depth: "facts", askedAt: [on(2), ...again], helpsBy: dayAt(on(3)) },
  ...more,
});
const answer = (more: Partial<Card> = {}, round = 0): Card => ({
  ...plainCard(id(2), on(10)),
  kind: "answer",
  author: "partner",
  answer: { question: id(1), round, saw: 0 },
  ...more,
});
const named = (author: Card["author"], ...days: number[]): Card => ({
  ...plainCard(id(3), on(11)),
  kind: "byDay",
  author,
  of: id(1),
  days: days.map((day) => dayAt(on(day))),
});

const line = (...cards: readonly Card[]): string | undefined => {
  const { mine, theirs, drafts } = readThreads(cards);
  const thread = mine[0] ?? theirs[0];
  if (thread !== undefined) return words.ofThread(thread);
  return drafts[0] && words.ofDraft(drafts[0]);
};

test("a line of mine says who asked, when, and how it stands", () => {
  expect(line(question())).toBe("You asked · 2 November");
  expect(line(question({}, [on(20)]), answer())).toBe(
    "You asked · 2 November · asked again yesterday",
  );
  expect(line(question(), answer())).toBe("You asked · 2 November · Answered");
  expect(line(question({ changedAt: on(20) }))).toBe("You asked · 2 November · Changed yesterday");
});

test("a closed answer stands in the line as its reader has put it", () => {
  const says = (putOff: Card["putOff"]) => line(question(), answer({ opened: false, putOff }));
  expect(says(undefined)).toMatch(/An answer waits, closed$/);
  expect(says("today")).toMatch(/An answer waits for another day$/);
  expect(says("session")).toMatch(/Kept for a session$/);
});

test("a closed answer that was withdrawn does not wait any more", () => {
  expect(line(question(), answer({ opened: false, withdrawnAt: on(12) }))).toBe(
    "You asked · 2 November",
  );
});

test("a line of theirs says how my answer stands, and hurries nobody", () => {
  const theirs = question({ author: "partner" });
  const mine = { author: "me" } as const;
  const draft = { changes: undefined, restsUntil: undefined, pausedUntil: undefined };
  expect(line(theirs)).toBe("Sam asked · 2 November · Waits for your own time");
  expect(line(theirs, answer(mine))).toBe("Sam asked · 2 November · You answered 10 November");
  expect(line(theirs, answer({ ...mine, place: "draft", draft }))).toMatch(/Your answer is begun$/);
  expect(
    line(theirs, answer({ ...mine, place: "draft", draft: { ...draft, restsUntil: on(22) } })),
  ).toMatch(/Your answer rests$/);
});

test("a day that was named stands there until it has come; once it has passed, nothing speaks of it", () => {
  expect(line(question(), named("partner", 21))).toMatch(/Sam said: by 2026-11-21$/);
  expect(line(question(), named("partner", 20))).toBe("You asked · 2 November");
  expect(line(question({ author: "partner" }), named("me", 20))).toMatch(
    /Waits for your own time$/,
  );
  expect(line(question({ author: "partner" }), named("me", 20, 26))).toMatch(
    /You said: by 2026-11-26$/,
  );
});

test("a day that was named for an earlier asking does not stand beside a later one", () => {
  const again = question({}, [on(19)]);
  expect(line(again, named("partner", 26))).toMatch(/Sam said: by 2026-11-26$/);
  expect(line(again, named("partner", 26), answer({ writtenAt: on(12) }))).toBe(
    "You asked · 2 November · asked again Thursday",
  );
});

test("a withdrawn question leaves who and when, and none of its words", () => {
  const withdrawn = { withdrawnAt: on(20), title: "", excerpt: "" };
  expect(line(question(withdrawn), answer())).toBe("You · Withdrawn · yesterday");
  const theirs = question({ ...withdrawn, author: "partner" });
  expect(line(theirs)).toBe("Sam · Withdrawn · yesterday");
  const draft = { changes: undefined, restsUntil: undefined, pausedUntil: undefined };
  expect(line(theirs, answer({ author: "me", place: "draft", draft }))).toBe(
    "Sam · Withdrawn · yesterday · Your answer is begun",
  );
});

test("a parked question is only here, and one that rests says until when", () => {
  const draft = { changes: undefined, restsUntil: on(22, 8), pausedUntil: undefined };
  const parked = { place: "draft", title: "Who knew?" } as const;
  expect(line(question(parked))).toBe("Only here");
  expect(line(question({ ...parked, title: " " }))).toBe("Only here · Nothing written yet");
  expect(line(question({ ...parked, draft }))).toBe("Only here · rests until tomorrow, 08:00");
  expect(line(question({ ...parked, draft: { ...draft, restsUntil: on(21, 8) } }))).toBe(
    "Only here",
  );
});
