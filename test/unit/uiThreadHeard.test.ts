import { expect, test } from "vitest";
import { readHeard } from "../../renderer/heard/readHeard.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { plainCard } from "../support/fakeJournal.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const theirs: Card = { ...plainCard(id(1), 1), kind: "answer", author: "partner" };
const heard = (number: number, more: Partial<Card> = {}): Card => ({
  ...plainCard(id(number), number),
  kind: "heard",
  of: id(1),
  ...more,
});
const nod = (number: number, of: number, fits: Card["fits"], more: Partial<Card> = {}): Card => ({
  ...plainCard(id(number), number),
  kind: "nod",
  author: "partner",
  of: id(of),
  fits,
  ...more,
});

const read = (...cards: Card[]) =>
  readHeard(cards, theirs).said.map(({ card, fits }) => [Number.parseInt(card.id, 16), fits]);

test("what I heard stands in the order in which I said it, whatever the order of the cards", () => {
  expect(read(heard(9), heard(4))).toEqual([
    [4, undefined],
    [9, undefined],
  ]);
});

test("the newest yes or not quite holds, and belongs to the words that it was said to", () => {
  expect(
    read(heard(2), heard(3), nod(6, 2, "yes"), nod(5, 2, "notQuite"), nod(7, 3, "notQuite")),
  ).toEqual([
    [2, "yes"],
    [3, "notQuite"],
  ]);
});

test("nobody nods to their own reflection, and a nod that was withdrawn says nothing", () => {
  expect(
    read(heard(2), nod(5, 2, "yes", { author: "me" }), nod(6, 2, "yes", { withdrawnAt: 8 })),
  ).toEqual([[2, undefined]]);
});

test("nobody reflects their own words", () => {
  expect(read(heard(2, { author: "partner" }))).toEqual([]);
});

test("of another page nothing shows here", () => {
  expect(read(heard(2, { of: id(77) }))).toEqual([]);
});

test("a draft is only taken up again; the copy of a change is no new one", () => {
  const changing = heard(3, {
    place: "draft",
    draft: { changes: id(2), restsUntil: undefined, pausedUntil: undefined },
  });
  const begun = heard(4, {
    place: "draft",
    draft: { changes: undefined, restsUntil: undefined, pausedUntil: undefined },
  });
  expect(readHeard([heard(2), changing], theirs).draft).toBeUndefined();
  expect(readHeard([heard(2), changing, begun], theirs).draft?.id).toBe(id(4));
  expect(readHeard([heard(2), begun], theirs).said).toHaveLength(1);
});
