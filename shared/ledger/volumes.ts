import { accept, type Result } from "../base/result.ts";
import type { EnvelopeKey } from "../envelope/envelope.ts";
import type { StoreCode, Volume, VolumeEntry, VolumeStore } from "./stores.ts";

/**
 * Bytes of envelopes after which a new volume begins (PROTOCOL §8). Every start reads the newest one three times over
 * and writes it once (volumes.ts of the renderer, y-indexeddb): at 8 MiB that was a third of a second for each ledger.
 */
export const volumeLimit = 2 * 1024 * 1024;

/**
 * The volumes of one ledger, written at the newest and read anywhere. Not for concurrent calls: the ledger
 * queues them.
 */
export type Volumes = {
  readonly numbers: () => readonly number[];
  readonly newest: () => number;
  /**
   * Adds to the newest volume, or to a new one where `roll` allows it and they do not fit any more; "always": to a
   * new one in any case, so that they are read after all that is there. Answers which.
   * After a refusal, the same call again tries again.
   */
  readonly add: (entries: readonly VolumeEntry[], roll: Roll) => Promise<Result<number, StoreCode>>;
  readonly open: (volume: number) => Promise<Result<Volume, StoreCode>>;
  /** For good; the same call again tries again. */
  readonly remove: (
    volume: number,
    keys: readonly EnvelopeKey[],
  ) => Promise<Result<void, StoreCode>>;
  readonly close: () => Promise<void>;
};

export type Roll = "never" | "whenFull" | "always";

/** Older volumes in memory at one time. */
const mostOpen = 2;

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

  const open = async (volume: number): Promise<Result<Volume, StoreCode>> => {
    if (volume === current.number) return accept(current);
    const known = older.get(volume);
    if (known !== undefined) return accept(known);
    for (const [number, oldest] of older) {
      if (older.size < mostOpen) break;
      older.delete(number);
      await oldest.close();
    }
    const opened = await store.open(volume);
    if (!opened.ok) return opened;
    older.set(volume, opened.value);
    return opened;
  };

  return accept({
    numbers: () => numbers,
    newest,
    add: async (entries, rolling) => {
      const size = current.size();
      const full =
        size > 0 && size + sizeOf(entries.filter(({ key }) => !current.has(key))) > volumeLimit;
      if (rolling === "always" ? size > 0 : rolling === "whenFull" && full) {
        const rolled = await roll();
        if (!rolled.ok) return rolled;
      }
      const put = await current.put(entries);
      return put.ok ? accept(current.number) : put;
    },
    open,
    remove: async (volume, keys) => {
      const opened = await open(volume);
      return opened.ok ? opened.value.remove(keys) : opened;
    },
    close: async () => {
      for (const volume of older.values()) await volume.close();
      older.clear();
      await current.close();
    },
  });
};

const sizeOf = (entries: readonly VolumeEntry[]): number =>
  entries.reduce((sum, { envelope }) => sum + envelope.length, 0);
