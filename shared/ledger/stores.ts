import type { Result } from "../base/result.ts";
import type { Envelope, EnvelopeKey } from "../envelope/envelope.ts";

/**
 * Where envelopes rest: numbered volumes, each one Y.Doc (Y.Map of envelope key → bytes) persisted by
 * y-indexeddb (renderer/storage/volumes.ts is the only importer).
 */
export type VolumeStore = {
  /** Numbers of the volumes there are, ascending; the first is 1. */
  readonly list: () => Promise<Result<readonly number[], StoreCode>>;
  /** Opens it, making it where there is none. Opening twice without closing gives the same volume. */
  readonly open: (volume: number) => Promise<Result<Volume, StoreCode>>;
};

export type Volume = {
  readonly number: number;
  readonly keys: () => Iterable<EnvelopeKey>;
  readonly get: (key: EnvelopeKey) => Envelope | undefined;
  readonly has: (key: EnvelopeKey) => boolean;
  /** The own mark that was put with it. */
  readonly ownMark: (key: EnvelopeKey) => Uint8Array | undefined;
  /** Sum of the lengths of its envelopes, bytes. */
  readonly size: () => number;
  /**
   * Resolves `ok` only after a disk transaction that holds all of them has completed.
   * After a refusal they stay readable in memory and `put` of the same entries tries again.
   */
  readonly put: (entries: readonly VolumeEntry[]) => Promise<Result<void, StoreCode>>;
  /**
   * Takes these out for good, with their own marks; keys that are not there are passed over. Resolves `ok` only
   * after the disk no longer has them, in no form that this store can read. After a refusal they cannot be read
   * any more, the disk may still have them, and `remove` of the same keys tries again.
   */
  readonly remove: (keys: readonly EnvelopeKey[]) => Promise<Result<void, StoreCode>>;
  readonly close: () => Promise<void>;
};

export type VolumeEntry = {
  readonly key: EnvelopeKey;
  readonly envelope: Envelope;
  /** 32 bytes beside one's own envelope, on this disk only: made with a key that the partner does not have. */
  readonly own?: Uint8Array | undefined;
};

/**
 * The page cache: sealed, derived, can be rebuilt from the ledger at any time.
 * Sections are object stores; keys say nothing (page ids, envelope keys), values are sealed bytes.
 */
export type CacheStore = {
  readonly readAll: (
    section: CacheSection,
  ) => Promise<Result<ReadonlyMap<string, Uint8Array>, StoreCode>>;
  readonly read: (
    section: CacheSection,
    key: string,
  ) => Promise<Result<Uint8Array | undefined, StoreCode>>;
  /** One transaction: all or nothing. `value: undefined` deletes. */
  readonly write: (changes: readonly CacheChange[]) => Promise<Result<void, StoreCode>>;
  /** Empties every section, in one transaction. */
  readonly clear: () => Promise<Result<void, StoreCode>>;
  readonly close: () => Promise<void>;
};

/** pages: merged Yjs states · cards: what lists show · index: where each admitted message stands. */
export const cacheSections = ["pages", "cards", "index"] as const;
export type CacheSection = (typeof cacheSections)[number];

export type CacheChange = {
  readonly section: CacheSection;
  readonly key: string;
  readonly value: Uint8Array | undefined;
};

/** DISK_FULL: quota. STORE_CLOSED: the database was closed or deleted under us. STORE_FAILED: anything else. */
export type StoreCode = "DISK_FULL" | "STORE_CLOSED" | "STORE_FAILED";

/** Sealed pieces of photos, each under the hash of its bytes (docs/protocol.md, "Photos"). */
export type ChunkStore = {
  /** Resolves `ok` only after one strict transaction that holds all of them has completed. */
  readonly put: (chunks: readonly StoredChunk[]) => Promise<Result<void, StoreCode>>;
  readonly get: (name: string) => Promise<Result<Uint8Array | undefined, StoreCode>>;
  /** The names of all that are there. */
  readonly names: () => Promise<Result<ReadonlySet<string>, StoreCode>>;
  readonly remove: (names: Iterable<string>) => Promise<Result<void, StoreCode>>;
  readonly close: () => Promise<void>;
};

export type StoredChunk = { readonly name: string; readonly bytes: Uint8Array };

/** What one ledger rests on: its volumes, its own page cache, and the photos that its pages name. */
export type LedgerStores = {
  readonly volumes: VolumeStore;
  readonly cache: CacheStore;
  readonly chunks: ChunkStore;
};

/**
 * My room's disk: records that cannot be told from one another. All labels have one length and all contents another;
 * how many there are is a whole number of MiB (paddedDrawers.ts, docs/protocol.md "My room on disk").
 */
export type DrawerStore = {
  /** Makes the store where there is none. */
  readonly count: () => Promise<Result<number, StoreCode>>;
  readonly labels: () => Promise<Result<readonly string[], StoreCode>>;
  /** In the order asked; undefined for what is not there. */
  readonly read: (
    labels: readonly string[],
  ) => Promise<Result<readonly (Uint8Array | undefined)[], StoreCode>>;
  /**
   * Takes some out and puts others in, in one strict transaction: all or nothing. STORE_FAILED where one that is to
   * go is not there: somebody else has been at it, and what they put is left alone.
   */
  readonly swap: (
    out: readonly string[],
    into: readonly StoredDrawer[],
  ) => Promise<Result<void, StoreCode>>;
  readonly close: () => Promise<void>;
};

export type StoredDrawer = { readonly label: string; readonly content: Uint8Array };

/** The stores of one profile on one computer; no two share a database. */
export type Stores = {
  /** Drafts and this person's own marks: never carried. */
  readonly kept: LedgerStores;
  /** What travels. */
  readonly carried: LedgerStores;
  /** My room's own. */
  readonly drawers: DrawerStore;
  /** Where my room lay before there were drawers: moved at its next unlocking (oldRoom.ts). */
  readonly room: OldRoom;
};

export type OldRoom = LedgerStores & {
  /** Deletes its databases; nothing of it may be open. */
  readonly discard: () => Promise<Result<void, StoreCode>>;
};
