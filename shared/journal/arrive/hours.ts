import type { HoursOfDay, TellTimes } from "../journal.ts";

/**
 * Hours as the clock on the wall shows them: what is asked is always what it reads at that moment, so that a
 * night in which the clocks change needs no rule of its own.
 */
export const isWithin = ({ from, to }: HoursOfDay, time: number): boolean => {
  const minute = minuteOf(new Date(time));
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
};

/** Hours after midnight belong to the evening before. */
export const mayTellAt = (times: TellTimes, time: number): boolean => {
  if (!isWithin(times, time)) return false;
  const date = new Date(time);
  const weekday = date.getDay();
  const beganToday = times.from < times.to || minuteOf(date) >= times.from;
  return times.weekdays.includes(beganToday ? weekday : (weekday + 6) % 7);
};

/**
 * The first full minute after `time` at which `holds` answers otherwise than now, ms; undefined where that is
 * more than `minutes` away.
 */
export const nextTurn = (
  holds: (time: number) => unknown,
  time: number,
  minutes: number,
): number | undefined => {
  const now = holds(time);
  const first = Math.floor(time / minuteMs) * minuteMs;
  for (let minute = 1; minute <= minutes; minute++) {
    const then = first + minute * minuteMs;
    if (holds(then) !== now) return then;
  }
  return undefined;
};

const minuteMs = 60_000;

const minuteOf = (date: Date): number => date.getHours() * 60 + date.getMinutes();
