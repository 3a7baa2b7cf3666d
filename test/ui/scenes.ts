import type { PageId } from "../../shared/base/ids.ts";
import type { Day } from "../../shared/page/card.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";
import { noteScenes } from "./noteScenes.ts";
import { entryPages, entryRoom } from "./entryScenes.ts";
import { timePages } from "./timeScenes.ts";
import { todayPages } from "./todayScenes.ts";
import { timelinePages } from "./timelineScenes.ts";
import { usPages } from "./usScenes.ts";
import { visionPages } from "./visionScenes.ts";

/** Saturday, 21 November 2026, at 18:30 local time: where every scene stands. */
export const sceneNow = new Date(2026, 10, 21, 18, 30).getTime();

const at = (month: number, day: number): number => new Date(2026, month - 1, day, 20, 15).getTime();
export const pageAt = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const write = (
  number: number,
  when: number,
  more: Partial<Written> & { body: string },
): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), when);
  return { ...card, ...more };
};

const asked = (...askedAt: number[]) =>
  ({ need: "why", depth: "meaning", askedAt, helpsBy: undefined }) as const;

const day = (named: string): Day => named as Day;
const days = (...named: string[]): readonly Day[] => named as unknown as readonly Day[];

/** Letters and what lies beside them: pages 40 to 56. */
const letterPages: readonly Written[] = [
  write(40, at(11, 19), {
    kind: "told",
    author: "partner",
    opened: false,
    body: "I saw her car at the petrol station. I drove on.",
  }),
  write(41, at(11, 14), {
    kind: "told",
    author: "partner",
    title: "A message on Friday",
    body: "A message came on Friday. I did not answer it, and I kept it so that you can read it.",
    changedAt: at(11, 15),
    earlier: ["There is something I want to tell you."],
  }),
  write(42, at(11, 9), {
    kind: "told",
    title: "I spoke with my sister",
    body: "I told my sister on Sunday. She asked nothing, and she stayed.",
  }),
  write(43, at(11, 21), {
    kind: "told",
    place: "draft",
    body: "On Thursday I looked through the old calendar.",
  }),
  write(44, at(11, 16), {
    kind: "letter",
    author: "partner",
    letter: { about: "impact", pauseHours: 72 },
    title: "What the silence did",
    body: "When we ate without a word on Sunday, I felt as if I lived next door to us.\n\nI do not need an answer tonight.",
  }),
  write(45, at(11, 20), {
    kind: "letter",
    author: "partner",
    letter: { about: "responsibility", pauseHours: 0 },
    opened: false,
    putOff: "session",
    body: "I chose it each time. Nobody made me.",
  }),
  write(46, at(11, 8), {
    kind: "letter",
    letter: { about: "impact", pauseHours: 24 },
    title: "The morning after",
    body: "When I found the receipt, I could not feel my hands.\n\nWhat I miss is believing an ordinary sentence.",
  }),
  write(47, at(11, 13), {
    kind: "reply",
    author: "partner",
    of: pageAt(46),
    opened: false,
    body: "I read it three times before I wrote this.",
  }),
  write(48, at(11, 17), {
    kind: "disclosure",
    author: "partner",
    opened: false,
    body: "## What happened\n\nIt began at the conference, and I let it.\n\n## When, and for how long\n\nFrom March to the end of June.",
  }),
  write(49, at(11, 18), {
    kind: "addition",
    author: "partner",
    of: pageAt(48),
    body: "I remembered that there was a second phone number.",
  }),
  write(50, at(11, 20), {
    kind: "addition",
    author: "partner",
    of: pageAt(48),
    opened: false,
    body: "There was one more evening, in May.",
  }),
  write(51, at(10, 30), {
    kind: "disclosure",
    body: "## What happened\n\nI read your letters without asking, for two years.\n\n## How it stands today\n\nI have stopped, and the box is yours again.",
  }),
  write(52, at(11, 6), {
    kind: "addition",
    of: pageAt(51),
    body: "I had told my mother about it. I left that out.",
  }),
  write(53, at(11, 5), {
    kind: "letter",
    author: "partner",
    letter: { about: "responsibility", pauseHours: 0 },
    withdrawnAt: at(11, 7),
    body: "",
  }),
  write(54, at(11, 18), {
    kind: "told",
    author: "partner",
    opened: false,
    putOff: "today",
    body: "The invitation for December came.",
  }),
  write(55, at(11, 21), {
    kind: "letter",
    place: "draft",
    letter: { about: "responsibility", pauseHours: 0 },
    body: "I did it, and I knew what it was while I did it.",
    draft: {
      changes: undefined,
      restsUntil: new Date(2026, 10, 22, 9).getTime(),
      pausedUntil: undefined,
    },
  }),
  write(56, at(11, 4), {
    kind: "told",
    withdrawnAt: at(11, 10),
    body: "",
  }),
];

/** Agreements and what was said to them: pages 200 to 208. */
const agreementPages: readonly Written[] = [
  write(200, at(11, 10), {
    kind: "agreement",
    author: "partner",
    title: "The phone stays in the hall",
    agreement: { reviewBy: day("2026-12-31"), revises: undefined },
    body: "My phone lies in the hall from ten in the evening, unlocked.\n\nYou do not look at it without me.",
  }),
  write(201, at(11, 11), { kind: "yes", of: pageAt(200), body: "" }),
  write(202, at(11, 20), {
    kind: "agreement",
    author: "partner",
    title: "Trips for work",
    agreement: { reviewBy: day("2027-01-15"), revises: undefined },
    body: "Before a trip I say where I sleep and who comes along.",
  }),
  write(203, at(11, 19), {
    kind: "agreement",
    agreement: { reviewBy: day("2026-12-19"), revises: undefined },
    body: "On Sundays we eat with nobody else, and talk of nothing hard.",
  }),
  write(204, at(9, 1), {
    kind: "agreement",
    title: "One evening a week alone",
    agreement: { reviewBy: day("2026-10-01"), revises: undefined },
    body: "Each of us has Tuesday or Thursday to themselves.",
  }),
  write(205, at(9, 2), { kind: "yes", author: "partner", of: pageAt(204), body: "" }),
  write(206, at(10, 12), {
    kind: "agreement",
    author: "partner",
    agreement: { reviewBy: day("2026-12-12"), revises: undefined },
    body: "We tell your parents together.",
  }),
  write(207, at(10, 14), { kind: "end", of: pageAt(206), body: "" }),
  write(208, at(11, 21), {
    kind: "agreement",
    place: "draft",
    agreement: { reviewBy: day("2026-12-21"), revises: pageAt(204) },
    body: "Each of us has one evening a week, on whichever day suits.",
  }),
];

/** Small promises, and how they went: pages 220 to 226. */
const promisePages: readonly Written[] = [
  write(220, at(11, 18), {
    kind: "promise",
    author: "partner",
    promise: { by: day("2026-11-20") },
    body: "I’ll say it at supper when a message comes, before you ask.",
  }),
  write(221, at(11, 20), {
    kind: "outcome",
    author: "partner",
    of: pageAt(220),
    went: "missed",
    body: "I waited until after supper. I was afraid of your face.",
  }),
  write(222, at(11, 16), {
    kind: "promise",
    promise: { by: undefined },
    body: "I’ll call when I leave work.",
  }),
  write(223, at(11, 17), {
    kind: "outcome",
    of: pageAt(222),
    went: "kept",
    body: "I called at six.",
  }),
  write(224, at(11, 19), {
    kind: "promise",
    promise: { by: undefined },
    body: "I’ll not ask on the stairs. I write it down and ask on Sunday.",
  }),
  write(225, at(11, 21), {
    kind: "promise",
    place: "draft",
    promise: { by: day("2026-11-30") },
    body: "I’ll book the appointment.",
  }),
  write(226, at(11, 21), {
    kind: "outcome",
    place: "draft",
    of: pageAt(224),
    went: "changed",
    body: "I asked once on the stairs, and stopped.",
  }),
];

/** What was heard, the yes or not quite to it, and days that were named: pages 60 to 69. */
const besidePages: readonly Written[] = [
  write(60, at(11, 21), {
    kind: "heard",
    of: pageAt(12),
    body: "You are saying that it was a lie, and that you knew it. I hear that you were afraid of my face.",
  }),
  write(61, at(11, 21), {
    kind: "nod",
    author: "partner",
    of: pageAt(60),
    fits: "notQuite",
    body: "",
  }),
  write(62, at(11, 12), {
    kind: "heard",
    author: "partner",
    of: pageAt(21),
    body: "You do not want to be alone at night, and it does not mean more than that yet.",
  }),
  write(63, at(11, 9), {
    kind: "heard",
    author: "partner",
    of: pageAt(46),
    body: "I heard that the receipt was worse than the words.",
  }),
  write(64, at(11, 10), { kind: "nod", of: pageAt(63), fits: "yes", body: "" }),
  write(65, at(11, 17), {
    kind: "question",
    title: "Who else knows",
    question: {
      need: "information",
      depth: "facts",
      askedAt: [at(11, 17)],
      helpsBy: days("2026-11-28")[0],
    },
    body: "Who else knows about it, and who told them?",
  }),
  write(66, at(11, 18), {
    kind: "byDay",
    author: "partner",
    of: pageAt(65),
    days: days("2026-11-24", "2026-11-26"),
    body: "",
  }),
  write(67, at(11, 15), {
    kind: "question",
    author: "partner",
    title: "Will you come on Sunday?",
    question: { need: "reassurance", depth: "meaning", askedAt: [at(11, 15)], helpsBy: undefined },
    body: "My parents have asked. I said that I would ask you first.",
  }),
  write(68, at(11, 16), { kind: "byDay", of: pageAt(67), days: days("2026-11-25"), body: "" }),
];

export const scenePages: readonly Written[] = [
  ...letterPages,
  ...agreementPages,
  ...promisePages,
  ...timePages,
  ...besidePages,
  ...noteScenes({ at, pageAt }),
  ...entryPages,
  ...todayPages,
  ...timelinePages,
  ...usPages,
  ...visionPages,
  write(1, at(11, 21), {
    place: "draft",
    title: "Before Thursday",
    body: "I want to say this calmly and I do not know how yet. When you came in, I was glad, and that frightened me.",
  }),
  write(2, at(11, 19), {
    author: "partner",
    title: "The walk along the canal",
    body: "You asked me what I was thinking when I went so quiet by the lock.\n\nI was thinking that you were walking **beside** me and not ahead. I did not want to say it in case saying it broke it.\n\n## What I noticed\n\n- You laughed at the heron.\n- I looked at my phone once, and told you why.\n\n> A hard day is not going backwards.",
    changedAt: at(11, 20),
    earlier: [
      "You asked me what I was thinking when I went so quiet by the lock.\n\nI was thinking of nothing much.",
    ],
  }),
  write(3, at(11, 12), {
    title: "",
    body: "Slept five hours. That is two more than last week.",
  }),
  write(4, at(10, 28), {
    author: "partner",
    title: "What I told my brother",
    body: "I told him the truth and I did not make myself small in it, or large. He was silent for a long time.",
  }),
  write(10, at(11, 12), {
    kind: "question",
    title: "Why that night in March",
    question: asked(at(11, 12), at(11, 20)),
    body: "You told me you were at the office. I keep going back to that evening. What were you telling yourself when you wrote me that message?",
  }),
  write(11, at(11, 13), {
    kind: "answer",
    author: "partner",
    answer: { question: pageAt(10), round: 0, saw: 0 },
    body: "I told myself it was only one evening.",
  }),
  write(12, at(11, 21), {
    kind: "answer",
    author: "partner",
    answer: { question: pageAt(10), round: 1, saw: 0 },
    body: "I know it still hurts. I’ll answer again.\n\nI told myself it was a small lie that kept the peace. It was not small. I was protecting myself from seeing your face when you found out, and I called that kindness.",
  }),
  write(13, at(11, 18), {
    kind: "question",
    title: "When you are late",
    question: { need: "reassurance", depth: "facts", askedAt: [at(11, 18)], helpsBy: undefined },
    body: "When you are late and do not write, what is happening on your side?",
  }),
  write(14, at(11, 20), {
    kind: "answer",
    author: "partner",
    opened: false,
    answer: { question: pageAt(13), round: 0, saw: 0 },
    body: "I am sitting in the car.",
  }),
  write(20, at(11, 10), {
    kind: "question",
    author: "partner",
    title: "Do you want me to sleep in the other room?",
    question: {
      need: "information",
      depth: "meaning",
      askedAt: [at(11, 10), at(11, 19)],
      helpsBy: undefined,
    },
    body: "I would rather ask than guess. Either answer is all right.",
  }),
  write(21, at(11, 11), {
    kind: "answer",
    answer: { question: pageAt(20), round: 0, saw: 0 },
    body: "Not tonight. I want to hear somebody breathing.",
  }),
];

export const sceneRoom: readonly Written[] = [
  ...entryRoom,
  write(30, at(11, 20), {
    place: "room",
    title: "For nobody",
    body: "I am angry and I am allowed to be. It does not have to be fair in here.",
  }),
];
