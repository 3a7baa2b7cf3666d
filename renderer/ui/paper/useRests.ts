import { useEffect, useState } from "react";
import type { Card } from "../../../shared/page/card.ts";
import { useSurroundings } from "../surroundings.ts";

/** What a draft waits for, ms; undefined where it does not, or no longer. */
type Rests = {
  /** Its writer lets it rest. */
  readonly restsUntil: number | undefined;
  /** The writer of the letter that it replies to asked for this pause. */
  readonly pausedUntil: number | undefined;
};

/** Changes by itself when the time has come while the screen is open. */
export const useRests = ({ draft }: Card): Rests => ({
  restsUntil: useUntil(draft?.restsUntil),
  pausedUntil: useUntil(draft?.pausedUntil),
});

/** A computer that slept wakes with late timers: it looks again at least this often, ms. */
const look = 30_000;

const useUntil = (until: number | undefined): number | undefined => {
  const { clock } = useSurroundings();
  // An object each time: a timer that comes a moment early must be followed by another.
  const [looked, setLooked] = useState(() => ({ at: clock.now() }));
  const left = until === undefined ? 0 : until - looked.at;
  useEffect(() => {
    setLooked({ at: clock.now() });
  }, [clock, until]);
  useEffect(
    () =>
      left > 0
        ? clock.after(Math.min(left, look), () => setLooked({ at: clock.now() }))
        : undefined,
    [clock, left, looked],
  );
  return left > 0 ? until : undefined;
};
