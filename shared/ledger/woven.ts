import type { DeviceId, MessageId, NotebookId } from "../base/ids.ts";
import { accept, type Result } from "../base/result.ts";
import type { ChainEntry } from "../envelope/chain.ts";
import type { LedgerMessage } from "./book.ts";
import type { IndexLine } from "./indexLine.ts";
import { readSaid, type Said, type SaidParts } from "./said.ts";
import type { StoreCode } from "./stores.ts";

/** What these chains say in such lines, one of a device, woven. */
export const readWoven = async (
  parts: SaidParts,
  chains: readonly { readonly notebook: NotebookId; readonly device: DeviceId }[],
  isAsked: (line: IndexLine) => boolean,
): Promise<Result<readonly LedgerMessage[], StoreCode>> => {
  const all: (readonly Said[])[] = [];
  for (const { notebook, device } of chains) {
    const said = await readSaid(parts, notebook, device, isAsked);
    if (!said.ok) return said;
    all.push(said.value);
  }
  return accept(woven(all, parts.book.chains.entryOf));
};

/**
 * What several devices have said of one page, in one order for whoever reads it: what its writer had before them comes
 * first, and else what was written earlier. Clocks may be wrong, so within a chain its own order counts.
 */
export const woven = (
  chains: readonly (readonly Said[])[],
  entryOf: (id: MessageId) => ChainEntry | undefined,
): readonly LedgerMessage[] => {
  const notebooks = new Map(
    chains.flatMap(([first]) =>
      first === undefined ? [] : [[first.message.device, first.message.notebook] as const],
    ),
  );
  const waiting = chains.map((said) => placed(said, notebooks, entryOf));
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
  notebooks: ReadonlyMap<DeviceId, NotebookId>,
  entryOf: (id: MessageId) => ChainEntry | undefined,
): Placed[] => {
  let time = 0;
  return said.map(({ message, seen }) => {
    time = Math.max(time, message.time);
    const after = seen.flatMap(({ device, seq, id }) =>
      entryOf(id)?.notebook === notebooks.get(device) ? [[device, seq] as const] : [],
    );
    return { message, time, after: new Map(after) };
  });
};

const earlier = (one: Placed, other: Placed): number =>
  one.time - other.time || (one.message.device < other.message.device ? -1 : 1);
