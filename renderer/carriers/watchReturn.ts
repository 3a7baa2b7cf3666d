import type { Cancel, Clock } from "../../shared/base/clock.ts";

/**
 * ms. Nothing that only waits wakes a computer more than once a minute. A hidden browser window is woken once a minute
 * at least, and so late twice in a row: only more than that was sleep.
 */
const lookEveryMs = 60_000;
const sleptMs = 150_000;

/**
 * Calls when the way out is there again: the system says that it is online, or the computer has slept. What was
 * connected then is mostly dead, and would take half a minute to notice it.
 */
export const watchReturn = (
  system: Pick<EventTarget, "addEventListener" | "removeEventListener">,
  clock: Clock,
  returned: () => void,
): (() => void) => {
  let looked = clock.now();
  let cancel: Cancel = () => {};
  const look = (): void => {
    const slept = clock.now() - looked > sleptMs;
    looked = clock.now();
    cancel = clock.after(lookEveryMs, look);
    if (slept) returned();
  };
  cancel = clock.after(lookEveryMs, look);
  system.addEventListener("online", returned);
  return () => {
    cancel();
    system.removeEventListener("online", returned);
  };
};
