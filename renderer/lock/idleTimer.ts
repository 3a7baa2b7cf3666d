import type { Cancel, Clock } from "../../shared/base/clock.ts";

type IdleTimer = {
  /** Somebody is there. */
  readonly touch: () => void;
  /** After sleep, timers may be late: this looks at the clock itself. */
  readonly check: () => void;
  readonly dispose: () => void;
};

/** Calls `onIdle` once when nobody has touched it for `ms`. Cheap to touch: one timer, set anew only when due. */
export const createIdleTimer = (clock: Clock, ms: number, onIdle: () => void): IdleTimer => {
  let last = clock.now();
  let over = false;
  let cancel: Cancel = () => {};

  const check = (): void => {
    if (over) return;
    const left = last + ms - clock.now();
    cancel();
    if (left > 0) {
      cancel = clock.after(left, check);
      return;
    }
    over = true;
    onIdle();
  };
  check();

  return {
    touch: () => {
      // What comes too late does not count: it could be the first key of somebody else.
      if (clock.now() - last >= ms) check();
      else last = clock.now();
    },
    check,
    dispose: () => {
      over = true;
      cancel();
    },
  };
};
