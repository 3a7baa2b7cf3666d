import { afterAll, beforeAll, expect, test } from "vitest";
import { isWithin, mayTellAt, nextTurn } from "../../shared/journal/arrive/hours.ts";
import { createReader, makeCard } from "./arrivalsKit.ts";

/** Clocks go from 2:00 to 3:00 on 29 March 2026 and from 3:00 back to 2:00 on 25 October 2026. */
const before = process.env["TZ"];
beforeAll(() => {
  process.env["TZ"] = "Europe/Berlin";
});
afterAll(() => {
  if (before === undefined) delete process.env["TZ"];
  else process.env["TZ"] = before;
});

const utc = (text: string): number => Date.parse(`${text}:00Z`);

test("the zone of these tests is the one that they speak of", () => {
  expect(new Date(utc("2026-07-01T10:00")).getHours()).toBe(12);
});

test("quiet hours end when the clock on the wall says so, also in the night it is put forward", () => {
  const night = { from: 21 * 60, to: 8 * 60 };
  const reader = createReader({ now: utc("2026-03-28T22:00"), rules: { quietHours: night } });
  reader.arrive(makeCard(1));
  expect(reader.gate.arrivals.read().quietUntil).toBe(utc("2026-03-29T06:00"));
  reader.clock.advance(8 * 3_600_000 - 1);
  expect(reader.shown()).toEqual([]);
  reader.clock.advance(1);
  expect(reader.shown()).toEqual([1]);
});

test("and in the night it is put back", () => {
  const night = { from: 21 * 60, to: 8 * 60 };
  const reader = createReader({ now: utc("2026-10-24T22:00"), rules: { quietHours: night } });
  reader.arrive(makeCard(1));
  expect(reader.gate.arrivals.read().quietUntil).toBe(utc("2026-10-25T07:00"));
  reader.clock.advance(9 * 3_600_000 - 1);
  expect(reader.shown()).toEqual([]);
  reader.clock.advance(1);
  expect(reader.shown()).toEqual([1]);
});

test("hours that end at a time the clock leaves out end when it jumps", () => {
  const reader = createReader({
    now: utc("2026-03-29T00:30"),
    rules: { quietHours: { from: 0, to: 150 } },
  });
  expect(reader.gate.arrivals.read().quietUntil).toBe(utc("2026-03-29T01:00"));
});

test("hours of one minute and hours of all but one are kept to the minute", () => {
  const minute = 60_000;
  const noon = utc("2026-06-01T10:00");
  expect(isWithin({ from: 720, to: 721 }, noon)).toBe(true);
  expect(isWithin({ from: 720, to: 721 }, noon + minute)).toBe(false);
  expect(isWithin({ from: 721, to: 720 }, noon)).toBe(false);
  expect(isWithin({ from: 721, to: 720 }, noon + minute - 1)).toBe(false);
  expect(isWithin({ from: 721, to: 720 }, noon - 1)).toBe(true);
  expect(nextTurn((time) => isWithin({ from: 720, to: 721 }, time), noon + 5, 60)).toBe(
    noon + minute,
  );
  expect(nextTurn((time) => isWithin({ from: 900, to: 901 }, time), noon, 60)).toBeUndefined();
  expect(mayTellAt({ from: 720, to: 721, weekdays: [2] }, noon)).toBe(false);
  expect(mayTellAt({ from: 720, to: 721, weekdays: [1] }, noon)).toBe(true);
});
