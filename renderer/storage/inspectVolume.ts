import { applyUpdate, Doc } from "yjs";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { inTransaction, refuseWith, settled } from "./requests.ts";
import type { ReportStorage } from "./storageReport.ts";

/** y-indexeddb's own layout. */
export const updatesStore = "updates";
export const customStore = "custom";

/**
 * Looks through a volume's database before y-indexeddb does, because y-indexeddb neither reports an
 * unreadable record nor gets past it. Such records move to the `custom` store, nothing is deleted.
 * Makes the database where there is none. Gives the key of the last record (0: none).
 */
export const inspectVolume = async (
  name: string,
  report: ReportStorage,
): Promise<Result<number, StoreCode>> => {
  const opened = await openVolumeDatabase(name);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    if (![updatesStore, customStore].every((store) => db.objectStoreNames.contains(store))) {
      return refuse("STORE_FAILED", "not a volume");
    }
    const records = await readRecords(db);
    if (!records.ok) return records;
    const damaged = findDamaged(records.value);
    if (damaged.length > 0) {
      const moved = await setAside(db, damaged);
      if (!moved.ok) return moved;
      report({ code: "DAMAGED_RECORD", database: name, count: damaged.length });
    }
    const keys = records.value.map(({ key }) => key).filter((key) => typeof key === "number");
    return accept(keys.reduce((last, key) => Math.max(last, key), 0));
  } finally {
    db.close();
  }
};

const openVolumeDatabase = (name: string): Promise<Result<IDBDatabase, StoreCode>> => {
  try {
    const request = indexedDB.open(name);
    request.addEventListener("upgradeneeded", () => {
      request.result.createObjectStore(updatesStore, { autoIncrement: true });
      request.result.createObjectStore(customStore);
    });
    request.addEventListener("success", () => {
      const db = request.result;
      db.addEventListener("versionchange", () => db.close());
    });
    return settled(request);
  } catch (error) {
    return Promise.resolve(refuseWith(error));
  }
};

type StoredRecord = { readonly key: IDBValidKey; readonly value: unknown };

const readRecords = (db: IDBDatabase): Promise<Result<readonly StoredRecord[], StoreCode>> =>
  inTransaction(db, [updatesStore], "readonly", (transaction) => {
    const store = transaction.objectStore(updatesStore);
    const keys = store.getAllKeys();
    const values: IDBRequest<unknown[]> = store.getAll();
    return () => keys.result.map((key, index) => ({ key, value: values.result[index] }));
  });

/** Applied one after the other to a document of their own, as y-indexeddb will. */
const findDamaged = (records: readonly StoredRecord[]): readonly StoredRecord[] => {
  const scratch = new Doc();
  const damaged = records.filter(
    ({ key, value }) => typeof key !== "number" || !isReadable(scratch, value),
  );
  scratch.destroy();
  return damaged;
};

const isReadable = (scratch: Doc, value: unknown): boolean => {
  if (!(value instanceof Uint8Array)) return false;
  try {
    applyUpdate(scratch, value);
    return true;
  } catch {
    return false;
  }
};

const setAside = (
  db: IDBDatabase,
  damaged: readonly StoredRecord[],
): Promise<Result<void, StoreCode>> =>
  inTransaction(db, [updatesStore, customStore], "readwrite", (transaction) => {
    for (const { key, value } of damaged) {
      transaction.objectStore(customStore).put(value, ["damaged", key]);
      transaction.objectStore(updatesStore).delete(key);
    }
    return () => undefined;
  });
