import { startOfDay } from "../../shared/base/startOfDay.ts";

/** Dates as people say them. Local days; `now` and `locale` come from outside, so that tests can hold them. */
export type SayDates = {
  /** "today", "yesterday", "Thursday", "12 November", "12 November 2025". */
  readonly day: (at: number) => string;
  /** "22 November 2026": for what is read long after it was written. */
  readonly dayAndYear: (at: number) => string;
  /** "November", "November 2025": the heading over a month's pages. */
  readonly month: (at: number) => string;
  /** "15:40", "tomorrow, 15:40": where the hour matters. */
  readonly moment: (at: number) => string;
  /** "15:40": beside a day that is said already. */
  readonly hour: (at: number) => string;
};

export const sayDates = (now: number, locale: string): SayDates => {
  const format = (options: Intl.DateTimeFormatOptions) => formatOf(locale, options);
  const thisYear = (at: number): boolean =>
    new Date(at).getFullYear() === new Date(now).getFullYear();

  const day = (at: number): string => {
    const ago = daysBetween(at, now);
    if (Math.abs(ago) <= 1) return relativeOf(locale).format(-ago, "day");
    // A week ago has the name of today; only the six days before it are clear by name.
    if (ago > 1 && ago < 7) return format({ weekday: "long" }).format(at);
    return format({
      day: "numeric",
      month: "long",
      ...(thisYear(at) ? {} : { year: "numeric" }),
    }).format(at);
  };
  const hour = (at: number): string =>
    format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

  return {
    day,
    dayAndYear: (at) => format({ day: "numeric", month: "long", year: "numeric" }).format(at),
    month: (at) =>
      format({ month: "long", ...(thisYear(at) ? {} : { year: "numeric" }) }).format(at),
    hour,
    moment: (at) => (daysBetween(at, now) === 0 ? hour(at) : `${day(at)}, ${hour(at)}`),
  };
};

/** Whole local days from `earlier` to `later`; rounding takes care of days with 23 and 25 hours. */
const daysBetween = (earlier: number, later: number): number =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / 86_400_000);

/** Making one takes as long as using it a hundred times, and a list says hundreds of dates. */
const formats = new Map<string, Intl.DateTimeFormat>();
const relatives = new Map<string, Intl.RelativeTimeFormat>();

const formatOf = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
};

const relativeOf = (locale: string): Intl.RelativeTimeFormat => {
  const made = relatives.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  relatives.set(locale, made);
  return made;
};
