import type { Clock } from "../../shared/base/clock.ts";

export type ManualClock = Clock & {
  /** Moves time on by `ms`, running what falls due on the way in order, each at its own moment. */
  readonly advance: (ms: number) => void;
  /** How many timers are still waiting: none, once everything was put away properly. */
  readonly waiting: () => number;
  /** How many timers have run so far. */
  readonly ran: () => number;
};

type Timer = { readonly due: number; readonly run: () => void };

/** A clock that stands still until the test moves it. Timers due at the same moment run in the order set. */
export const createManualClock = (start = 0): ManualClock => {
  let now = start;
  let ran = 0;
  const timers = new Set<Timer>();

  const nextUntil = (end: number): Timer | undefined => {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  };

  return {
    now: () => now,
    after: (ms, run) => {
      const timer = { due: now + Math.max(0, ms), run };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance: (ms) => {
      const end = now + ms;
      for (let timer = nextUntil(end); timer !== undefined; timer = nextUntil(end)) {
        timers.delete(timer);
        now = timer.due;
        ran += 1;
        timer.run();
      }
      now = end;
    },
    waiting: () => timers.size,
    ran: () => ran,
  };
};
