import { useEffect, useState } from "react";
import { useSurroundings } from "./surroundings.ts";

/** The time, ms; looked at again every so often while a screen shows it. */
export const useNow = (everyMs: number): number => {
  const { clock } = useSurroundings();
  // An object each time: a timer that comes a moment early must be followed by another.
  const [tick, setTick] = useState({});
  useEffect(() => clock.after(everyMs, () => setTick({})), [clock, everyMs, tick]);
  return clock.now();
};
