import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, onTestFinished } from "vitest";
import { openStores } from "../../renderer/storage/stores.ts";
import type { StorageReport } from "../../renderer/storage/storageReport.ts";
import type { Result } from "../../shared/base/result.ts";
import type { Envelope, EnvelopeKey } from "../../shared/envelope/envelope.ts";
import type { StoreCode, Stores, Volume, VolumeEntry } from "../../shared/ledger/stores.ts";

/** What fake-indexeddb's transactions have inside; only faults reach in here. */
type InnerTransaction = IDBTransaction & {
  _execRequestAsync: (request: { source: unknown; operation: () => unknown }) => IDBRequest;
  readonly _state: string;
  _abort: (name: string | null) => void;
  _markFinished: () => void;
};

/** An empty disk for every test; vitest itself reports any rejection that nobody handles. */
export const useFreshDisk = () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });
};

export const startStores = (reports: StorageReport[] = []): Stores =>
  openStores({ prefix: "twofold", carried: "couple", report: (report) => reports.push(report) });

export const openFirst = async (stores: Stores = startStores()): Promise<Volume> =>
  valueOf(await stores.carried.volumes.open(1));

export const firstVolume = "twofold.couple.carried.1";

export const entryOf = (number: number, length = 600): VolumeEntry => ({
  key: `key-${number}` as EnvelopeKey,
  envelope: new Uint8Array(length).fill(number) as Envelope,
});

export const valueOf = <Value>(result: Result<Value, StoreCode>): Value => {
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.detail ?? ""}`);
  return result.value;
};

/** Requests that add or put give this error, `times` times, after letting `skip` pass. */
export const failWrites = (name: string, { skip = 0, times = Infinity } = {}): (() => void) => {
  const add = methodOf(IDBObjectStore.prototype, "add");
  const put = methodOf(IDBObjectStore.prototype, "put");
  let seen = 0;
  const faulty = (original: typeof add): typeof add =>
    function (this: IDBObjectStore, ...input) {
      const number = seen++;
      if (number < skip || number >= skip + times) return original.apply(this, input);
      return (this.transaction as InnerTransaction)._execRequestAsync({
        source: this,
        operation: () => {
          throw new DOMException("", name);
        },
      });
    };
  IDBObjectStore.prototype.add = faulty(add);
  IDBObjectStore.prototype.put = faulty(put);
  return restoring(() => Object.assign(IDBObjectStore.prototype, { add, put }));
};

/** Writing transactions come as far as committing and abort there. No name: aborted without a reason. */
export const failCommits = (
  name: string | null,
  { skip = 0, times = Infinity } = {},
): (() => void) => {
  const transaction = methodOf(IDBDatabase.prototype, "transaction");
  let seen = 0;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...input) {
    const made = transaction.apply(this, input) as InnerTransaction;
    if (made.mode !== "readwrite") return made;
    const number = seen++;
    if (number < skip || number >= skip + times) return made;
    const finish = made._markFinished.bind(made);
    made._markFinished = () => {
      made._markFinished = finish;
      made._abort(name ?? "AbortError");
    };
    return made;
  };
  return restoring(() => Object.assign(IDBDatabase.prototype, { transaction }));
};

/** Opening a database fails, after letting `skip` openings pass. */
export const failOpening = (name: string): (() => void) => {
  const factory = globalThis.indexedDB;
  const open = factory.open.bind(factory);
  factory.open = () => {
    throw new DOMException("", name);
  };
  return restoring(() => Object.assign(factory, { open }));
};

/** Every connection on which a transaction was made from now on. */
export const collectConnections = (): ReadonlySet<IDBDatabase> => {
  const transaction = methodOf(IDBDatabase.prototype, "transaction");
  const connections = new Set<IDBDatabase>();
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...input) {
    connections.add(this);
    return transaction.apply(this, input);
  };
  restoring(() => Object.assign(IDBDatabase.prototype, { transaction }));
  return connections;
};

/** What a browser does when it takes a database away: its transactions abort, it closes. */
export const breakConnection = (db: IDBDatabase) => {
  const inner = db as unknown as { _rawDatabase: { transactions: InnerTransaction[] } };
  for (const transaction of inner._rawDatabase.transactions) {
    if (transaction.db === db && transaction._state !== "finished")
      transaction._abort("AbortError");
  }
  db.close();
};

export const openRaw = (name: string, upgrade?: (db: IDBDatabase) => void): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener("upgradeneeded", () => upgrade?.(request.result));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

/** Runs one transaction on the raw database; resolves when it has completed. */
export const changeRaw = async <Value>(
  name: string,
  store: string,
  work: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> => {
  const db = await openRaw(name);
  const transaction = db.transaction([store], "readwrite");
  const request = work(transaction.objectStore(store));
  await new Promise((resolve) => transaction.addEventListener("complete", resolve));
  db.close();
  return request.result;
};

/** Keeps a writing transaction open on the volume, so that everybody else waits, until released. */
export const holdDisk = async (name: string): Promise<() => Promise<void>> => {
  const db = await openRaw(name);
  const transaction = db.transaction(["updates", "custom"], "readwrite");
  const store = transaction.objectStore("updates");
  let held = true;
  const spin = () => {
    if (held) store.count().addEventListener("success", spin);
  };
  await new Promise<void>((resolve) => {
    store.count().addEventListener("success", () => {
      spin();
      resolve();
    });
  });
  return async () => {
    held = false;
    await new Promise((resolve) => transaction.addEventListener("complete", resolve));
    db.close();
  };
};

/** Lets IndexedDB do whatever it can do now. */
export const letDiskRun = async (rounds = 50) => {
  for (let round = 0; round < rounds; round++)
    await new Promise((resolve) => setImmediate(resolve));
};

/** The method itself, to be put back later; whoever calls it says on what. */
export const methodOf = <Target, Name extends keyof Target>(target: Target, name: Name) =>
  target[name];

const restoring = (restore: () => void): (() => void) => {
  onTestFinished(restore);
  return restore;
};
