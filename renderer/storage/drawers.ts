import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { DrawerStore, StoreCode } from "../../shared/ledger/stores.ts";
import { inTransaction, refuseWith, settled } from "./requests.ts";

const store = "drawers";

/**
 * One object store, contents under their labels, and no log: whatever was written when, at any moment it holds records
 * of one form and nothing else. Opens on first use, and again after the browser has closed the database.
 */
export const createDrawerStore = (database: string): DrawerStore => {
  let opening: Promise<Result<IDBDatabase, StoreCode>> | undefined;
  let closed = false;

  const open = async (): Promise<Result<IDBDatabase, StoreCode>> => {
    const opened = await openDatabase(database);
    if (!opened.ok) {
      opening = undefined;
      return opened;
    }
    const db = opened.value;
    const lose = (): void => {
      db.close();
      opening = undefined;
    };
    db.addEventListener("close", lose);
    db.addEventListener("versionchange", lose);
    return opened;
  };

  const use = async <Value>(
    mode: "readonly" | "readwrite",
    work: (drawers: IDBObjectStore, transaction: IDBTransaction) => () => Value,
  ): Promise<Result<Value, StoreCode>> => {
    if (closed) return refuse("STORE_CLOSED");
    opening ??= open();
    const db = await opening;
    if (!db.ok) return db;
    const done = await inTransaction(db.value, [store], mode, (transaction) =>
      work(transaction.objectStore(store), transaction),
    );
    if (!done.ok && done.code === "STORE_CLOSED") opening = undefined;
    return done;
  };

  return {
    count: () =>
      use("readonly", (drawers) => {
        const count = drawers.count();
        return () => count.result;
      }),
    labels: () =>
      use("readonly", (drawers) => {
        const keys = drawers.getAllKeys();
        return () => keys.result.filter((key) => typeof key === "string");
      }),
    read: (labels) =>
      labels.length === 0
        ? Promise.resolve(accept([]))
        : use("readonly", (drawers) => {
            const requests: readonly IDBRequest<unknown>[] = labels.map((key) => drawers.get(key));
            return () =>
              requests.map(({ result }) => (result instanceof Uint8Array ? result : undefined));
          }),
    swap: (out, into) =>
      use("readwrite", (drawers, transaction) => {
        for (const label of out) {
          const there = drawers.getKey(label);
          there.addEventListener("success", () => {
            if (there.result === undefined) transaction.abort();
          });
          drawers.delete(label);
        }
        for (const { label, content } of into) drawers.add(content, label);
        return () => undefined;
      }),
    close: async () => {
      closed = true;
      const db = await opening;
      if (db?.ok === true) db.value.close();
    },
  };
};

const openDatabase = (database: string): Promise<Result<IDBDatabase, StoreCode>> => {
  try {
    const request = indexedDB.open(database, 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(store));
    return settled(request);
  } catch (error) {
    return Promise.resolve(refuseWith(error));
  }
};

/** For good, with all that is in them; nothing of them may be open. */
export const deleteDatabases = async (
  databases: readonly string[],
): Promise<Result<void, StoreCode>> => {
  for (const database of databases) {
    try {
      const deleted = await settled(indexedDB.deleteDatabase(database));
      if (!deleted.ok) return deleted;
    } catch (error) {
      return refuseWith(error);
    }
  }
  return accept(undefined);
};
