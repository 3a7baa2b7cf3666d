import type { PageId } from "../../shared/base/ids.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";
import { pageAt, sceneNow } from "./scenes.ts";

const hour = 3_600_000;
const ago = (days: number): number => sceneNow - days * 24 * hour;

const write = (
  number: number,
  writtenAt: number,
  more: Partial<Card> & { body: string },
): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), writtenAt);
  return { ...card, ...more };
};

const question = (askedAt: readonly number[]) =>
  ({ need: "why", depth: "meaning", askedAt, helpsBy: undefined }) as const;
const answer = (of: number, round: number, saw = 0) =>
  ({ question: pageAt(of), round, saw }) as const;
const of = (number: number): { readonly of: PageId } => ({ of: pageAt(number) });
const days = (...named: string[]): readonly Day[] => named as unknown as readonly Day[];

const rounds = Array.from({ length: 34 }, (_, index) => index);
const long = rounds.map((round) => ago(40 - round));

/** 100: asked 34 times · 200: an answer of theirs, with what I heard · 300: theirs, to be answered · 400: withdrawn,
 * 410: withdrawn while I was writing about it ·
 * 500: theirs to say by when · 600: entries. */
export const threadPages: readonly Written[] = [
  write(100, ago(40), {
    kind: "question",
    title: "Is there anything else",
    question: question(long),
    body: "Is there anything else that I do not know?",
  }),
  ...rounds.map((round) =>
    write(101 + round, ago(39.5 - round), {
      kind: "answer",
      author: "partner",
      answer: answer(100, round),
      opened: round !== 5,
      ...(round === 3 ? { withdrawnAt: ago(2) } : {}),
      body: round === 3 ? "" : `You can ask me this as often as you need. No. (${round + 1})`,
    }),
  ),

  write(200, ago(9), {
    kind: "question",
    title: "Why that night in March",
    question: question([ago(9)]),
    changedAt: ago(1),
    body: "What were you telling yourself when you wrote me that message?",
  }),
  write(201, ago(8), {
    kind: "answer",
    author: "partner",
    answer: answer(200, 0),
    changedAt: ago(3),
    body: "I told myself it was a small lie that kept the peace. It was not small.",
  }),
  write(202, ago(7), {
    kind: "heard",
    ...of(201),
    body: "I hear that you called it small so that you could say it.",
  }),
  write(203, ago(6), {
    kind: "nod",
    author: "partner",
    ...of(202),
    fits: "notQuite",
    body: "",
  }),
  write(204, ago(5), {
    kind: "heard",
    author: "partner",
    ...of(200),
    body: "You want to know what went on in me, and not when.",
  }),

  write(300, ago(6), {
    kind: "question",
    author: "partner",
    title: "Do you still want to go in spring",
    question: question([ago(6), ago(2)]),
    body: "I would rather ask than guess.",
  }),
  write(301, ago(5), { kind: "answer", answer: answer(300, 0), body: "I do not know yet." }),
  write(302, ago(1), {
    kind: "byDay",
    ...of(300),
    days: days("2026-11-24", "2026-11-26"),
    body: "",
  }),

  write(400, ago(4), {
    kind: "question",
    author: "partner",
    question: question([ago(4)]),
    withdrawnAt: ago(2),
    body: "",
  }),
  write(401, ago(3), { kind: "answer", answer: answer(400, 0), body: "Yes, on Sunday." }),
  write(410, ago(4), {
    kind: "question",
    author: "partner",
    question: question([ago(4)]),
    withdrawnAt: ago(2),
    body: "",
  }),
  write(411, ago(3), {
    kind: "answer",
    place: "draft",
    answer: answer(410, 0),
    body: "It was on a Sunday.",
  }),
  write(412, ago(3), {
    kind: "heard",
    place: "draft",
    ...of(410),
    body: "You want to know the day.",
  }),

  write(600, ago(3), {
    author: "partner",
    title: "The walk along the canal",
    changedAt: ago(2),
    body: "I was glad, and did not say so.",
  }),
  write(601, ago(4), { title: "Slept five hours", body: "That is two more than last week." }),
  write(602, ago(3), {
    kind: "heard",
    author: "partner",
    ...of(601),
    body: "The nights are a little longer.",
  }),

  write(500, ago(3), {
    kind: "question",
    title: "The hotel in Ghent",
    question: question([ago(3)]),
    body: "Did you go there before?",
  }),
  write(501, ago(2), {
    kind: "byDay",
    author: "partner",
    ...of(500),
    days: days("2026-11-20"),
    body: "",
  }),
];
