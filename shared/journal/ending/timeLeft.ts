import type { TimeLeft } from "../../people/pastCouple.ts";
import { stayMs } from "../ending.ts";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * A clock may be set back, by accident or on purpose. `newest` is the latest moment it has ever shown; while it
 * stands behind that, the time that goes by is counted in `behind`. So a clock that is behind holds nothing up, as
 * long as it is looked at now and then; and one that is set right again brings nothing forward.
 */
export const beginTime = (now: number): TimeLeft => ({
  from: now,
  newest: now,
  last: now,
  behind: 0,
});

export const lookAt = (time: TimeLeft, now: number): TimeLeft => {
  const { from, newest, last, behind } = time;
  if (now < newest) return { ...time, last: now, behind: behind + Math.max(0, now - last) };
  // It has come there step by step: what it had counted meanwhile went by. By a leap: it was set right.
  const walked = now - last <= dayMs;
  const counted = walked ? behind + (newest - last) : 0;
  return { from: Math.max(0, from - counted), newest: now, last: now, behind: 0 };
};

/** ms; 0 once it is over. */
export const msLeft = ({ from, newest, behind }: TimeLeft): number =>
  Math.max(0, stayMs - (newest - from) - behind);
