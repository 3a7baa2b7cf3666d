import type { DBSchema } from "idb";
import type { ChunkStore } from "../../shared/ledger/stores.ts";
import { createAccess } from "./access.ts";
import type { ReportStorage } from "./storageReport.ts";

export type ChunkStoreParts = { readonly database: string; readonly report: ReportStorage };

/** Opens on first use, and again after the browser has closed the database. */
export const createChunkStore = ({ database, report }: ChunkStoreParts): ChunkStore => {
  const access = createAccess<ChunkSchema>(database, (db) => {
    db.createObjectStore(section);
  });
  return {
    put: (chunks) =>
      access.use(async (db) => {
        if (chunks.length === 0) return;
        const transaction = db.transaction(section, "readwrite", { durability: "strict" });
        await Promise.all([
          ...chunks.map(({ name, bytes }) => transaction.store.put(bytes, name)),
          transaction.done,
        ]);
      }),
    get: (name) =>
      access.use(async (db) => {
        const value = await db.get(section, name);
        if (value === undefined || value instanceof Uint8Array) return value;
        report({ code: "NOT_A_CHUNK", database, count: 1 });
        return undefined;
      }),
    names: () =>
      access.use(async (db) => {
        const keys: readonly unknown[] = await db.getAllKeys(section);
        return new Set(keys.filter((key) => typeof key === "string"));
      }),
    remove: (names) =>
      access.use(async (db) => {
        const gone = [...names];
        if (gone.length === 0) return;
        const transaction = db.transaction(section, "readwrite", { durability: "strict" });
        await Promise.all([
          ...gone.map((name) => transaction.store.delete(name)),
          transaction.done,
        ]);
      }),
    close: access.close,
  };
};

const section = "chunks";

interface ChunkSchema extends DBSchema {
  readonly chunks: { readonly key: string; readonly value: unknown };
}
