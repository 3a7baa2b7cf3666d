import type { Cancel, Clock } from "../../shared/base/clock.ts";

type IdleTimer = {
  /** Somebody is there. */
  readonly touch: () => void;
  /** After sleep, timers may be late: this looks at the clock itself. */
  readonly check: () => void;
  readonly dispose: () => void;
};

/** Milliseconds that no setting of the computer's clock moves; it may stand still while the computer sleeps. */
export type SteadyTime = () => number;

/**
 * Calls `onIdle` once when nobody has touched it for `ms`. Cheap to touch: one timer, set anew only when due. By two
 * clocks, whichever says more: a clock that is set back must not keep it open, and sleep counts too.
 */
export const createIdleTimer = (
  clock: Clock,
  ms: number,
  onIdle: () => void,
  steady: SteadyTime = () => performance.now(),
): IdleTimer => {
  const read = () => ({ byClock: clock.now(), bySteady: steady() });
  let last = read();
  let over = false;
  let cancel: Cancel = () => {};

  const passed = (): number => {
    const now = read();
    return Math.max(now.byClock - last.byClock, now.bySteady - last.bySteady);
  };
  const check = (): void => {
    if (over) return;
    const left = ms - passed();
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
      if (passed() >= ms) check();
      else last = read();
    },
    check,
    dispose: () => {
      over = true;
      cancel();
    },
  };
};
