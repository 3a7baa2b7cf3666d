import { refuse, type Refused } from "../../base/result.ts";
import type { SharedShelf } from "../sharedShelf.ts";

/**
 * While two meet again, whoever stays vouches for the chains as they stand at that moment. Danger: a word written in
 * between, with the keys of before, would be vouched for by nobody, and refused on the partner's new computer for
 * good; and one of theirs taken in then would be beyond their cut. So it waits.
 */
export type ShelfGate = {
  /** From now on whatever asks waits. */
  readonly hold: () => void;
  /** What was under way before has ended. */
  readonly still: () => Promise<void>;
  /** What waits goes on. */
  readonly letGo: () => void;
  /** What waits and whatever asks from now on is refused: another shelf takes the place of this one, or none. */
  readonly shut: () => void;
  readonly isOpen: () => boolean;
  readonly pass: <Done>(job: () => Promise<Done>) => Promise<Done | Refused<"STORE_CLOSED">>;
};

export const createShelfGate = (): ShelfGate => {
  let state: "open" | "held" | "shut" = "open";
  let waiting: (() => void)[] = [];
  const inside = new Set<Promise<unknown>>();
  const turn = (next: typeof state): void => {
    if (state === "shut") return;
    state = next;
    if (next === "held") return;
    const all = waiting;
    waiting = [];
    for (const go of all) go();
  };
  return {
    hold: () => turn("held"),
    letGo: () => turn("open"),
    shut: () => turn("shut"),
    isOpen: () => state === "open",
    still: async () => {
      await Promise.allSettled(inside);
    },
    pass: async (job) => {
      while (state === "held") await new Promise<void>((go) => void waiting.push(go));
      if (state === "shut") return refuse("STORE_CLOSED");
      const running = job();
      inside.add(running);
      try {
        return await running;
      } finally {
        inside.delete(running);
      }
    },
  };
};

export const gatedShelf = (shelf: SharedShelf, { pass }: ShelfGate): SharedShelf => ({
  ...shelf,
  write: (...asked) => pass(() => shelf.write(...asked)),
  writeAll: (...asked) => pass(() => shelf.writeAll(...asked)),
  ledger: {
    ...shelf.ledger,
    write: (...asked) => pass(() => shelf.ledger.write(...asked)),
    receive: (...asked) => pass(() => shelf.ledger.receive(...asked)),
    redact: (...asked) => pass(() => shelf.ledger.redact(...asked)),
  },
});
