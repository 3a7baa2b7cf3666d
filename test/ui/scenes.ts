import type { PageId } from "../../shared/base/ids.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";

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

const asked = (...askedAt: number[]) => ({ need: "why", depth: "meaning", askedAt }) as const;

export const scenePages: readonly Written[] = [
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
    answer: { question: pageAt(10), round: 0, opened: true },
    body: "I told myself it was only one evening.",
  }),
  write(12, at(11, 21), {
    kind: "answer",
    author: "partner",
    answer: { question: pageAt(10), round: 1, opened: true },
    body: "I know it still hurts. I’ll answer again.\n\nI told myself it was a small lie that kept the peace. It was not small. I was protecting myself from seeing your face when you found out, and I called that kindness.",
  }),
  write(13, at(11, 18), {
    kind: "question",
    title: "When you are late",
    question: { need: "reassurance", depth: "facts", askedAt: [at(11, 18)] },
    body: "When you are late and do not write, what is happening on your side?",
  }),
  write(14, at(11, 20), {
    kind: "answer",
    author: "partner",
    answer: { question: pageAt(13), round: 0, opened: false },
    body: "I am sitting in the car.",
  }),
  write(20, at(11, 10), {
    kind: "question",
    author: "partner",
    title: "Do you want me to sleep in the other room?",
    question: { need: "information", depth: "meaning", askedAt: [at(11, 10), at(11, 19)] },
    body: "I would rather ask than guess. Either answer is all right.",
  }),
  write(21, at(11, 11), {
    kind: "answer",
    answer: { question: pageAt(20), round: 0, opened: true },
    body: "Not tonight. I want to hear somebody breathing.",
  }),
];

export const sceneRoom: readonly Written[] = [
  write(30, at(11, 20), {
    place: "room",
    title: "For nobody",
    body: "I am angry and I am allowed to be. It does not have to be fair in here.",
  }),
];
