import type { LedgerStores, Stores } from "../../shared/ledger/stores.ts";
import { createCacheStore } from "./cache.ts";
import { cacheName, type LedgerName } from "./names.ts";
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
  });
  return {
    kept: openLedger("kept"),
    carried: openLedger("carried", `${prefix}.${carried}`),
    room: openLedger("room"),
  };
};
