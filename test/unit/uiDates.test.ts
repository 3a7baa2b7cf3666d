import { expect, test } from "vitest";
import { sayDates } from "../../renderer/ui/dates.ts";

const at = (year: number, month: number, day: number, hour = 12, minute = 0): number =>
  new Date(year, month - 1, day, hour, minute).getTime();
const saturday = at(2026, 11, 21, 18, 30);
const { day, month, moment } = sayDates(saturday, "en-GB");

test("days are said as people say them", () => {
  expect(day(saturday)).toBe("today");
  expect(day(at(2026, 11, 20, 23, 59))).toBe("yesterday");
  expect(day(at(2026, 11, 19))).toBe("Thursday");
  expect(day(at(2026, 11, 15, 0, 1))).toBe("Sunday");
  expect(day(at(2026, 11, 12))).toBe("12 November");
});

test("a week ago is not called by the name that today has", () => {
  expect(day(at(2026, 11, 14))).toBe("14 November");
});

test("another year is named", () => {
  expect(day(at(2025, 11, 20))).toBe("20 November 2025");
  expect(month(at(2025, 12, 3))).toBe("December 2025");
  expect(month(at(2026, 10, 3))).toBe("October");
});

test("a writer's clock that runs ahead still gives a day", () => {
  expect(day(at(2026, 11, 22))).toBe("tomorrow");
  expect(day(at(2026, 11, 24))).toBe("24 November");
});

test("where the hour matters it stands beside its day", () => {
  expect(moment(at(2026, 11, 21, 18, 40))).toBe("18:40");
  expect(moment(at(2026, 11, 22, 9, 5))).toBe("tomorrow, 09:05");
});

test("another language says its own days", () => {
  const german = sayDates(saturday, "de");
  expect(german.day(saturday)).toBe("heute");
  expect(german.day(at(2026, 11, 19))).toBe("Donnerstag");
  expect(german.day(at(2026, 11, 12))).toBe("12. November");
});
