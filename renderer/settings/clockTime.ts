/** Minutes since midnight from "21:05" as a time field gives it; undefined where it is no time of day. */
export const readClockTime = (typed: string): number | undefined => {
  const [, hour, minute] = /^(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(typed) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(hour) < 24 && Number(minute) < 60 ? minutes : undefined;
};

/** @param minutes since midnight, 0 to 1439 */
export const writeClockTime = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

/** Two times as they stand in their fields: hours that can be kept, or what is amiss with them. */
export const readHours = (
  from: string,
  to: string,
):
  | { readonly hours: { readonly from: number; readonly to: number } }
  | { readonly wrong: "emptyFrom" | "emptyTo" | "same" } => {
  const begins = readClockTime(from);
  const ends = readClockTime(to);
  if (begins === undefined) return { wrong: "emptyFrom" };
  if (ends === undefined) return { wrong: "emptyTo" };
  return begins === ends ? { wrong: "same" } : { hours: { from: begins, to: ends } };
};

export type NamedWeekday = { readonly weekday: number; readonly name: string };

/** From Monday to Sunday; `weekday` as Date counts them, 0 is Sunday. */
export const nameWeekdays = (locale: string): readonly NamedWeekday[] => {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long" });
  // The 1st of November 2026 is a Sunday.
  return [1, 2, 3, 4, 5, 6, 0].map((weekday) => ({
    weekday,
    name: format.format(new Date(2026, 10, 1 + weekday, 12)),
  }));
};
