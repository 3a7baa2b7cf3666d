import type { Away } from "../../shared/journal/journal.ts";

export const awayTimes = ["day", "threeDays", "week", "open"] as const;
export type AwayTime = (typeof awayTimes)[number];

const days = { day: 1, threeDays: 3, week: 7 } as const;

/** Whole days from now by the clock on the wall, also where a night between has an hour more or less. */
export const awayUntil = (time: AwayTime, now: number): Away => {
  if (time === "open") return "open";
  const date = new Date(now);
  return date.setDate(date.getDate() + days[time]);
};
