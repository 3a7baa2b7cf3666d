import type { Cancel, Clock } from "../../base/clock.ts";
import { createCell, type Live } from "../../base/live.ts";
import type { Random } from "../../base/random.ts";
import { spread } from "../../base/spread.ts";

/**
 * When one's own words may go out. Sent the moment they are written they would tell the partner's computer who is
 * writing when (PRODUCT, safety 2 and 3); so they go some seconds later, never the same number of them.
 */
export type Pace = {
  /** What was written before may go. Before the first `wrote`. */
  readonly start: () => void;
  /** Own words are on the disk. */
  readonly wrote: () => void;
  /** The number in one's own chain up to which it may go. */
  readonly dueUpTo: () => number;
  /** Changes whenever something more may go. */
  readonly due: Live<number>;
  /** All of it may go now. Whether something had been held. */
  readonly hurry: () => boolean;
};

export type PaceParts = {
  readonly clock: Clock;
  readonly random: Random;
  /** Chosen by whoever writes together with the partner at one time. */
  readonly atOnce: () => boolean;
  /** The newest number in one's own chain. */
  readonly newest: () => number;
  readonly onDue: () => void;
};

/** ms. What was written within one span goes out together. */
export const holdMs = { least: 3_000, more: 27_000 } as const;

export const createPace = ({ clock, random, atOnce, newest, onDue }: PaceParts): Pace => {
  const due = createCell(0);
  let cancel: Cancel | undefined;

  const release = (): void => {
    cancel?.();
    cancel = undefined;
    due.set(newest());
  };
  const go = (): void => {
    release();
    onDue();
  };

  return {
    start: release,
    wrote: () => {
      if (atOnce()) go();
      else if (newest() > due.read())
        cancel ??= clock.after(spread(random, holdMs.least, holdMs.more), go);
    },
    dueUpTo: () => (atOnce() ? Infinity : due.read()),
    due,
    hurry: () => {
      const held = !atOnce() && newest() > due.read();
      release();
      return held;
    },
  };
};
