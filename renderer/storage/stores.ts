import type { LedgerStores, Stores } from "../../shared/ledger/stores.ts";
import { createCacheStore } from "./cache.ts";
import { createChunkStore } from "./chunks.ts";
import { createDrawerStore, deleteDatabases } from "./drawers.ts";
import { cacheName, chunksName, drawersName, volumeName, type LedgerName } from "./names.ts";
import { watchOwnRejections } from "./ownRejections.ts";
import type { ReportStorage } from "./storageReport.ts";
import { createVolumeStore } from "./volumes.ts";

export type StoresParts = {
  /** One a profile, such as `twofold` or `twofold.anna`. */
  readonly prefix: string;
  /** Keeps the carried ledgers of two pairings apart; letters and digits. */
  readonly carried: string;
  readonly report: ReportStorage;
};

/** Touches no disk yet; databases are opened as they are used. */
export const openStores = ({ prefix, carried, report }: StoresParts): Stores => {
  const rejections = watchOwnRejections();
  const openLedger = (ledger: LedgerName, start = prefix): LedgerStores => ({
    volumes: createVolumeStore({ prefix: start, ledger, report, rejections }),
    cache: createCacheStore({ database: cacheName(start, ledger), report }),
    chunks: createChunkStore({ database: chunksName(start, ledger), report }),
  });
  const room = openLedger("room");
  return {
    kept: openLedger("kept"),
    carried: openLedger("carried", `${prefix}.${carried}`),
    drawers: createDrawerStore(drawersName(prefix)),
    room: {
      ...room,
      discard: async () => {
        const volumes = await room.volumes.list();
        return volumes.ok
          ? deleteDatabases([
              ...volumes.value.map((number) => volumeName(prefix, "room", number)),
              cacheName(prefix, "room"),
              chunksName(prefix, "room"),
            ])
          : volumes;
      },
    },
  };
};
