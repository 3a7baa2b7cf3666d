import type { Cancel, Clock } from "../../shared/base/clock.ts";

/** The longest that a page is kept for somebody who breathes, ms. */
export const longestHold = 10 * 60_000;

/**
 * A journal that locks loads its page anew, and whoever is in the midst of a breath would see it go. So that waits:
 * everything is locked by then, and the keys are wiped; only the engine's memory is kept that much longer.
 */
export type SteadyHold = {
  readonly begin: () => void;
  readonly end: () => void;
  readonly over: () => Promise<void>;
};

export const createSteadyHold = (clock: Clock): SteadyHold => {
  let open = false;
  const waiting = new Set<() => void>();
  const release = (): void => {
    for (const go of waiting) go();
    waiting.clear();
  };
  return {
    begin: () => {
      open = true;
    },
    end: () => {
      open = false;
      release();
    },
    over: async () => {
      if (!open) return;
      let cancel: Cancel = () => {};
      await new Promise<void>((done) => {
        waiting.add(done);
        cancel = clock.after(longestHold, () => {
          waiting.delete(done);
          done();
        });
      });
      cancel();
    },
  };
};
