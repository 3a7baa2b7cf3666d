import { encodeStateAsUpdate, type Doc } from "yjs";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { compactVolume } from "./compactVolume.ts";
import { confirmSaved } from "./confirmSaved.ts";

/** The document's way to its database, for as long as the database lets us. */
export type Connection = {
  readonly db: IDBDatabase;
  /** Key of the last record before this connection wrote anything. */
  readonly lastKey: number;
  /** Asks the database itself. Where it is lost, y-indexeddb is detached from the document at once. */
  readonly isOpen: () => boolean;
  readonly close: () => Promise<void>;
};

/** Fills the document from the disk and from then on writes what is added to it. */
export type ConnectDoc = (doc: Doc) => Promise<Result<Connection, StoreCode>>;

export type Saver = {
  readonly connect: () => Promise<Result<void, StoreCode>>;
  /** Runs `make` as one change of the document; it tells how many things it changed. */
  readonly change: (make: () => number) => void;
  /** Resolves once every change made so far is on the disk, or cannot get there. */
  readonly save: () => Promise<Result<void, StoreCode>>;
  /** Runs `make` as one change that deletes. It is on the disk, and what it deleted is gone, after `compact` alone. */
  readonly changeAway: (make: () => void) => void;
  /** Resolves once the disk holds the document as it is now and nothing that was deleted from it. */
  readonly compact: () => Promise<Result<void, StoreCode>>;
  readonly close: () => Promise<void>;
};

/**
 * Knows which changes of the document are not certain to be on the disk. A later change builds on the
 * earlier ones (Yjs counts each writer's changes without gaps), so they are always confirmed together.
 */
export const createSaver = (doc: Doc, connectDoc: ConnectDoc): Saver => {
  const ours = Symbol("put");
  /** Not counted among `unsaved`: whether a deletion is on the disk cannot be told from the log's clocks. */
  const oursAway = Symbol("remove");
  let unsaved: Uint8Array[] = [];
  let connection: Connection | undefined;
  let lastKey = 0;
  let lossTold = false;
  let turn: Promise<unknown> = Promise.resolve();

  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === ours) unsaved.push(update);
  });

  const connect = async (): Promise<Result<void, StoreCode>> => {
    const connected = await connectDoc(doc);
    if (!connected.ok) return connected;
    connection = connected.value;
    lastKey = connected.value.lastKey;
    lossTold = false;
    return accept(undefined);
  };

  /** After a loss the disk may hold anything, so the whole document has to be confirmed. */
  const reconnect = async (): Promise<Result<void, StoreCode>> => {
    if (!lossTold) {
      lossTold = true;
      return refuse("STORE_CLOSED");
    }
    const whole = encodeStateAsUpdate(doc);
    const connected = await connect();
    if (connected.ok) unsaved = [whole, ...unsaved];
    return connected;
  };

  const saveInTurn = async (): Promise<Result<void, StoreCode>> =>
    unsaved.length === 0
      ? accept(undefined)
      : writeInTurn(({ db }, batch) => confirmSaved(db, batch, lastKey));

  const compactInTurn = (): Promise<Result<void, StoreCode>> =>
    writeInTurn(({ db }) => compactVolume(db, doc));

  /** `write` brings all of `batch`, which is all that was unsaved, and gives the key of the last record. */
  const writeInTurn = async (
    write: (
      connection: Connection,
      batch: readonly Uint8Array[],
    ) => Promise<Result<number, StoreCode>>,
  ): Promise<Result<void, StoreCode>> => {
    if (connection?.isOpen() !== true) {
      const again = await reconnect();
      if (!again.ok) return again;
    }
    if (connection === undefined) return refuse("STORE_CLOSED");
    const batch = [...unsaved];
    const saved = await write(connection, batch);
    if (saved.ok) {
      unsaved = unsaved.slice(batch.length);
      lastKey = saved.value;
      return accept(undefined);
    }
    if (connection.isOpen() && saved.code !== "STORE_CLOSED") return saved;
    lossTold = true;
    await connection.close();
    return refuse("STORE_CLOSED", saved.detail);
  };

  const inTurn = (
    job: () => Promise<Result<void, StoreCode>>,
  ): Promise<Result<void, StoreCode>> => {
    const done = turn.then(job);
    turn = done;
    return done;
  };

  return {
    connect,
    change: (make) => {
      // Yjs, interrupted by y-indexeddb's throwing listener, would never tell of a change again;
      // asking first lets go of y-indexeddb where its connection is lost.
      connection?.isOpen();
      const before = unsaved.length;
      let changes = 0;
      doc.transact(() => {
        changes = make();
      }, ours);
      if (changes > 0 && unsaved.length === before) throw new Error("Yjs told of no change");
    },
    save: () => inTurn(saveInTurn),
    changeAway: (make) => {
      connection?.isOpen();
      doc.transact(make, oursAway);
    },
    compact: () => inTurn(compactInTurn),
    close: async () => {
      await turn;
      await connection?.close();
    },
  };
};
