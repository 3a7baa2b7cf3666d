import { accept, type Result } from "../base/result.ts";
import type { StoreCode, Volume, VolumeEntry, VolumeStore } from "./stores.ts";

/** Bytes of envelopes after which a new volume begins (PROTOCOL §8). */
export const volumeLimit = 8 * 1024 * 1024;

/**
 * The volumes of one ledger, written at the newest and read anywhere. Not for concurrent calls: the ledger
 * queues them.
 */
export type Volumes = {
  readonly numbers: () => readonly number[];
  readonly newest: () => number;
  /**
   * Adds to the newest volume, or to a new one where `mayRoll` and the newest is full. Answers which.
   * After a refusal, the same call again tries again in the same place.
   */
  readonly add: (
    entries: readonly VolumeEntry[],
    mayRoll: boolean,
  ) => Promise<Result<number, StoreCode>>;
  readonly open: (volume: number) => Promise<Result<Volume, StoreCode>>;
  readonly close: () => Promise<void>;
};

export const openVolumes = async (store: VolumeStore): Promise<Result<Volumes, StoreCode>> => {
  const listed = await store.list();
  if (!listed.ok) return listed;
  const numbers = listed.value.length > 0 ? [...listed.value] : [1];
  const newest = (): number => numbers.at(-1) ?? 1;
  const first = await store.open(newest());
  if (!first.ok) return first;
  let current = first.value;
  const older = new Map<number, Volume>();

  const roll = async (): Promise<Result<void, StoreCode>> => {
    const opened = await store.open(newest() + 1);
    if (!opened.ok) return opened;
    await current.close();
    current = opened.value;
    numbers.push(current.number);
    return accept(undefined);
  };

  return accept({
    numbers: () => numbers,
    newest,
    add: async (entries, mayRoll) => {
      if (mayRoll && current.size() >= volumeLimit) {
        const rolled = await roll();
        if (!rolled.ok) return rolled;
      }
      const put = await current.put(entries);
      return put.ok ? accept(current.number) : put;
    },
    open: async (volume) => {
      if (volume === current.number) return accept(current);
      const known = older.get(volume);
      if (known !== undefined) return accept(known);
      const opened = await store.open(volume);
      if (opened.ok) older.set(volume, opened.value);
      return opened;
    },
    close: async () => {
      for (const volume of older.values()) await volume.close();
      older.clear();
      await current.close();
    },
  });
};
