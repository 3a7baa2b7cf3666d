import type { Ending } from "./line.ts";

/** Counts endings between two rounds, so that a flood makes one line and not a flood of lines. */
export type Tally = {
  readonly add: (ending: Ending) => void;
  readonly tell: () => void;
  /** Since the start. */
  readonly totals: () => ReadonlyMap<Ending, number>;
};

export const createTally = (log: (line: string) => void): Tally => {
  const counts = new Map<Ending, number>();
  const totals = new Map<Ending, number>();
  return {
    add: (ending) => {
      totals.set(ending, (totals.get(ending) ?? 0) + 1);
      if (ending !== "left") counts.set(ending, (counts.get(ending) ?? 0) + 1);
    },
    tell: () => {
      if (counts.size === 0) return;
      const reasons = [...counts].map(([ending, count]) => `${count} ${ending}`).join(", ");
      counts.clear();
      log(`Connections ended from here: ${reasons}.`);
    },
    totals: () => totals,
  };
};
