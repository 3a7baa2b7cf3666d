import { expect, test } from "vitest";
import {
  keyOf,
  layOutRows,
  lineAtOrBefore,
  lineFrom,
  lineOf,
  type Row,
} from "../../renderer/journal/list/rows.ts";
import { watchLeaps, withStanding } from "../../renderer/journal/list/inWindow.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { plainCard } from "../support/fakeJournal.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
const on = (year: number, month: number, day: number): number =>
  new Date(year, month - 1, day, 1).getTime();
const now = on(2026, 11, 21);
const about = (...days: readonly number[]): readonly Row[] =>
  layOutRows(
    days.map((day, index) => plainCard(id(index + 1), day)),
    now,
  );
const shape = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === "month" ? row.lines : row.place));

test("entries stand under the local month they are about, in their order, each with its place in it", () => {
  const rows = about(on(2026, 11, 3), on(2026, 11, 1), on(2026, 10, 31), on(2025, 10, 31));
  expect(shape(rows)).toEqual([2, 1, 2, 1, 1, 1, 1]);
  expect(rows.map((row) => (row.kind === "line" ? row.month : undefined))).toEqual([
    undefined,
    0,
    0,
    undefined,
    3,
    undefined,
    5,
  ]);
  const [first] = rows;
  expect(first?.kind === "month" && new Date(first.start).getMonth()).toBe(10);
});

test("an entry from a clock that runs ahead stands in this month, and nothing is a month of its own", () => {
  expect(shape(about(on(2027, 4, 1), now, on(2026, 11, 1)))).toEqual([3, 1, 2, 3]);
});

test("a list without an entry has no heading either", () => {
  expect(about()).toEqual([]);
});

test("a date leads to what is about that day or the nearest before it, and to the first ever where all came later", () => {
  const rows = about(on(2026, 11, 20), on(2026, 11, 3), on(2026, 9, 9));
  const endOf = (day: number) => day + 86_400_000 - 1;
  const at = (day: number) => {
    const row = rows[lineAtOrBefore(rows, endOf(day)) ?? -1];
    return row?.kind === "line" ? row.card.id : undefined;
  };
  expect(at(on(2026, 11, 3))).toBe(id(2));
  expect(at(on(2026, 11, 4))).toBe(id(2));
  expect(at(on(2026, 10, 1))).toBe(id(3));
  expect(at(on(2020, 1, 1))).toBe(id(3));
  expect(at(on(2030, 1, 1))).toBe(id(1));
  expect(lineAtOrBefore([], now)).toBeUndefined();
});

test("the keys pass over headings and stay within the list", () => {
  const rows = about(on(2026, 11, 20), on(2026, 10, 3), on(2026, 9, 9));
  expect(lineFrom(rows, 1, 1)).toBe(3);
  expect(lineFrom(rows, 3, -1)).toBe(1);
  expect(lineFrom(rows, 1, -1)).toBe(1);
  expect(lineFrom(rows, 1, Infinity)).toBe(5);
  expect(lineFrom(rows, 5, -Infinity)).toBe(1);
  expect(lineFrom(rows, 5, 4)).toBe(5);
  expect(lineFrom(rows, -1, 1)).toBe(1);
});

test("an entry is found again by itself wherever it went, and one that is gone is nowhere", () => {
  const rows = about(on(2026, 11, 20), on(2026, 10, 3));
  expect(lineOf(rows, id(2))).toBe(3);
  expect(lineOf(rows, id(9))).toBeUndefined();
  expect(rows.map(keyOf)).toEqual([expect.any(Number), id(1), expect.any(Number), id(2)]);
});

test("however far somebody scrolls, the line they were at and its month stay within reach", () => {
  const rows = about(
    ...Array.from({ length: 60 }, (_, index) => on(2026, 11, 20) - index * 86_400_000 * 3),
  );
  const far = { startIndex: 50, endIndex: 55, overscan: 1, count: rows.length };
  const shown = withStanding(rows, 2, watchLeaps())(far);
  expect(shown).toContain(2);
  expect(shown).toContain(0);
  for (const index of shown) {
    const row = rows[index];
    expect(shown).toContain(row?.kind === "line" ? row.month : index);
  }
  expect(shown).toEqual(shown.toSorted((one, other) => one - other));
  expect(withStanding(rows, -1, watchLeaps())(far)).not.toContain(2);
});

test("after a leap the lines on the screen come first; the next step has the others ready", () => {
  const rows = about(...Array.from({ length: 90 }, (_, index) => on(2026, 11, 20) - index * 1_000));
  const shown = withStanding(rows, -1, watchLeaps());
  const ready = (startIndex: number): number =>
    shown({ startIndex, endIndex: startIndex + 5, overscan: 5, count: rows.length }).length;
  expect([ready(20), ready(21), ready(27), ready(22), ready(60), ready(61)]).toEqual([
    9, 17, 9, 17, 9, 17,
  ]);
});

test("what arrives, and a step with the keys, take nothing away of what stands ready", () => {
  const days = Array.from({ length: 40 }, (_, index) => on(2026, 11, 20) - index * 1_000);
  const isLeap = watchLeaps();
  const ready = (rows: readonly Row[], active: number): readonly number[] =>
    withStanding(
      rows,
      active,
      isLeap,
    )({ startIndex: 0, endIndex: 4, overscan: 5, count: rows.length });
  const few = about(...days.slice(0, 6));
  const first = [0, 1, 2, 3, 4, 5];
  expect(ready(few, 1)).toEqual(first);
  // The seventh came behind all others, where nobody sees it yet.
  expect(ready(about(...days.slice(0, 7)), 1)).toEqual([...first, 6, 7]);
  const all = about(...days);
  expect(ready(all, 1)).toEqual([...first, 6, 7, 8, 9]);
  expect(ready(all, 2)).toEqual([...first, 6, 7, 8, 9]);
});
