import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { refuseWith } from "./requests.ts";

/**
 * One database, opened on first use. Whoever closed it has closed it for good; whatever else closed it (the browser,
 * a newer Twofold), it is opened anew.
 */
export type Access<Schema extends DBSchema> = {
  readonly use: <Value>(
    work: (db: IDBPDatabase<Schema>) => Promise<Value>,
  ) => Promise<Result<Value, StoreCode>>;
  readonly close: () => Promise<void>;
};

export const createAccess = <Schema extends DBSchema>(
  database: string,
  layOut: (db: IDBPDatabase<Schema>) => void,
): Access<Schema> => {
  let closed = false;
  let opening: Promise<IDBPDatabase<Schema>> | undefined;

  const forget = () => {
    opening = undefined;
  };
  const open = async (): Promise<IDBPDatabase<Schema>> =>
    openDB<Schema>(database, 1, {
      upgrade: layOut,
      blocking: (_current, _next, event) => {
        forget();
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: forget,
    });

  return {
    use: async (work) => {
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
