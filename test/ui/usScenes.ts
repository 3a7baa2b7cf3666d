import type { PageId } from "../../shared/base/ids.ts";
import type { Day } from "../../shared/page/card.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";

const pageAt = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
const at = (month: number, day: number, hour = 20): number =>
  new Date(2026, month - 1, day, hour, 15).getTime();
const day = (named: string): Day => named as Day;

const write = (number: number, when: number, more: Partial<Written>): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), when);
  return { ...card, body: "", ...more };
};

const theirs = { author: "partner" } as const;

/** Thanks: pages 440 to 444. */
const thanksPages: readonly Written[] = [
  write(440, at(11, 21, 8), {
    ...theirs,
    kind: "thanks",
    said: { kind: "thanks", line: "Thank you for the tea before I was awake enough to ask." },
  }),
  write(441, at(11, 20), {
    kind: "thanks",
    said: { kind: "thanks", line: "It helped me that you said it at supper, before I asked." },
  }),
  write(442, at(11, 14), {
    ...theirs,
    kind: "thanks",
    said: { kind: "thanks", line: "I liked that you came to the window when I left." },
  }),
];

/** Things to do together: pages 450 to 457. */
const togetherPages: readonly Written[] = [
  write(450, at(11, 8), {
    ...theirs,
    kind: "together",
    title: "Sunday walk along the canal",
    said: { kind: "together", day: day("2026-11-15"), rhythm: "weekly" },
    body: "An hour, whatever the weather. No telephones, and nothing hard.",
  }),
  write(451, at(11, 9), { kind: "yes", of: pageAt(450) }),
  write(452, at(11, 19), {
    ...theirs,
    kind: "together",
    title: "Your sister’s concert",
    said: { kind: "together", day: day("2026-12-05") },
    body: "I would like to sit beside you there. I know it is a room full of people who know.",
  }),
  write(453, at(11, 18), {
    kind: "together",
    said: { kind: "together", rhythm: "monthly" },
    body: "Cook one thing neither of us has cooked before.",
  }),
  write(454, at(10, 1), {
    kind: "together",
    title: "The sea, for a day",
    said: { kind: "together", day: day("2026-10-10") },
    body: "The early train, and back with the last.",
  }),
  write(455, at(10, 2), { ...theirs, kind: "yes", of: pageAt(454) }),
  write(456, at(11, 21, 17), {
    place: "draft",
    kind: "together",
    title: "Breakfast in the garden",
    said: { kind: "together", day: day("2027-05-01"), rhythm: "yearly" },
    body: "On the first day that is warm enough.",
  }),
];

/** The album: pages 460 to 466. */
const albumPages: readonly Written[] = [
  write(460, at(11, 16), {
    ...theirs,
    kind: "memory",
    title: "The hill, after the rain",
    hasPhotos: true,
    said: { kind: "memory", day: day("2026-11-15") },
    body: "You said nothing for a long time, and it was a good silence.",
  }),
  write(461, at(11, 10), {
    kind: "memory",
    said: { kind: "memory", day: day("2026-11-08") },
    body: "The soup was too salty and we ate all of it, and laughed about your uncle.",
  }),
  write(462, at(11, 2), {
    ...theirs,
    kind: "memory",
    title: "Chestnuts",
    said: { kind: "memory", day: day("2026-11-01") },
    body: "You found the first one.",
  }),
  write(463, at(10, 11), {
    kind: "memory",
    title: "The sea",
    hasPhotos: true,
    said: { kind: "memory", day: day("2026-10-10") },
    body: "",
  }),
  write(464, at(11, 21, 16), {
    place: "draft",
    kind: "memory",
    title: "Tuesday evening",
    said: { kind: "memory", day: day("2026-11-17") },
    body: "We played cards until eleven.",
  }),
];

export const usPages: readonly Written[] = [...thanksPages, ...togetherPages, ...albumPages];
