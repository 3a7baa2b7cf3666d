import type { ShelfMishap } from "./shelf.ts";

/** What went wrong with files, counted: a full disk makes one line a round and not one for every document. */
export type Mishaps = {
  readonly add: (mishap: ShelfMishap) => void;
  readonly tell: () => void;
  /** Since the start. */
  readonly totals: () => ReadonlyMap<string, number>;
};

export const createMishaps = (log: (line: string) => void): Mishaps => {
  const counts = new Map<ShelfMishap, number>();
  const totals = new Map<string, number>();
  return {
    add: (mishap) => {
      counts.set(mishap, (counts.get(mishap) ?? 0) + 1);
      totals.set(mishap, (totals.get(mishap) ?? 0) + 1);
    },
    tell: () => {
      if (counts.size === 0) return;
      const told = [...counts].map(([mishap, count]) => `${count} ${mishap}`).join(", ");
      counts.clear();
      log(`Files of the mailbox: ${told}.`);
    },
    totals: () => totals,
  };
};
