import { useEffect, useState } from "react";
import { type Day, dayAt } from "../../shared/page/day.ts";
import { useSurroundings } from "../ui/surroundings.ts";

/** How often the clock is looked at, ms: a computer sleeps, and a clock is set. */
const lookMs = 60_000;

export type Moment = { readonly now: number; readonly today: Day };

/** This moment, to the minute: a screen that stands open over midnight is of the new day. */
export const useToday = (): Moment => {
  const { clock } = useSurroundings();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => clock.after(lookMs, () => setNow(clock.now())), [clock, now]);
  return { now, today: dayAt(now) };
};
