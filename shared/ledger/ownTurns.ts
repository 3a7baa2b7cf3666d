import { groupBy } from "../base/group.ts";
import type { Leaf } from "./book.ts";

/**
 * One's own messages of a volume as they are read anew: each chain in its order, and none of them held up by another
 * of one's own, since what a device has seen of others it says in each apart.
 */
export type OwnTurns = {
  readonly left: () => boolean;
  /** Of each chain, up to the first that waits; they are not given again. */
  readonly next: (waits: (leaf: Leaf) => boolean) => readonly Leaf[];
  /** Of each chain, the one that waits. */
  readonly firsts: () => readonly Leaf[];
};

/** By ascending sequence. */
export const createOwnTurns = (own: readonly Leaf[]): OwnTurns => {
  let chains = [...groupBy(own, ({ message }) => message.header.notebook).values()];
  return {
    left: () => chains.some(({ length }) => length > 0),
    next: (waits) => {
      const ready = chains.map((chain) => {
        const waiting = chain.findIndex(waits);
        return waiting === -1 ? chain : chain.slice(0, waiting);
      });
      chains = chains.map((chain, index) => chain.slice(ready[index]?.length ?? 0));
      return ready.flat();
    },
    firsts: () => chains.flatMap(([first]) => first ?? []),
  };
};
