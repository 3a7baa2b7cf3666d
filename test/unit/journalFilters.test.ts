import { expect, test } from "vitest";
import { suggest } from "../../renderer/journal/details/suggest.ts";
import {
  type Filters,
  isNarrowed,
  narrow,
  noFilters,
  wordsIn,
} from "../../renderer/journal/list/filters.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { plainCard } from "../support/fakeJournal.ts";

const card = (number: number, more: Partial<Card>): Card => ({
  ...plainCard(number.toString(16).padStart(32, "0") as PageId, number),
  ...more,
});
const cards = [
  card(1, { tags: ["Canal", "nights"], feelings: ["afraid"] }),
  card(2, { author: "partner", tags: ["canal"], hasPhotos: true }),
  card(3, { place: "draft", tags: ["nights"], feelings: ["Afraid", "tender"] }),
  card(4, {}),
];
const numbers = (filters: Partial<Filters>) =>
  narrow(cards, { ...noFilters, ...filters }).map(({ writtenAt }) => writtenAt);

test("nothing chosen holds nothing back, not even a copy of the list", () => {
  expect(narrow(cards, noFilters)).toBe(cards);
  expect(isNarrowed(noFilters)).toBe(false);
});

test("mine, theirs, and what is only here are told apart", () => {
  expect(numbers({ whose: "mine" })).toEqual([1, 3, 4]);
  expect(numbers({ whose: "theirs" })).toEqual([2]);
  expect(numbers({ whose: "here" })).toEqual([3]);
});

test("a word is one word however it was spelled", () => {
  expect(numbers({ tags: ["canal"] })).toEqual([1, 2]);
  expect(numbers({ feelings: ["afraid"] })).toEqual([1, 3]);
});

test("all that is chosen holds at once", () => {
  expect(numbers({ tags: ["canal", "nights"] })).toEqual([1]);
  expect(numbers({ whose: "mine", feelings: ["afraid", "tender"] })).toEqual([3]);
  expect(numbers({ tags: ["canal"], photos: true })).toEqual([2]);
  expect(numbers({ tags: ["canal"], whose: "here" })).toEqual([]);
});

test("words that were used come back once each, as they were last spelled, the newest first", () => {
  expect(wordsIn(cards, ({ tags }) => tags)).toEqual(["Canal", "nights"]);
  expect(wordsIn(cards, ({ author, tags }) => (author === "partner" ? tags : []))).toEqual([
    "canal",
  ]);
});

test("what is offered begins as what is typed, and is never what is there already", () => {
  const known = ["Canal", "carpet", "nights", "Sunday"];
  expect(suggest(known, [], "ca")).toEqual(["Canal", "carpet"]);
  expect(suggest(known, ["canal"], "ca")).toEqual(["carpet"]);
  expect(suggest(known, [], "carpet")).toEqual([]);
  expect(suggest(known, ["Sunday"], "")).toEqual(["Canal", "carpet", "nights"]);
  expect(
    suggest(
      Array.from({ length: 40 }, (_, index) => `word ${index}`),
      [],
      "",
    ),
  ).toHaveLength(6);
});
