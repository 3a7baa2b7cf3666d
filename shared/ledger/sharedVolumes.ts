import { accept, refuse } from "../base/result.ts";
import type { VolumeStore } from "./stores.ts";

/**
 * The same volumes for a ledger and for whoever reads beside it (a backup): each closes what it opened, and the
 * volume itself closes with the last of them. Without this, a reader that is done would close the ledger's own.
 */
export const shareVolumes = (store: VolumeStore): VolumeStore => {
  const holders = new Map<number, number>();
  const count = (volume: number, change: 1 | -1): number => {
    const now = (holders.get(volume) ?? 0) + change;
    holders.set(volume, now);
    return now;
  };
  return {
    list: store.list,
    open: async (number) => {
      count(number, 1);
      const opened = await store.open(number);
      if (!opened.ok) {
        count(number, -1);
        return opened;
      }
      const volume = opened.value;
      let held = true;
      return accept({
        ...volume,
        put: async (entries) => (held ? volume.put(entries) : refuse("STORE_CLOSED")),
        remove: async (keys) => (held ? volume.remove(keys) : refuse("STORE_CLOSED")),
        close: async () => {
          if (!held) return;
          held = false;
          if (count(number, -1) === 0) await volume.close();
        },
      });
    },
  };
};
