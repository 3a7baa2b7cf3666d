export type ShelfTotals = { readonly documents: number; readonly bytes: number };

/**
 * What lies on the disk, counted by walking over it again and again. In between come the changes of this process; what
 * other processes change in the same folder is not heard of, and stands in the next walk.
 */
export type ShelfCount = {
  readonly totals: () => ShelfTotals;
  /** A walk that was cut short is gone on with. */
  readonly beginWalk: () => void;
  /** True the first time in this walk: now each file of the couple is to be said, with `found` or `gone`. */
  readonly arriveAt: (couple: string) => boolean;
  readonly found: (bytes: number) => void;
  /** Found, and taken away before it was counted. */
  readonly gone: (bytes: number) => void;
  /** This process has changed a file. What changes where the walk has not been is counted by the walk. */
  readonly change: (couple: string, before: number | undefined, after: number | undefined) => void;
  /** Couples with changes that the walk has not come to. */
  readonly missed: () => Iterable<string>;
  readonly endWalk: () => void;
};

type Sum = { documents: number; bytes: number };

const add = (to: Sum, before: number | undefined, after: number | undefined): void => {
  to.documents += (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
  to.bytes += (after ?? 0) - (before ?? 0);
};

const nothing = (): Sum => ({ documents: 0, bytes: 0 });

export const createShelfCount = (): ShelfCount => {
  /** Undefined before the first walk has ended; so long the walk itself is the best that is known. */
  let known: Sum | undefined;
  let walk: Sum | undefined = nothing();
  const counted = new Set<string>();
  const changed = new Set<string>();

  return {
    totals: () => ({ ...(known ?? walk ?? nothing()) }),
    beginWalk: () => {
      walk ??= nothing();
    },
    arriveAt: (couple) => {
      if (walk === undefined || counted.has(couple)) return false;
      counted.add(couple);
      return true;
    },
    found: (bytes) => {
      if (walk !== undefined) add(walk, undefined, bytes);
    },
    gone: (bytes) => {
      if (known !== undefined) add(known, bytes, undefined);
    },
    change: (couple, before, after) => {
      if (known !== undefined) add(known, before, after);
      if (walk === undefined) return;
      if (counted.has(couple)) add(walk, before, after);
      else changed.add(couple);
    },
    missed: function* missed() {
      for (const couple of changed) if (!counted.has(couple)) yield couple;
    },
    endWalk: () => {
      known = walk ?? known;
      walk = undefined;
      counted.clear();
      changed.clear();
    },
  };
};
