import type { Brand } from "../base/brand.ts";

/** A local calendar date, "2026-11-26". Of no time zone: it is what was said. */
export type Day = Brand<string, "Day">;

/** A date that there is, "2026-11-26", from the year 2000 to 2199. */
export const isDay = (value: unknown): value is Day => {
  if (typeof value !== "string" || !/^2[01]\d\d-\d\d-\d\d$/.test(value)) return false;
  const read = new Date(`${value}T12:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value);
};

/** The local day of a moment, ms. */
export const dayAt = (time: number): Day => {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}` as Day;
};

/** The local day so many days on. */
export const daysFrom = (now: number, days: number): Day => {
  const date = new Date(now);
  return dayAt(new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 12).getTime());
};

/** Its local noon, ms: for saying a day as people do. */
export const noonOf = (day: Day): number => {
  const [year = 2000, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date, 12).getTime();
};

/** The end of the year 9999, ms: a header may say more, and dates of screens end somewhere beyond. */
export const latestTime = 253_402_300_799_999;
