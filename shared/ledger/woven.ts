import type { DeviceId, MessageId } from "../base/ids.ts";
import type { ChainEntry } from "../envelope/chain.ts";
import type { LedgerMessage } from "./book.ts";
import type { Said } from "./said.ts";

/**
 * What several devices of one person have said of one page, in one order for whoever reads it: what its writer had
 * before them comes first, and else what was written earlier. Clocks may be wrong, so within a chain its own order
 * counts.
 */
export const woven = (
  chains: readonly (readonly Said[])[],
  entryOf: (id: MessageId) => ChainEntry | undefined,
): readonly LedgerMessage[] => {
  const waiting = chains.map((said) => placed(said, entryOf));
  const order: LedgerMessage[] = [];
  const isReady = ({ after }: Placed): boolean =>
    waiting.every(([first]) => {
      const upTo = first === undefined ? undefined : after.get(first.message.device);
      return first === undefined || upTo === undefined || upTo < first.message.seq;
    });
  for (;;) {
    const fronts = waiting.flatMap(([first]) => first ?? []);
    const ready = fronts.filter(isReady);
    const [next] = (ready.length > 0 ? ready : fronts).toSorted(earlier);
    if (next === undefined) return order;
    order.push(next.message);
    waiting.find(([first]) => first === next)?.shift();
  }
};

/** `after`: of other devices, up to which number their messages come before this one. */
type Placed = {
  readonly message: LedgerMessage;
  readonly time: number;
  readonly after: ReadonlyMap<DeviceId, number>;
};

const placed = (
  said: readonly Said[],
  entryOf: (id: MessageId) => ChainEntry | undefined,
): Placed[] => {
  let time = 0;
  return said.map(({ message, seen }) => {
    time = Math.max(time, message.time);
    const after = seen.flatMap(({ device, seq, id }) =>
      entryOf(id)?.notebook === message.notebook ? [[device, seq] as const] : [],
    );
    return { message, time, after: new Map(after) };
  });
};

const earlier = (one: Placed, other: Placed): number =>
  one.time - other.time || (one.message.device < other.message.device ? -1 : 1);
