import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { EnvelopeKey } from "../../shared/envelope/envelope.ts";
import {
  cacheSections,
  type CacheSection,
  type CacheStore,
  type ChunkStore,
  type DrawerStore,
  type LedgerStores,
  type StoreCode,
  type Stores,
  type Volume,
  type VolumeEntry,
  type VolumeStore,
} from "../../shared/ledger/stores.ts";

/** A disk in memory: what was confirmed outlives `kill`, what was not is gone. */
export type MemoryDisk = {
  /** The stores as a freshly started app sees them. */
  readonly start: () => Stores;
  /** The next `times` operations of that sort are refused with the code and leave the disk as it was. */
  readonly failNext: (operation: DiskOperation, code: StoreCode, times?: number) => void;
  /** Nothing fails any more. */
  readonly makeRoom: () => void;
  /** Calls `then` just before the write, of whatever sort, that comes after so many more. */
  readonly beforeWrite: (after: number, then: () => void) => void;
  /** Something beside the ledgers is written: it counts among these. */
  readonly countWrite: () => void;
  /** Puts, writes and removals wait, unconfirmed, until the returned function is called. */
  readonly hold: () => () => void;
  /** Power cut: what waits is refused with STORE_CLOSED and lost; running stores are dead. `start` again. */
  readonly kill: () => void;
  /** Envelopes, and bytes of all that lies there. */
  readonly holds: () => { readonly envelopes: number; readonly bytes: number };
  /** Another disk with what this one holds now, as out of a backup. */
  readonly copy: () => MemoryDisk;
};

export type DiskOperation = "put" | "write" | "remove" | "open" | "read";

type DiskVolumes = Map<number, Map<EnvelopeKey, VolumeEntry>>;
type DiskCache = Map<CacheSection, Map<string, Uint8Array>>;

type Commit = (save: () => void, operation: DiskOperation) => Promise<Result<void, StoreCode>>;

type DiskContent = {
  readonly kept: DiskLedger;
  readonly carried: DiskLedger;
  readonly room: DiskLedger;
  readonly drawers: Map<string, Uint8Array>;
};

export const createMemoryDisk = (
  disk: DiskContent = {
    kept: newLedger(),
    carried: newLedger(),
    room: newLedger(),
    drawers: new Map<string, Uint8Array>(),
  },
): MemoryDisk => {
  const failures = new Map<DiskOperation, StoreCode[]>();
  let life = 0;
  let writesLeft = Infinity;
  let atWrite = (): void => {};
  const countWrite = (): void => {
    writesLeft -= 1;
    if (writesLeft >= 0) return;
    writesLeft = Infinity;
    atWrite();
  };
  let held: { readonly until: Promise<void>; readonly release: () => void } | undefined;

  const commitIn =
    (born: number): Commit =>
    async (save, operation) => {
      const writes = ["put", "write", "remove"].includes(operation);
      if (writes) await held?.until;
      await Promise.resolve();
      if (writes && born === life) countWrite();
      if (born !== life) return refuse("STORE_CLOSED");
      const failure = failures.get(operation)?.shift();
      if (failure !== undefined) return refuse(failure);
      save();
      return accept(undefined);
    };

  const release = () => {
    held?.release();
    held = undefined;
  };

  return {
    start: () => {
      const commit = commitIn(life);
      return {
        kept: openLedger(disk.kept, commit),
        carried: openLedger(disk.carried, commit),
        drawers: openDrawers(disk.drawers, commit),
        room: {
          ...openLedger(disk.room, commit),
          discard: () =>
            commit(() => {
              disk.room.volumes.clear();
              for (const section of disk.room.cache.values()) section.clear();
            }, "remove"),
        },
      };
    },
    failNext: (operation, code, times = 1) => {
      const queue = failures.get(operation) ?? [];
      failures.set(operation, [...queue, ...Array.from({ length: times }, () => code)]);
    },
    beforeWrite: (after, then) => {
      writesLeft = after;
      atWrite = then;
    },
    countWrite,
    makeRoom: () => failures.clear(),
    hold: () => {
      held ??= newGate();
      return release;
    },
    kill: () => {
      life++;
      release();
    },
    holds: () => {
      const ledgers = [disk.kept, disk.carried, disk.room];
      const entries = ledgers.flatMap(({ volumes }) =>
        [...volumes.values()].flatMap((volume) => [...volume.values()]),
      );
      const rest = [
        ...ledgers.flatMap(({ cache, chunks }) => [
          ...[...cache.values()].flatMap((section) => [...section.values()]),
          ...chunks.values(),
        ]),
        ...disk.drawers.values(),
      ];
      const lengths = [...entries.map(({ envelope }) => envelope), ...rest].map(
        ({ length }) => length,
      );
      return { envelopes: entries.length, bytes: lengths.reduce((sum, one) => sum + one, 0) };
    },
    copy: () =>
      createMemoryDisk({
        kept: copyLedger(disk.kept),
        carried: copyLedger(disk.carried),
        room: copyLedger(disk.room),
        drawers: new Map(disk.drawers),
      }),
  };
};

type DiskLedger = {
  readonly volumes: DiskVolumes;
  readonly cache: DiskCache;
  readonly chunks: Map<string, Uint8Array>;
};

const newLedger = (): DiskLedger => ({
  volumes: new Map(),
  cache: new Map(cacheSections.map((section) => [section, new Map()])),
  chunks: new Map(),
});

const copyLedger = ({ volumes, cache, chunks }: DiskLedger): DiskLedger => ({
  volumes: new Map([...volumes].map(([number, entries]) => [number, new Map(entries)])),
  cache: new Map([...cache].map(([section, entries]) => [section, new Map(entries)])),
  chunks: new Map(chunks),
});

const openLedger = (disk: DiskLedger, commit: Commit): LedgerStores => ({
  volumes: openVolumes(disk.volumes, commit),
  cache: openCache(disk.cache, commit),
  chunks: openChunks(disk.chunks, commit),
});

const openChunks = (chunks: Map<string, Uint8Array>, commit: Commit): ChunkStore => {
  let closed = false;
  const commitUnlessClosed: Commit = async (save, operation) =>
    closed ? refuse("STORE_CLOSED") : commit(save, operation);
  return {
    put: (all) =>
      commitUnlessClosed(() => {
        for (const { name, bytes } of all) chunks.set(name, bytes.slice());
      }, "put"),
    get: async (name) => {
      const done = await commitUnlessClosed(() => {}, "read");
      return done.ok ? accept(chunks.get(name)?.slice()) : done;
    },
    names: async () => {
      const done = await commitUnlessClosed(() => {}, "read");
      return done.ok ? accept(new Set(chunks.keys())) : done;
    },
    remove: (names) => {
      const gone = [...names];
      return commitUnlessClosed(() => {
        for (const name of gone) chunks.delete(name);
      }, "remove");
    },
    close: async () => {
      closed = true;
    },
  };
};

const openDrawers = (drawers: Map<string, Uint8Array>, commit: Commit): DrawerStore => {
  let closed = false;
  const look = async <Value>(read: () => Value): Promise<Result<Value, StoreCode>> => {
    if (closed) return refuse("STORE_CLOSED");
    const done = await commit(() => {}, "read");
    return done.ok ? accept(read()) : done;
  };
  return {
    count: () => look(() => drawers.size),
    labels: () => look(() => [...drawers.keys()].sort()),
    read: (labels) => look(() => labels.map((label) => drawers.get(label))),
    swap: async (out, into) => {
      if (closed) return refuse("STORE_CLOSED");
      if (out.some((label) => !drawers.has(label))) return refuse("STORE_FAILED");
      return commit(() => {
        for (const label of out) drawers.delete(label);
        for (const { label, content } of into) drawers.set(label, content);
      }, "put");
    },
    close: async () => {
      closed = true;
    },
  };
};

const newGate = () => {
  let release = () => {};
  const until = new Promise<void>((resolve) => (release = resolve));
  return { until, release };
};

const openVolumes = (volumes: DiskVolumes, commit: Commit): VolumeStore => {
  const opened = new Map<number, Volume>();
  const closing = new Map<number, Promise<void>>();
  return {
    list: async () => {
      const done = await commit(() => {}, "read");
      return done.ok ? accept([...volumes.keys()].sort((one, other) => one - other)) : done;
    },
    open: async (number) => {
      await closing.get(number);
      const done = await commit(() => {
        if (!volumes.has(number)) volumes.set(number, new Map());
      }, "open");
      if (!done.ok) return done;
      const volume =
        opened.get(number) ??
        openVolume(number, volumes.get(number) ?? new Map(), commit, (closed) => {
          opened.delete(number);
          closing.set(number, closed);
        });
      opened.set(number, volume);
      return accept(volume);
    },
  };
};

const openVolume = (
  number: number,
  saved: Map<EnvelopeKey, VolumeEntry>,
  commit: Commit,
  onClosing: (closed: Promise<void>) => void,
): Volume => {
  const memory = new Map(saved);
  const waiting = new Set<Promise<unknown>>();
  let closed = false;
  const untilDone = (done: Promise<Result<void, StoreCode>>): Promise<Result<void, StoreCode>> => {
    waiting.add(done);
    return done.finally(() => waiting.delete(done));
  };
  return {
    number,
    keys: () => memory.keys(),
    get: (key) => memory.get(key)?.envelope,
    has: (key) => memory.has(key),
    ownMark: (key) => memory.get(key)?.own,
    size: () => [...memory.values()].reduce((sum, { envelope }) => sum + envelope.length, 0),
    put: async (entries) => {
      if (closed) return refuse("STORE_CLOSED");
      for (const entry of entries) if (!memory.has(entry.key)) memory.set(entry.key, entry);
      const done = commit(() => {
        for (const { key } of entries) {
          const entry = memory.get(key);
          if (entry !== undefined) saved.set(key, entry);
        }
      }, "put");
      return untilDone(done);
    },
    remove: async (keys) => {
      if (closed) return refuse("STORE_CLOSED");
      if (keys.length === 0) return accept(undefined);
      for (const key of keys) memory.delete(key);
      const done = commit(() => {
        for (const key of keys) if (!memory.has(key)) saved.delete(key);
      }, "remove");
      return untilDone(done);
    },
    close: async () => {
      closed = true;
      const settled = Promise.all(waiting).then(() => {});
      onClosing(settled);
      await settled;
    },
  };
};

const openCache = (disk: DiskCache, commit: Commit): CacheStore => {
  let closed = false;
  const commitUnlessClosed: Commit = async (save, operation) =>
    closed ? refuse("STORE_CLOSED") : commit(save, operation);
  const sectionOf = (section: CacheSection) => disk.get(section) ?? new Map<string, Uint8Array>();
  return {
    readAll: async (section) => {
      const done = await commitUnlessClosed(() => {}, "read");
      return done.ok ? accept(new Map(sectionOf(section))) : done;
    },
    read: async (section, key) => {
      const done = await commitUnlessClosed(() => {}, "read");
      return done.ok ? accept(sectionOf(section).get(key)) : done;
    },
    write: (changes) =>
      commitUnlessClosed(() => {
        for (const { section, key, value } of changes) {
          if (value === undefined) sectionOf(section).delete(key);
          else sectionOf(section).set(key, value.slice());
        }
      }, "write"),
    clear: () =>
      commitUnlessClosed(() => {
        for (const section of disk.values()) section.clear();
      }, "write"),
    close: async () => {
      closed = true;
    },
  };
};
