import { parseUpdateMeta } from "yjs";
import { equalBytes } from "../../shared/base/bytes.ts";
import type { Result } from "../../shared/base/result.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { customStore, updatesStore } from "./inspectVolume.ts";
import { inTransaction } from "./requests.ts";

/**
 * Waits for what y-indexeddb has under way, looks whether `updates` are on the disk, and writes those
 * that are not (y-indexeddb does not say when a write of its own was lost). Accepted with the key of the
 * last record, once a strict transaction that saw or wrote all of them has completed.
 *
 * It comes after y-indexeddb's transactions because their scopes overlap and IndexedDB keeps the order
 * in which they were made. It always writes something: an engine may skip the flush of a transaction
 * that changed nothing, and the flush is the point.
 */
export const confirmSaved = (
  db: IDBDatabase,
  updates: readonly Uint8Array[],
  lastKey: number,
): Promise<Result<number, StoreCode>> =>
  inTransaction(db, [updatesStore, customStore], "readwrite", (transaction) => {
    const store = transaction.objectStore(updatesStore);
    const since = IDBKeyRange.lowerBound(lastKey, true);
    const keys = store.getAllKeys(since);
    const records: IDBRequest<unknown[]> = store.getAll(since);
    let last = lastKey;
    const see = (key: IDBValidKey) => {
      if (typeof key === "number") last = Math.max(last, key);
    };
    records.addEventListener("success", () => {
      keys.result.forEach(see);
      for (const update of updates) {
        if (isAmong(records.result, update)) continue;
        const added = store.add(update);
        added.addEventListener("success", () => see(added.result));
      }
      transaction.objectStore(customStore).put(last, "confirmed");
    });
    return () => last;
  });

/** The update itself, or a merged state (y-indexeddb merges after 500 records) that reaches around it. */
const isAmong = (records: readonly unknown[], update: Uint8Array): boolean => {
  const readable = records.filter((record) => record instanceof Uint8Array);
  return (
    readable.some((record) => equalBytes(record, update)) ||
    readable.some((record) => reachesAround(record, update))
  );
};

/**
 * Writers' clocks only, which is enough: what is put deletes nothing (removals are confirmed by compactVolume.ts),
 * and one computer's updates of one writer have no gaps.
 */
const reachesAround = (state: Uint8Array, update: Uint8Array): boolean => {
  if (state.length < update.length) return false;
  const inner = parseUpdateMeta(update);
  const outer = parseUpdateMeta(state);
  return [...inner.to].every(
    ([writer, end]) =>
      (outer.to.get(writer) ?? 0) >= end &&
      (outer.from.get(writer) ?? Infinity) <= (inner.from.get(writer) ?? 0),
  );
};
