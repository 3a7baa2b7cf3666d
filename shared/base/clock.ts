/** Time comes from outside, so that tests can hold it still. Milliseconds throughout. */
export type Clock = {
  /** Milliseconds since 1970, as this computer believes them. */
  readonly now: () => number;
  /** Calls `run` once after `ms` milliseconds unless cancelled before. */
  readonly after: (ms: number, run: () => void) => Cancel;
};

export type Cancel = () => void;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Between two pieces of long work: the screen gets its turn. */
export const breathe = (clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    clock.after(0, resolve);
  });
