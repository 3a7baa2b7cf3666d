import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { ChunkStore, StoreCode } from "../../shared/ledger/stores.ts";
import { refuseWith } from "./requests.ts";
import type { ReportStorage } from "./storageReport.ts";

export type ChunkStoreParts = { readonly database: string; readonly report: ReportStorage };

/** Opens on first use, and again after the browser has closed the database. */
export const createChunkStore = ({ database, report }: ChunkStoreParts): ChunkStore => {
  const access = createAccess(database);
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
type ChunkDatabase = IDBPDatabase<ChunkSchema>;

/** As for the cache (cache.ts): whoever closed is closed for good, whatever else closed it is opened anew. */
const createAccess = (database: string) => {
  let closed = false;
  let opening: Promise<ChunkDatabase> | undefined;

  const forget = () => {
    opening = undefined;
  };
  const open = (): Promise<ChunkDatabase> =>
    openDB<ChunkSchema>(database, 1, {
      upgrade: (db) => {
        db.createObjectStore(section);
      },
      blocking: (_current, _next, event) => {
        forget();
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: forget,
    });

  return {
    use: async <Value>(
      work: (db: ChunkDatabase) => Promise<Value>,
    ): Promise<Result<Value, StoreCode>> => {
      if (closed) return refuse("STORE_CLOSED");
      const mine = (opening ??= open());
      try {
        return accept(await work(await mine));
      } catch (error) {
        const refused = refuseWith(error);
        const opened = await mine.then(
          () => true,
          () => false,
        );
        if ((refused.code === "STORE_CLOSED" || !opened) && opening === mine) forget();
        return refused;
      }
    },
    close: async () => {
      closed = true;
      const db = await opening?.catch(() => undefined);
      db?.close();
    },
  };
};
