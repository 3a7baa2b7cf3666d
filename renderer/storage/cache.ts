import type { IDBPDatabase } from "idb";
import {
  cacheSections,
  type CacheChange,
  type CacheSection,
  type CacheStore,
} from "../../shared/ledger/stores.ts";
import { createAccess } from "./access.ts";
import type { ReportStorage } from "./storageReport.ts";

export type CacheParts = { readonly database: string; readonly report: ReportStorage };

/** Opens on first use, and again after the browser has closed the database: nothing in here is precious. */
export const createCacheStore = ({ database, report }: CacheParts): CacheStore => {
  const access = createAccess<CacheSchema>(database, (db) => {
    for (const section of cacheSections) db.createObjectStore(section);
  });
  const skip = (count: number) => {
    if (count > 0) report({ code: "NOT_A_CACHE_ENTRY", database, count });
  };
  return {
    readAll: (section) =>
      access.use(async (db) => {
        const transaction = db.transaction(section, "readonly");
        const [keys, values] = await Promise.all([
          transaction.store.getAllKeys(),
          transaction.store.getAll(),
          transaction.done,
        ]);
        const all = new Map<string, Uint8Array>();
        for (const [index, key] of keys.entries()) {
          const value: unknown = values[index];
          if (typeof key === "string" && value instanceof Uint8Array) all.set(key, value);
        }
        skip(keys.length - all.size);
        return all;
      }),
    read: (section, key) =>
      access.use(async (db) => {
        const transaction = db.transaction(section, "readonly");
        const [value]: [unknown, void] = await Promise.all([
          transaction.store.get(key),
          transaction.done,
        ]);
        if (value === undefined || value instanceof Uint8Array) return value;
        skip(1);
        return undefined;
      }),
    write: (changes) => access.use((db) => writeAll(db, changes)),
    clear: () =>
      access.use(async (db) => {
        const transaction = db.transaction([...cacheSections], "readwrite");
        await Promise.all([
          ...cacheSections.map((section) => transaction.objectStore(section).clear()),
          transaction.done,
        ]);
      }),
    close: access.close,
  };
};

type CacheSchema = Record<CacheSection, { key: string; value: unknown }>;

const writeAll = async (
  db: IDBPDatabase<CacheSchema>,
  changes: readonly CacheChange[],
): Promise<void> => {
  if (changes.length === 0) return;
  const sections = [...new Set(changes.map(({ section }) => section))];
  const transaction = db.transaction(sections, "readwrite", { durability: "relaxed" });
  const requests = changes.map(({ section, key, value }) => {
    const store = transaction.objectStore(section);
    return value === undefined ? store.delete(key) : store.put(value, key);
  });
  await Promise.all([...requests, transaction.done]);
};
