import { plainCard, type Written } from "../support/fakeJournal.ts";
import { pageAt, sceneNow } from "./scenes.ts";

const day = 24 * 3_600_000;

const write = (number: number, daysAgo: number, more: Partial<Written>): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), sceneNow - daysAgo * day);
  return { ...card, body: "", ...more };
};

const theirs = { author: "partner" } as const;
const closed = { author: "partner", opened: false } as const;
const waits = { changes: undefined, restsUntil: undefined, pausedUntil: undefined } as const;

/**
 * Of each kind of paper one closed and one open, and what its reader or writer did with it.
 * 40-49 came · 50-59 mine, sent · 60-69 mine, being written · 70-79 entries and questions beside them.
 */
export const paperPages: readonly Written[] = [
  write(40, 0.1, { ...closed, kind: "told", body: "I met her by chance at the station today." }),
  write(41, 3, {
    ...theirs,
    kind: "told",
    changedAt: sceneNow - 2 * day,
    earlier: ["She wrote to me on Tuesday."],
    body: "She wrote to me on Tuesday. I have not answered, and I am telling you first.",
  }),
  write(42, 4, {
    ...closed,
    kind: "letter",
    letter: { about: "responsibility", pauseHours: 0 },
    putOff: "today",
    body: "I lied to you, many times.",
  }),
  write(43, 5, {
    ...theirs,
    kind: "letter",
    letter: { about: "impact", pauseHours: 24 },
    body: "What it did to me, as well as I can say it.",
  }),
  write(44, 6, {
    ...theirs,
    kind: "disclosure",
    body: "## When it began\n\nIn March, at the fair.",
  }),
  write(45, 2, {
    ...closed,
    kind: "addition",
    of: pageAt(44),
    body: "It was February, not March.",
  }),
  write(46, 1, { ...closed, kind: "reply", of: pageAt(50), putOff: "session", body: "I read it." }),
  write(47, 7, {
    ...theirs,
    kind: "letter",
    letter: { about: "responsibility", pauseHours: 0 },
    withdrawnAt: sceneNow - day,
  }),
  write(48, 8, {
    ...theirs,
    kind: "letter",
    letter: { about: "responsibility", pauseHours: 0 },
    title: "For what I did",
    body: "I was not at the office.\n\nYou were right to ask.",
  }),

  write(50, 9, {
    kind: "letter",
    letter: { about: "impact", pauseHours: 24 },
    body: "I do not sleep. I look at the clock and count back to that evening.",
  }),
  write(51, 8, { ...theirs, kind: "heard", of: pageAt(50), body: "You do not sleep." }),
  write(52, 7, { kind: "nod", of: pageAt(51), fits: "yes" }),

  write(60, 0.5, {
    place: "draft",
    kind: "letter",
    letter: { about: "responsibility", pauseHours: 0 },
    draft: { ...waits, restsUntil: sceneNow + 0.6 * day },
    body: "I am sorry if you were hurt, but I was lonely.",
  }),
  write(61, 0.6, {
    place: "draft",
    kind: "letter",
    letter: { about: "impact", pauseHours: 24 },
    body: "When I found the message, the floor went.",
  }),
  write(62, 0.7, { place: "draft", kind: "disclosure", body: "## When it began\n\nIn March." }),
  write(63, 0.8, {
    place: "draft",
    kind: "reply",
    of: pageAt(43),
    draft: { ...waits, pausedUntil: sceneNow + 0.4 * day },
    body: "I read your letter twice.",
  }),

  write(70, 2, {
    title: "The walk",
    changedAt: sceneNow - day,
    earlier: ["We walked."],
    body: "We walked along the canal, and I was glad.",
  }),
];
