import { expect, test } from "vitest";
import { readOwnTime, restTimes } from "../../renderer/ui/paper/restTimes.ts";
import { longestRest } from "../../shared/page/card.ts";

const at = (date: number, hours: number, minutes = 0): number =>
  new Date(2026, 10, date, hours, minutes).getTime();
const offered = (now: number) =>
  Object.fromEntries(restTimes(now).map(({ choice, until }) => [choice, until]));

test("in the afternoon a draft may rest for an hour, until this evening, or until tomorrow morning", () => {
  expect(offered(at(21, 15, 20))).toEqual({
    hour: at(21, 16, 20),
    evening: at(21, 20),
    tomorrow: at(22, 8),
  });
});

test("the evening is not offered where an hour comes to the same, or where it is here already", () => {
  expect(offered(at(21, 18, 59))).toHaveProperty("evening");
  for (const late of [at(21, 19), at(21, 19, 30), at(21, 22)])
    expect(offered(late)).not.toHaveProperty("evening");
});

test("awake in the night, the morning is the one that is coming", () => {
  expect(offered(at(21, 2, 30))).toEqual({
    hour: at(21, 3, 30),
    evening: at(21, 20),
    morning: at(21, 8),
  });
  expect(offered(at(21, 5))).toHaveProperty("tomorrow", at(22, 8));
});

test("every time that is offered lies ahead and is one that may be chosen, also when the clocks change", () => {
  const days = [new Date(2026, 2, 28).getTime(), new Date(2026, 9, 24).getTime(), at(21, 0)];
  for (const day of days)
    for (let now = day; now < day + 3 * 86_400_000; now += 1_800_000)
      for (const { until } of restTimes(now)) {
        expect(until).toBeGreaterThan(now);
        expect(until).toBeLessThanOrEqual(now + longestRest);
      }
});

test("a time of one’s own is taken where it is still to come, within 14 days", () => {
  const now = at(7, 18, 30);
  expect(readOwnTime("2026-11-07", "18:31", now)).toBe(at(7, 18, 31));
  expect(readOwnTime("2026-11-21", "18:30", now)).toBe(at(21, 18, 30));
  for (const [day, time] of [
    ["2026-11-07", "18:30"],
    ["2026-11-06", "20:00"],
    ["2026-11-21", "18:31"],
    ["", "08:00"],
    ["2026-11-08", ""],
    ["soon", "08:00"],
  ] as const)
    expect([day, time, readOwnTime(day, time, now)]).toEqual([day, time, undefined]);
});
