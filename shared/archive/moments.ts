import { latestTime } from "../page/day.ts";

/**
 * A moment as files write it: "2026-03-04", "2026-03-04 20:15", "2026-03-04T20:15:00+01:00". Where no zone is said it
 * is local time, and noon where no hour is said. ms; undefined where it is no date.
 */
export const readMoment = (text: string): number | undefined => {
  const found = written.exec(text.trim());
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second = "0", part = "", zone] = found;
  const ms = Math.floor(Number(`0.${part === "" ? "0" : part}`) * 1000);
  return momentOf(
    [year, month, day].map(Number),
    hour === undefined ? undefined : [hour, minute, second].map(Number),
    ms,
    zone,
  );
};

const written =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:[Tt]|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([Zz]|[+-]\d{2}:?\d{2})?)?$/;

const inNames =
  /(?<!\d)(\d{4})([-_. ]?)(\d{2})\2(\d{2})(?!\d)(?:(?:[T_-]|\s+(?:at\s+)?)(\d{2})[-:.h]?(\d{2})(?:[-:.]?(\d{2}))?(?!\d))?/;

/** The first date in the name of a file, and what else the name says; `rest` is empty where it is a date alone. */
export const readName = (
  name: string,
): { readonly at: number | undefined; readonly rest: string } => {
  const stem = name.replace(/\.[^.]{1,8}$/, "");
  const found = inNames.exec(stem);
  if (found === null) return { at: undefined, rest: tidyName(stem) };
  const [whole, year, , month, day, hour, minute, second = "0"] = found;
  const date = [year, month, day].map(Number);
  const at =
    (hour === undefined ? undefined : momentOf(date, [hour, minute, second].map(Number), 0)) ??
    momentOf(date, undefined, 0);
  if (at === undefined) return { at, rest: tidyName(stem) };
  return { at, rest: tidyName(stem.replace(whole, " ")) };
};

const tidyName = (text: string): string =>
  text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/^[\s\-_.,:]+|[\s\-_.,:]+$/g, "")
    .trim();

/** For files: with the local offset, so that a person reads their own hour. */
export const writeMoment = (at: number): string => {
  const offset = -new Date(at).getTimezoneOffset();
  const whole = Math.trunc(offset);
  const local = new Date(at + whole * 60_000).toISOString();
  const fraction = local.endsWith(".000Z") ? local.slice(0, -5) : local.slice(0, -1);
  const two = (number: number): string => String(number).padStart(2, "0");
  const sign = whole < 0 ? "-" : "+";
  return `${fraction}${sign}${two(Math.floor(Math.abs(whole) / 60))}:${two(Math.abs(whole) % 60)}`;
};

const momentOf = (
  [year = 0, month = 0, day = 0]: readonly number[],
  time: readonly number[] | undefined,
  ms: number,
  zone?: string,
): number | undefined => {
  const [hour = 12, minute = 0, second = 0] = time ?? [];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  if (hour > 24 || minute > 59 || second > 60 || year < 1900) return undefined;
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
  const at =
    zone === undefined
      ? new Date(year, month - 1, day, hour, minute, second, ms).getTime()
      : Date.UTC(year, month - 1, day, hour, minute, second, ms) - offsetOf(zone);
  return isMoment(at) ? at : undefined;
};

/** What an entry may be about (shared/page/facts.ts). */
export const isMoment = (at: number): boolean =>
  Number.isSafeInteger(at) && at >= Date.UTC(1900, 0, 1) && at <= latestTime;

const offsetOf = (zone: string): number => {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
};
