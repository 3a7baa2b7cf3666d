import { expect, test } from "vitest";
import {
  nameWeekdays,
  readClockTime,
  readHours,
  writeClockTime,
} from "../../renderer/settings/clockTime.ts";

test("every time of day comes back from its field as it was put there", () => {
  for (let minute = 0; minute < 24 * 60; minute++)
    expect(readClockTime(writeClockTime(minute))).toBe(minute);
  expect(writeClockTime(485)).toBe("08:05");
});

test("what is half typed, or no time of day, is not kept", () => {
  for (const typed of ["", "9", "9:00", "24:00", "12:60", "ab:cd", "12:3", "-1:00", "12:00 pm"])
    expect(readClockTime(typed)).toBeUndefined();
  expect(readClockTime("21:00:30")).toBe(1260);
});

test("two times are hours when they differ, and each field says what is amiss with it", () => {
  expect(readHours("21:00", "08:00")).toEqual({ hours: { from: 1260, to: 480 } });
  expect(readHours("", "08:00")).toEqual({ wrong: "emptyFrom" });
  expect(readHours("21:00", "")).toEqual({ wrong: "emptyTo" });
  expect(readHours("08:00", "08:00")).toEqual({ wrong: "same" });
});

test("days are named from Monday to Sunday, and Sunday is 0", () => {
  expect(nameWeekdays("en-GB").map(({ weekday, name }) => `${weekday} ${name}`)).toEqual([
    "1 Monday",
    "2 Tuesday",
    "3 Wednesday",
    "4 Thursday",
    "5 Friday",
    "6 Saturday",
    "0 Sunday",
  ]);
  expect(nameWeekdays("de")[0]?.name).toBe("Montag");
});
