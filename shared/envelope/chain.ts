import type { DeviceId, MessageId, NotebookId, PageId, SpaceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { genesisId, type Message } from "./message.ts";

/**
 * A chain: what one device has written in one notebook, each message naming the one before. Here is what is
 * known of all chains; the envelopes themselves are the ledger's.
 */
export type Chains = ChainView & {
  readonly heads: () => readonly ChainHead[];
  /** What stands at a place of a chain; of a fork, the one that was there first. */
  readonly idAt: (notebook: NotebookId, device: DeviceId, seq: number) => MessageId | undefined;
  /** Throws where the entry does not follow: only what was judged to follow is appended. */
  readonly append: (entry: ChainEntry) => void;
};

/** Up to where one chain is held. */
export type ChainHead = {
  readonly notebook: NotebookId;
  readonly device: DeviceId;
  readonly seq: number;
  readonly id: MessageId;
};

/** The part of it that judging needs. */
export type ChainView = {
  readonly headOf: (notebook: NotebookId, device: DeviceId) => ChainHead | undefined;
  /** The same, by `chainName`. */
  readonly headNamed: (chain: string) => ChainHead | undefined;
  readonly entryOf: (id: MessageId) => ChainEntry | undefined;
  /** Frozen by a fork: admits nothing more until the roster replaces the device. */
  readonly isFrozen: (notebook: NotebookId, device: DeviceId) => boolean;
};

/**
 * One line of the list that is stored: appended to, never changed, replayed by `loadChains`.
 * "forked": kept beside the chain, not on it; the chain is frozen from then on.
 */
export type ChainEntry = {
  readonly notebook: NotebookId;
  readonly device: DeviceId;
  readonly seq: number;
  readonly id: MessageId;
  readonly page: PageId;
  readonly standing: "chained" | "forked";
};

export const entryFor = (
  message: Message,
  standing: ChainEntry["standing"] = "chained",
): ChainEntry => ({
  notebook: message.header.notebook,
  device: message.header.device,
  seq: message.header.seq,
  id: message.id,
  page: message.payload.page,
  standing,
});

/** Names a chain as a map's key. */
export const chainName = (notebook: NotebookId, device: DeviceId): string => notebook + device;

/** The sequence and `prev` that the next message of this chain has. */
export const nextPlace = (
  head: ChainHead | undefined,
  space: SpaceId,
  notebook: NotebookId,
  device: DeviceId,
): { readonly seq: number; readonly prev: MessageId } =>
  head === undefined
    ? { seq: 1, prev: genesisId(space, notebook, device) }
    : { seq: head.seq + 1, prev: head.id };

/** Chains as they are stored: what is appended goes over them. */
export type StoredChains = ChainView & Pick<Chains, "heads" | "idAt">;

export const createChains = (stored: StoredChains = noStored): Chains => {
  const layer = layChains(stored);
  const ids = new Map<string, MessageId[]>();
  const idsOf = (name: string): MessageId[] => {
    const known = ids.get(name) ?? [];
    ids.set(name, known);
    return known;
  };
  const lengthOf = (name: string): number => stored.headNamed(name)?.seq ?? 0;
  return {
    ...layer,
    heads: () => {
      const all = new Map<string, ChainHead>();
      for (const head of [...stored.heads(), ...layer.ownHeads()])
        all.set(chainName(head.notebook, head.device), head);
      return [...all.values()];
    },
    idAt: (notebook, device, seq) => {
      const name = chainName(notebook, device);
      return stored.idAt(notebook, device, seq) ?? ids.get(name)?.[seq - 1 - lengthOf(name)];
    },
    append: (entry) => {
      layer.append(entry);
      if (entry.standing === "chained")
        idsOf(chainName(entry.notebook, entry.device)).push(entry.id);
    },
  };
};

/** BROKEN_INDEX: the list has a hole or names something twice; it is derived and has to be made anew. */
export const loadChains = (entries: Iterable<ChainEntry>): Result<Chains, "BROKEN_INDEX"> => {
  const chains = createChains();
  for (const entry of entries) {
    if (!follows(chains, entry)) return refuse("BROKEN_INDEX", `seq ${entry.seq}`);
    chains.append(entry);
  }
  return accept(chains);
};

export type ChainLayer = ChainView & {
  readonly append: (entry: ChainEntry) => void;
  /** The chains that this layer itself has moved. */
  readonly ownHeads: () => Iterable<ChainHead>;
};

/** Chains as they would be with more appended; what lies below is read and never touched. */
export const layChains = (below: ChainView): ChainLayer => {
  const heads = new Map<string, ChainHead>();
  const entries = new Map<MessageId, ChainEntry>();
  const frozen = new Set<string>();
  const headNamed = (chain: string): ChainHead | undefined =>
    heads.get(chain) ?? below.headNamed(chain);
  const view: ChainView = {
    headNamed,
    headOf: (notebook, device) => headNamed(chainName(notebook, device)),
    entryOf: (id) => entries.get(id) ?? below.entryOf(id),
    isFrozen: (notebook, device) =>
      frozen.has(chainName(notebook, device)) || below.isFrozen(notebook, device),
  };
  return {
    ...view,
    ownHeads: () => heads.values(),
    append: (entry) => {
      if (!follows(view, entry)) throw new Error("appended what does not follow in its chain");
      const { notebook, device, seq, id } = entry;
      entries.set(id, entry);
      if (entry.standing === "forked") frozen.add(chainName(notebook, device));
      else heads.set(chainName(notebook, device), { notebook, device, seq, id });
    },
  };
};

const noChains: ChainView = {
  headOf: () => undefined,
  headNamed: () => undefined,
  entryOf: () => undefined,
  isFrozen: () => false,
};

const noStored: StoredChains = { ...noChains, heads: () => [], idAt: () => undefined };

const follows = (view: ChainView, { notebook, device, seq, id, standing }: ChainEntry): boolean => {
  const next = (view.headOf(notebook, device)?.seq ?? 0) + 1;
  if (view.entryOf(id) !== undefined) return false;
  if (standing === "forked") return Number.isInteger(seq) && seq >= 1 && seq <= next;
  return seq === next && !view.isFrozen(notebook, device);
};
