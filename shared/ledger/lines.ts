import type { DeviceId, NotebookId } from "../base/ids.ts";
import { chainName } from "../envelope/chain.ts";
import type { EnvelopeKey } from "../envelope/envelope.ts";
import type { IndexLine } from "./indexLine.ts";

/** The index in memory. */
export type Lines = {
  readonly count: () => number;
  readonly get: (key: EnvelopeKey) => IndexLine | undefined;
  /** The messages of one chain, ascending: index seq - 1. */
  readonly of: (notebook: NotebookId, device: DeviceId) => readonly IndexLine[];
  /** A new one, the next of its chain; or one that is known, under the same key. */
  readonly set: (line: IndexLine) => void;
  /** Those whose envelopes have yet to leave their volumes. */
  readonly leaving: () => readonly IndexLine[];
};

/** `stored`: those that there are, and the same by chain. */
export const createLines = (
  stored: readonly IndexLine[],
  ofChains: ReadonlyMap<string, IndexLine[]>,
): Lines => {
  const byKey = new Map<EnvelopeKey, IndexLine>();
  const byChain = new Map(ofChains);
  const leaving = new Map<EnvelopeKey, IndexLine>();
  for (const line of stored) {
    byKey.set(line.key, line);
    if (line.leaving) leaving.set(line.key, line);
  }
  return {
    count: () => byKey.size,
    get: (key) => byKey.get(key),
    of: (notebook, device) => byChain.get(chainName(notebook, device)) ?? [],
    set: (line) => {
      const known = byKey.has(line.key);
      byKey.set(line.key, line);
      if (line.leaving) leaving.set(line.key, line);
      else leaving.delete(line.key);
      if (line.standing === "forked") return;
      const name = chainName(line.notebook, line.device);
      const chain = byChain.get(name) ?? [];
      byChain.set(name, chain);
      if (known) chain[line.seq - 1] = line;
      else chain.push(line);
    },
    leaving: () => [...leaving.values()],
  };
};
