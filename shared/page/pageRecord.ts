import { concatBytes, readU32, readUtf8, u32, utf8 } from "../base/bytes.ts";
import type { DeviceId, NotebookId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { ChunkName } from "./photo.ts";

/**
 * What the page cache keeps of a page: the merged state of every admitted update, and the facts that the
 * guard and the cards need. Derived from the ledger, sealed on disk.
 */
export type PageRecord = {
  readonly owner: DeviceId;
  readonly notebook: NotebookId;
  /** Yjs client ids by device, bound on first use. */
  readonly hands: readonly (readonly [number, DeviceId])[];
  /** The writer's clock at the first and the latest change of words, ms. */
  readonly writtenAt: number;
  readonly changedAt: number | undefined;
  /** Its writer has withdrawn it, ms: `state` holds no words any more, and none are taken in. */
  readonly withdrawnAt: number | undefined;
  /** The writer's clock cannot have been right. */
  readonly dateDoubtful: boolean;
  /** Updates that broke a rule and were never applied. */
  readonly whitedOut: number;
  readonly gone: boolean;
  /** Some of its words are here only because the partner's copy brought them back. */
  readonly cameBack: boolean;
  /** Of every photo that was ever among the words: an earlier version may still show it. */
  readonly named: readonly ChunkName[];
  /** Yjs state as one update. */
  readonly state: Uint8Array;
};

export const encodeRecord = ({ state, ...facts }: PageRecord): Uint8Array => {
  const head = utf8(JSON.stringify(facts));
  return concatBytes(u32(head.length), head, state);
};

/** The bytes were sealed by us: anything else than our own form is a damaged cache. */
export const decodeRecord = (bytes: Uint8Array): Result<PageRecord, "CACHE_DAMAGED"> => {
  if (bytes.length < 4) return refuse("CACHE_DAMAGED");
  const length = readU32(bytes, 0);
  const head = readUtf8(bytes.subarray(4, 4 + length));
  if (!head.ok || bytes.length < 4 + length) return refuse("CACHE_DAMAGED");
  const facts = parseJson<Omit<PageRecord, "state">>(head.value);
  return facts.ok
    ? accept({
        ...facts.value,
        changedAt: facts.value.changedAt,
        withdrawnAt: facts.value.withdrawnAt,
        cameBack: facts.value.cameBack ?? false,
        named: facts.value.named ?? [],
        state: bytes.slice(4 + length),
      })
    : facts;
};

/** For values this app sealed itself; the seal vouches for the shape. */
export const parseJson = <Value>(text: string): Result<Value, "CACHE_DAMAGED"> => {
  try {
    return accept(JSON.parse(text) as Value);
  } catch {
    return refuse("CACHE_DAMAGED");
  }
};
