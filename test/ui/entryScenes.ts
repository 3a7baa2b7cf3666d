import type { Card } from "../../shared/page/card.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";

const pageAt = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
const on = (year: number, month: number, day: number): number =>
  new Date(year, month - 1, day, 20, 15).getTime();

const write = (
  number: number,
  when: number,
  more: Partial<Written> & { body: string },
): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), when);
  return { ...card, ...more };
};

/** What entries hold beside their words, and what lies in the trash: pages 80 to 86. */
export const entryPages: readonly Written[] = [
  write(80, on(2026, 10, 20), {
    title: "The evening in March",
    aboutAt: on(2026, 3, 3),
    tags: ["canal", "the long talk"],
    feelings: ["afraid", "tender"],
    body: "I said that I was tired and I was not tired. I have wanted to write that down for months.",
  }),
  write(81, on(2026, 10, 18), {
    author: "partner",
    title: "Sunday, without phones",
    tags: ["Sunday"],
    feelings: ["hopeful"],
    hasPhotos: true,
    body: "We cooked and hardly spoke, and it was not a heavy silence.",
  }),
  write(82, on(2025, 12, 30), {
    place: "draft",
    title: "Before the year ends",
    tags: ["canal"],
    feelings: ["torn", "like before a storm"],
    earlier: [
      "I do not know what I want.",
      "I do not know what I want from next year. Perhaps I never did.",
      "I do not know what I want from next year. I know what I do not want, and I cannot say it yet.",
    ],
    earlierAt: [
      on(2025, 12, 30),
      on(2025, 12, 31),
      on(2025, 12, 31) + 2 * 3_600_000,
      on(2026, 1, 4),
    ],
    body: "I do not know what I want from next year. I know what I do not want.",
  }),
  write(83, on(2026, 11, 2), {
    place: "draft",
    title: "A letter I will not send",
    trashedAt: on(2026, 11, 18),
    body: "It was all there and it was too much. I would rather say it slowly.",
  }),
  write(84, on(2026, 11, 3), {
    place: "draft",
    trashedAt: on(2026, 11, 12),
    body: "Shopping, and the number of the plumber.",
  }),
];

export const entryRoom: readonly Written[] = [
  write(85, on(2026, 11, 14), {
    place: "room",
    title: "What I do not say",
    tags: ["nights"],
    feelings: ["angry", "worn thin"],
    body: "I lay awake until four and said in the morning that I had slept.",
  }),
  write(86, on(2026, 11, 5), {
    place: "room",
    trashedAt: on(2026, 11, 15),
    body: "Not this.",
  }),
];

/** Cards of years of writing, with no pages behind them until one is opened. Every tenth is the partner's. */
export const manyCards = (count: number, newest: number): readonly Card[] =>
  Array.from({ length: count }, (_, index) => {
    const at = newest - index * 7 * 3_600_000;
    return {
      ...plainCard(pageAt(0x10000 + index), at),
      author: index % 10 === 3 ? ("partner" as const) : ("me" as const),
      place: index % 10 === 3 || index % 4 === 0 ? ("shared" as const) : ("draft" as const),
      title: index % 3 === 0 ? "" : `Entry ${index}`,
      excerpt: "I wrote a few lines before sleeping. ".repeat(1 + (index % 5)).slice(0, 200),
      tags: index % 6 === 0 ? ["canal", "nights"] : [],
      feelings: index % 7 === 0 ? ["tired"] : [],
    };
  });
