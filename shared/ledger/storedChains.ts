import type { DeviceId, MessageId, NotebookId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { chainName, type ChainHead, type StoredChains } from "../envelope/chain.ts";
import type { StoredLine } from "./indexLine.ts";

/** What an index holds, by chain, and what the chains are by it. */
export type LoadedIndex = {
  readonly chains: StoredChains;
  /** By `chainName`; index seq - 1. */
  readonly byChain: ReadonlyMap<string, StoredLine[]>;
};

/** CACHE_DAMAGED: a chain has a hole, or something is named twice. */
export const loadIndex = (lines: readonly StoredLine[]): Result<LoadedIndex, "CACHE_DAMAGED"> => {
  const gathered = new Map<StoredLine["chain"], StoredLine[]>();
  const forked: StoredLine[] = [];
  for (const line of lines) {
    if (line.standing === "forked") {
      forked.push(line);
      continue;
    }
    const some = gathered.get(line.chain);
    if (some === undefined) gathered.set(line.chain, [line]);
    else some.push(line);
  }
  const byChain = new Map<string, StoredLine[]>();
  for (const [{ notebook, device }, some] of gathered) {
    const chain = inOrder(some);
    if (chain === undefined) return damaged;
    byChain.set(chainName(notebook, device), chain);
  }
  const frozen = new Set<string>();
  for (const { notebook, device, seq } of forked) {
    const name = chainName(notebook, device);
    if (seq < 1 || seq > (byChain.get(name)?.length ?? 0) + 1) return damaged;
    frozen.add(name);
  }
  const byId = createIdTable(lines);
  if (byId === undefined) return damaged;

  const heads = new Map<string, ChainHead>();
  for (const [name, chain] of byChain) {
    const last = chain.at(-1);
    if (last === undefined) continue;
    const { notebook, device, seq, id } = last;
    heads.set(name, { notebook, device, seq, id });
  }
  const headOf = (notebook: NotebookId, device: DeviceId) => heads.get(chainName(notebook, device));
  return accept({
    byChain,
    chains: {
      headOf,
      headNamed: (name) => heads.get(name),
      entryOf: byId,
      isFrozen: (notebook, device) => frozen.has(chainName(notebook, device)),
      heads: () => [...heads.values()],
      idAt: (notebook, device, seq) =>
        seq <= (headOf(notebook, device)?.seq ?? 0)
          ? byChain.get(chainName(notebook, device))?.[seq - 1]?.id
          : undefined,
    },
  });
};

const damaged = refuse("CACHE_DAMAGED", "the index has a hole");

/** Undefined where one is missing, or is there twice. */
const inOrder = (lines: readonly StoredLine[]): StoredLine[] | undefined => {
  const chain: StoredLine[] = Array.from({ length: lines.length });
  for (const line of lines) {
    const { seq } = line;
    if (seq < 1 || seq > lines.length || chain[seq - 1] !== undefined) return undefined;
    chain[seq - 1] = line;
  }
  return chain;
};

/**
 * Lines by their id, without an object or a text for each of them: places in a table by the first bytes of the id, the
 * next free one where a place is taken. Undefined where two have one id.
 */
const createIdTable = (
  lines: readonly StoredLine[],
): ((id: MessageId) => StoredLine | undefined) | undefined => {
  const size = 2 ** Math.ceil(Math.log2(2 * lines.length + 2));
  const places = new Int32Array(size).fill(-1);
  for (const [index, line] of lines.entries()) {
    let at = line.idHead & (size - 1);
    for (; places[at] !== -1; at = (at + 1) & (size - 1)) {
      const there = lines[places[at] ?? -1];
      if (there?.idHead === line.idHead && there.id === line.id) return undefined;
    }
    places[at] = index;
  }
  return (id) => {
    const head = Number.parseInt(id.slice(0, 8), 16);
    for (let at = head & (size - 1); places[at] !== -1; at = (at + 1) & (size - 1)) {
      const there = lines[places[at] ?? -1];
      if (there?.idHead === head && there.id === id) return there;
    }
    return undefined;
  };
};
