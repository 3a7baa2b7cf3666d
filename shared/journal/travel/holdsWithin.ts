import type { Clock } from "../../base/clock.ts";
import type { Live } from "../../base/live.ts";

/** Waits until something holds of a value, at most so long, ms. Whether it does then. */
export const holdsWithin = async <Value>(
  live: Live<Value>,
  holds: (value: Value) => boolean,
  ms: number,
  clock: Clock,
): Promise<boolean> => {
  if (holds(live.read())) return true;
  await new Promise<void>((over) => {
    const end = (): void => {
      cancel();
      stop();
      over();
    };
    const cancel = clock.after(ms, end);
    const stop = live.subscribe(() => {
      if (holds(live.read())) end();
    });
  });
  return holds(live.read());
};
