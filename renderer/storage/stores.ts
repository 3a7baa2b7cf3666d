import { accept, type Result } from "../../shared/base/result.ts";
import type { LedgerStores, StoreCode, Stores } from "../../shared/ledger/stores.ts";
import { createCacheStore } from "./cache.ts";
import { belongsTo, cacheName, type LedgerName } from "./names.ts";
import { watchOwnRejections } from "./ownRejections.ts";
import { refuseWith, settled } from "./requests.ts";
import type { ReportStorage } from "./storageReport.ts";
import { createVolumeStore } from "./volumes.ts";

export type StoresParts = {
  /** One a profile, such as `twofold` or `twofold.anna`. */
  readonly prefix: string;
  readonly report: ReportStorage;
};

/** Touches no disk yet; databases are opened as they are used. */
export const openStores = ({ prefix, report }: StoresParts): Stores => {
  const rejections = watchOwnRejections();
  const openLedger = (ledger: LedgerName): LedgerStores => ({
    volumes: createVolumeStore({ prefix, ledger, report, rejections }),
    cache: createCacheStore({ database: cacheName(prefix, ledger), report }),
  });
  return { kept: openLedger("kept"), carried: openLedger("carried"), room: openLedger("room") };
};

/** Deletes everything of a profile, for good. Close its stores first; other pages' are closed by this. */
export const eraseStores = async (prefix: string): Promise<Result<void, StoreCode>> => {
  try {
    const databases = await indexedDB.databases();
    for (const { name } of databases) {
      if (name === undefined || !belongsTo(prefix, name)) continue;
      const deleted = await settled(indexedDB.deleteDatabase(name));
      if (!deleted.ok) return deleted;
    }
    return accept(undefined);
  } catch (error) {
    return refuseWith(error);
  }
};
