import type { PageId } from "../../shared/base/ids.ts";
import type { Day } from "../../shared/page/card.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";

const pageAt = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
const on = (year: number, month: number, day: number): number =>
  new Date(year, month - 1, day, 20, 15).getTime();
const named = (day: string): Day => day as Day;

const write = (
  number: number,
  when: number,
  more: Partial<Written> & { body: string },
): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), when);
  return { ...card, ...more };
};

/** What stands on the timeline, words for how it was, and what was asked for a session: pages 490 to 509. */
export const timelinePages: readonly Written[] = [
  write(490, on(2026, 10, 4), {
    kind: "milestone",
    author: "partner",
    title: "The first whole evening",
    said: { kind: "milestone", day: named("2026-10-03") },
    body: "We cooked, and nobody left the room.",
  }),
  write(491, on(2026, 10, 5), { kind: "yes", of: pageAt(490), body: "" }),
  write(492, on(2026, 11, 19), {
    kind: "milestone",
    author: "partner",
    title: "Back at the lake",
    said: { kind: "milestone", day: named("2026-11-15") },
    body: "The same bench, and another conversation.",
  }),
  write(493, on(2026, 11, 20), {
    kind: "milestone",
    place: "draft",
    title: "A quiet birthday",
    said: { kind: "milestone" },
    body: "Only the two of us, and the cake leaned.",
  }),
  write(494, on(2026, 7, 9), {
    kind: "setback",
    title: "The weekend in July",
    said: { kind: "setback", day: named("2026-07-05"), helped: "Walking before talking." },
    body: "I shouted, and then I hid. We were up until three.",
  }),
  write(495, on(2026, 2, 11), {
    kind: "contact",
    author: "partner",
    title: "How it ended",
    said: { kind: "contact" },
    body: "I wrote one last message in the morning and read it to you before I sent it.",
  }),
  write(496, on(2026, 2, 14), {
    kind: "contactStep",
    author: "partner",
    of: pageAt(495),
    said: { kind: "contactStep", day: named("2026-02-13") },
    body: "The number is blocked.",
  }),
  write(497, on(2025, 12, 30), {
    kind: "setback",
    author: "partner",
    said: { kind: "setback", day: named("2025-12-27") },
    body: "I went quiet for days.",
  }),
  write(498, on(2026, 11, 18), {
    kind: "bring",
    author: "partner",
    said: { kind: "bring", pages: [pageAt(46), pageAt(42)] },
    body: "",
  }),
  write(499, on(2026, 11, 12), {
    kind: "checkin",
    place: "draft",
    said: { kind: "checkin", day: named("2026-11-12"), feelings: ["tired", "a little lighter"] },
    body: "",
  }),
  write(500, on(2026, 11, 3), {
    kind: "checkin",
    said: { kind: "checkin", day: named("2026-11-03"), feelings: ["watchful", "sad"] },
    body: "",
  }),
];
