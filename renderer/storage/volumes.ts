import { IndexeddbPersistence } from "y-indexeddb";
import type { Doc } from "yjs";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { StoreCode, Volume, VolumeStore } from "../../shared/ledger/stores.ts";
import { customStore, inspectVolume, updatesStore } from "./inspectVolume.ts";
import { volumeName, volumeNumber, type LedgerName } from "./names.ts";
import type { OwnRejections } from "./ownRejections.ts";
import { inTransaction, refuseWith } from "./requests.ts";
import type { ReportStorage } from "./storageReport.ts";
import type { Connection } from "./saver.ts";
import { openVolume } from "./volume.ts";

export type VolumeStoreParts = {
  readonly prefix: string;
  readonly ledger: LedgerName;
  readonly report: ReportStorage;
  readonly rejections: OwnRejections;
};

/** The only user of y-indexeddb, which stays as it is and uses the page's own `indexedDB`. */
export const createVolumeStore = (parts: VolumeStoreParts): VolumeStore => {
  const { prefix, ledger, report } = parts;
  const opened = new Map<number, Promise<Result<Volume, StoreCode>>>();
  const closing = new Map<number, Promise<void>>();

  const open = async (number: number): Promise<Result<Volume, StoreCode>> => {
    await closing.get(number);
    const database = volumeName(prefix, ledger, number);
    const volume = await openVolume({
      number,
      connect: (doc) => connect(database, doc, parts),
      onSkipped: (count) => report({ code: "NOT_AN_ENVELOPE", database, count }),
      onGap: () => report({ code: "GAP", database, count: 1 }),
      onClosing: (closed) => {
        opened.delete(number);
        closing.set(number, closed);
      },
    });
    if (!volume.ok) opened.delete(number);
    return volume;
  };

  return {
    list: async () => {
      try {
        const names = (await indexedDB.databases()).map(({ name }) => name);
        const numbers = names.map((name) => volumeNumber(name, prefix, ledger));
        const known = numbers.filter((number) => number !== undefined);
        return accept(known.sort((one, other) => one - other));
      } catch (error) {
        return refuseWith(error);
      }
    },
    open: (number) => {
      if (!Number.isSafeInteger(number) || number < 1) throw new RangeError("volumes count from 1");
      const volume = opened.get(number) ?? open(number);
      opened.set(number, volume);
      return volume;
    },
  };
};

const connect = async (
  database: string,
  doc: Doc,
  { report, rejections }: VolumeStoreParts,
): Promise<Result<Connection, StoreCode>> => {
  const inspected = await inspectVolume(database, report);
  if (!inspected.ok) return inspected;
  const persistence = new IndexeddbPersistence(database, doc);
  const { _db: opening } = persistence;
  const opened = await opening.then(accept, (reason: unknown) => {
    rejections.own(reason);
    return refuseWith(reason);
  });
  if (!opened.ok) {
    await persistence.destroy().catch(rejections.own);
    return opened;
  }
  const db = opened.value;
  // Nothing has awaited since: the listeners stand before y-indexeddb's first request can end.
  const connection = holdConnection(persistence, db, rejections);
  const loaded = await untilLoaded(db);
  if (!loaded.ok || !persistence.synced) {
    await connection.close();
    return loaded.ok ? refuse("STORE_FAILED", "not loaded") : loaded;
  }
  return accept({ ...connection, lastKey: inspected.value });
};

/** y-indexeddb loads in the connection's first transaction; this one comes after it. */
const untilLoaded = (db: IDBDatabase): Promise<Result<void, StoreCode>> =>
  inTransaction(db, [updatesStore], "readonly", (transaction) => {
    transaction.objectStore(updatesStore).count();
    return () => undefined;
  });

const holdConnection = (
  persistence: IndexeddbPersistence,
  db: IDBDatabase,
  rejections: OwnRejections,
) => {
  let ended: Promise<void> | undefined;
  /** Detaches y-indexeddb from the document and stops its timer; both would throw on a lost connection. */
  const end = (): Promise<void> => {
    ended ??= persistence.destroy().catch(rejections.own);
    return ended;
  };
  const lose = () => {
    rejections.connectionLost();
    void end();
  };
  // Every error passes here first, on its way down to the request, and goes no further: lib0 would turn it
  // into the rejection of a promise that y-indexeddb has dropped. Transactions still abort as they should.
  db.addEventListener("error", (event) => event.stopPropagation(), { capture: true });
  db.addEventListener("close", lose);
  db.addEventListener("versionchange", lose);
  return {
    db,
    isOpen: () => {
      if (ended === undefined && !takesTransactions(db)) lose();
      return ended === undefined;
    },
    close: end,
  };
};

/** A browser may close a connection before it says so. */
const takesTransactions = (db: IDBDatabase): boolean => {
  try {
    db.transaction([customStore], "readonly");
    return true;
  } catch {
    return false;
  }
};
