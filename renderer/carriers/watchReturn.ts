import type { Cancel, Clock } from "../../shared/base/clock.ts";

/** ms. A hidden browser window is woken once a minute at least: only more than that was sleep. */
const lookEveryMs = 10_000;
const sleptMs = 90_000;

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
