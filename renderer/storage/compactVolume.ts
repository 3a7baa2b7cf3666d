import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";
import type { Result } from "../../shared/base/result.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { customStore, updatesStore } from "./inspectVolume.ts";
import { inTransaction } from "./requests.ts";

/**
 * Puts one record in the place of all that y-indexeddb has logged, so that what was deleted from the document is on
 * the disk no more: the log keeps every insertion, and y-indexeddb itself merges only after 500 records. Accepted
 * with the new record's key, once one strict transaction has written it and deleted all before it; refused, the log
 * is as it was.
 *
 * What is already in the log counts too, not only `doc`: another window may have added to it. It comes after
 * y-indexeddb's own transactions for the reason that confirmSaved.ts gives, and what y-indexeddb writes later is
 * made from a document that has the deletion.
 */
export const compactVolume = (db: IDBDatabase, doc: Doc): Promise<Result<number, StoreCode>> =>
  inTransaction(db, [updatesStore, customStore], "readwrite", (transaction) => {
    const store = transaction.objectStore(updatesStore);
    const records: IDBRequest<unknown[]> = store.getAll();
    let last = 0;
    records.addEventListener("success", () => {
      const merged = mergeAll(doc, records.result);
      if (merged === undefined) return transaction.abort();
      const added = store.add(merged);
      added.addEventListener("success", () => {
        if (typeof added.result !== "number") return transaction.abort();
        last = added.result;
        store.delete(IDBKeyRange.upperBound(last, true));
        transaction.objectStore(customStore).put(last, "confirmed");
      });
    });
    return () => last;
  });

/**
 * What waits for something that has not come (a gap) is in the result as well. Yjs drops the contents of what is
 * deleted as it applies. Undefined where a record cannot be read: it is not ours to delete; the next opening sets it
 * aside.
 */
const mergeAll = (doc: Doc, records: readonly unknown[]): Uint8Array | undefined => {
  const merged = new Doc();
  try {
    for (const record of records) {
      if (!(record instanceof Uint8Array)) return undefined;
      applyUpdate(merged, record);
    }
    applyUpdate(merged, encodeStateAsUpdate(doc));
    return encodeStateAsUpdate(merged);
  } catch {
    return undefined;
  } finally {
    merged.destroy();
  }
};
