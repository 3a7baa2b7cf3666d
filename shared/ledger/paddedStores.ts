import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { accept, type Result } from "../base/result.ts";
import { createPaddedCache } from "./paddedCache.ts";
import { openChest } from "./paddedChest.ts";
import { createPaddedChunks } from "./paddedChunks.ts";
import { createPaddedVolumes } from "./paddedVolumes.ts";
import type { DrawerStore, LedgerStores, StoreCode } from "./stores.ts";

export type PaddedParts = {
  readonly store: DrawerStore;
  /** 32 bytes, made from the room's master key for this alone. */
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

/**
 * My room's volumes, page cache and photos as any other ledger's, all of them in the room's drawers: what is listed
 * and read through them is the room's own, fillers never show.
 */
export type PaddedStores = LedgerStores & {
  /** Writes what the cache is behind and lets go of the disk. After everything that was opened here has closed. */
  readonly leave: () => Promise<void>;
};

export const openPaddedStores = async (
  parts: PaddedParts,
): Promise<Result<PaddedStores, StoreCode>> => {
  const opened = await openChest(parts);
  if (!opened.ok) return opened;
  const chest = opened.value;
  const cache = createPaddedCache(chest, parts.clock);
  return accept({
    volumes: createPaddedVolumes({
      chest,
      alongRemoval: cache.anew,
      onTrouble: parts.onTrouble,
    }),
    cache: cache.store,
    chunks: createPaddedChunks(chest),
    leave: async () => {
      cache.stop();
      const flushed = await cache.flush();
      if (!flushed.ok) parts.onTrouble(flushed.code);
      await chest.close();
    },
  });
};
