import type { Cancel, Clock } from "../base/clock.ts";

/** A program that copies writes a file in many pieces: one hint for all of them is enough. */
const gatherMs = 1000;

export type ChangeHints = {
  readonly onChange: (listener: () => void) => () => void;
  /** Told a second later, once, whatever else comes until then. */
  readonly note: () => void;
};

export const createChangeHints = (clock: Pick<Clock, "after">): ChangeHints => {
  const listeners = new Set<() => void>();
  let waiting: Cancel | undefined;
  return {
    onChange: (listener) => {
      // One function may listen twice, and each stops for itself.
      const own = (): void => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
        if (listeners.size > 0) return;
        waiting?.();
        waiting = undefined;
      };
    },
    note: () => {
      if (listeners.size === 0) return;
      waiting ??= clock.after(gatherMs, () => {
        waiting = undefined;
        for (const listener of [...listeners]) listener();
      });
    },
  };
};
