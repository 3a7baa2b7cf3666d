import { accept, type Result } from "../base/result.ts";
import { volumeLimit } from "../ledger/volumes.ts";
import type { LedgerStores, StoreCode } from "../ledger/stores.ts";
import type { BackedUp, BackupRecord } from "./records.ts";

export type GatherParts = {
  readonly madeAt: number;
  /** Of a journal; my room has none. */
  readonly keyring: Uint8Array | undefined;
  /**
   * In this order. Danger: what is shared goes from the kept ledger to the carried one, so kept comes first: the
   * other way round a page could be missing in both.
   */
  readonly ledgers: readonly (readonly [BackedUp, Pick<LedgerStores, "volumes" | "chunks">])[];
};

/**
 * Everything, as it lies in the stores, one volume in memory at a time. Of what is written meanwhile a part may come
 * along: a ledger without its newest messages is a whole one. Photos last: their pieces are there before the page
 * that names them.
 */
export const gather = async function* ({
  madeAt,
  keyring,
  ledgers,
}: GatherParts): AsyncGenerator<Result<BackupRecord, StoreCode>, void, undefined> {
  yield accept({ type: "manifest", madeAt });
  if (keyring !== undefined) yield accept({ type: "keyring", content: keyring });
  let envelopes = 0;
  let chunks = 0;
  for (const [ledger, { volumes }] of ledgers) {
    const numbers = await volumes.list();
    if (!numbers.ok) return yield numbers;
    for (const number of numbers.value) {
      const opened = await volumes.open(number);
      if (!opened.ok) return yield opened;
      const volume = opened.value;
      try {
        yield accept({ type: "volume", ledger, number });
        for (const key of [...volume.keys()]) {
          const envelope = volume.get(key);
          // Withdrawn meanwhile.
          if (envelope === undefined) continue;
          envelopes += 1;
          yield accept({ type: "envelope", envelope, own: volume.ownMark(key) });
        }
      } finally {
        await volume.close();
      }
    }
  }
  for (const [ledger, { chunks: store }] of ledgers) {
    const names = await store.names();
    if (!names.ok) return yield names;
    for (const name of names.value) {
      const bytes = await store.get(name);
      if (!bytes.ok) return yield bytes;
      if (bytes.value === undefined) continue;
      chunks += 1;
      yield accept({ type: "chunk", ledger, name, bytes: bytes.value });
    }
  }
  yield accept({ type: "end", envelopes, chunks });
};

/** About how many bytes that will be: for a progress bar, without reading any of it. */
export const estimate = async (ledgers: GatherParts["ledgers"]): Promise<number> => {
  let bytes = 0;
  for (const [, { volumes, chunks }] of ledgers) {
    const numbers = await volumes.list();
    const newest = numbers.ok ? numbers.value.at(-1) : undefined;
    if (numbers.ok && newest !== undefined) {
      bytes += (numbers.value.length - 1) * volumeLimit;
      const volume = await volumes.open(newest);
      if (volume.ok) {
        bytes += volume.value.size();
        await volume.value.close();
      }
    }
    const names = await chunks.names();
    if (names.ok) bytes += names.value.size * usualChunk;
  }
  return bytes;
};

const usualChunk = 65_536;
