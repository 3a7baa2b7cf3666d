import { longestRest } from "../../../shared/page/card.ts";

/** When a draft may rest until: local hours, worked out from `now`, ms. */
export type RestChoice = "hour" | "evening" | "morning" | "tomorrow" | "own";

const hour = 3_600_000;
/** Before this hour "the morning" is the one that is coming, not the one after it. */
const nightEnds = 5;

/** What is offered at this hour, without a time of one's own. */
export const restTimes = (now: number): readonly { choice: RestChoice; until: number }[] => {
  const evening = localHour(now, 0, 20);
  const night = new Date(now).getHours() < nightEnds;
  return [
    { choice: "hour", until: now + hour },
    ...(evening > now + hour ? [{ choice: "evening" as const, until: evening }] : []),
    night
      ? { choice: "morning", until: localHour(now, 0, 8) }
      : { choice: "tomorrow", until: localHour(now, 1, 8) },
  ];
};

/**
 * @param day as a date field gives it, "2026-11-26"
 * @param time as a time field gives it, "08:30"
 * @returns ms; undefined where it is no moment, or not between now and 14 days from now
 */
export const readOwnTime = (day: string, time: string, now: number): number | undefined => {
  const read = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(`${day}T${time}`);
  if (read === null) return undefined;
  const [year = 0, month = 1, date = 1, hours = 0, minutes = 0] = read.slice(1).map(Number);
  const at = new Date(year, month - 1, date, hours, minutes).getTime();
  return at > now && at <= now + longestRest ? at : undefined;
};

const localHour = (now: number, daysOn: number, hours: number): number => {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + daysOn, hours).getTime();
};
