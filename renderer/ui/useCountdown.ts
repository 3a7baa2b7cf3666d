import { useEffect, useState } from "react";
import { useSurroundings } from "./surroundings.ts";

/** Seconds left until `until` (ms since 1970); 0 when it has passed or there is none. */
export const useCountdown = (until: number | undefined): number => {
  const { clock } = useSurroundings();
  const [now, setNow] = useState(() => clock.now());
  const left = until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1_000));
  useEffect(() => {
    setNow(clock.now());
  }, [clock, until]);
  useEffect(
    () => (left > 0 ? clock.after(250, () => setNow(clock.now())) : undefined),
    [clock, left, now],
  );
  return left;
};
