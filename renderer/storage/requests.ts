import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { storeCodeOf } from "./storeCode.ts";

/**
 * Runs `work` inside one transaction and resolves once the transaction has completed or aborted;
 * `work` returns how to read its outcome then. It is called synchronously, so requests may follow
 * from it and from their success handlers only.
 */
export const inTransaction = <Value>(
  db: IDBDatabase,
  stores: readonly string[],
  mode: "readonly" | "readwrite",
  work: (transaction: IDBTransaction) => () => Value,
): Promise<Result<Value, StoreCode>> =>
  new Promise((resolve) => {
    const give = (result: Result<Value, StoreCode>) => resolve(result);
    try {
      const transaction = db.transaction([...stores], mode, { durability: "strict" });
      const read = work(transaction);
      transaction.addEventListener("complete", () => give(accept(read())));
      transaction.addEventListener("abort", () => give(refuseWith(transaction.error)));
      db.addEventListener("close", () => give(refuse("STORE_CLOSED")), { once: true });
    } catch (error) {
      give(refuseWith(error));
    }
  });

/** For requests that stand outside of a transaction: opening and deleting databases. */
export const settled = <Value>(request: IDBRequest<Value>): Promise<Result<Value, StoreCode>> =>
  new Promise((resolve) => {
    request.addEventListener("success", () => resolve(accept(request.result)));
    request.addEventListener("error", (event) => {
      event.preventDefault();
      resolve(refuseWith(request.error));
    });
  });

export const refuseWith = (error: unknown) => refuse(storeCodeOf(error), nameOf(error));

/** Names of exceptions only: messages could carry more than a log should hold. */
const nameOf = (error: unknown): string =>
  error instanceof Error ? error.name : "no reason given";
