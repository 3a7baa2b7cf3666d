import { accept, refuse, type Result } from "../base/result.ts";
import type { Envelope, EnvelopeKey } from "../envelope/envelope.ts";
import type { SealedCache } from "./sealedCache.ts";
import type { StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

export type Found = {
  readonly key: EnvelopeKey;
  readonly envelope: Envelope;
  readonly own: Uint8Array | undefined;
};

/** Takes in what one volume holds beyond the index. Returns what could not be read, as codes. */
export type TakeIn = (
  found: readonly Found[],
  volume: number,
) => Promise<Result<void, StoreCode | "CACHE_DAMAGED">>;

/**
 * After a start: a process killed between the volume and the index leaves envelopes that only the newest
 * volume can hold, since a new one begins only when the index is complete. With an empty index (first start,
 * or a cache made anew) every volume is read, oldest first, one at a time; twice where there is a survey, which
 * sees all of it before anything is taken in.
 */
export const replayUnknown = async (
  volumes: Volumes,
  knows: (key: EnvelopeKey) => boolean,
  everything: boolean,
  takeIn: TakeIn,
  before?: {
    readonly survey: (found: readonly Found[], volume: number) => void;
    readonly surveyed: () => void;
  },
): Promise<Result<void, StoreCode | "CACHE_DAMAGED">> => {
  const numbers = everything ? volumes.numbers() : [volumes.newest()];
  const each = async (see: TakeIn): Promise<Result<void, StoreCode | "CACHE_DAMAGED">> => {
    for (const number of numbers) {
      const volume = await volumes.open(number);
      if (!volume.ok) return volume;
      const found: Found[] = [];
      for (const key of volume.value.keys()) {
        const envelope = volume.value.get(key);
        if (!knows(key) && envelope !== undefined)
          found.push({ key, envelope, own: volume.value.ownMark(key) });
      }
      const seen = await see(found, number);
      if (!seen.ok) return seen;
    }
    return accept(undefined);
  };
  if (before !== undefined) {
    const surveyed = await each(async (found, volume) => accept(before.survey(found, volume)));
    if (!surveyed.ok) return surveyed;
    before.surveyed();
  }
  return each(takeIn);
};

/** A cache that cannot be read is emptied once and made anew from the volumes; the volumes are never touched. */
export const startOrRebuild = async (
  start: (everything: boolean) => Promise<Result<void, StoreCode | "CACHE_DAMAGED">>,
  cache: SealedCache,
  onTrouble: (code: string) => void,
): Promise<Result<void, StoreCode>> => {
  const first = await start(false);
  if (first.ok) return first;
  if (first.code !== "CACHE_DAMAGED") return refuse(first.code);
  onTrouble("CACHE_DAMAGED");
  const cleared = await cache.clear();
  if (!cleared.ok) return cleared;
  const second = await start(true);
  if (second.ok) return second;
  return refuse(second.code === "CACHE_DAMAGED" ? "STORE_FAILED" : second.code);
};
