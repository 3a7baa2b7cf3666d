import { accept, refuse, type Result } from "../base/result.ts";
import { envelopeKey } from "../envelope/envelope.ts";
import type {
  LedgerStores,
  StoreCode,
  StoredChunk,
  Volume,
  VolumeEntry,
} from "../ledger/stores.ts";
import type { BackedUp, BackupRecord } from "./records.ts";

/** Takes records one after another and writes what lies in stores, in transactions of about a MiB. */
type PuttingBack = {
  readonly put: (record: BackupRecord) => Promise<Result<void, StoreCode>>;
  /** Writes what waits. Also after a refusal: it closes what is open. */
  readonly finish: () => Promise<Result<void, StoreCode>>;
};

const batchBytes = 1024 * 1024;

const createPuttingBack = (stores: (ledger: BackedUp) => LedgerStores | undefined): PuttingBack => {
  let volume: Volume | undefined;
  let entries: VolumeEntry[] = [];
  let chunks: StoredChunk[] = [];
  let chunksOf: BackedUp | undefined;
  let waiting = 0;

  const flush = async (): Promise<Result<void, StoreCode>> => {
    const fresh = entries;
    const photos = chunks;
    entries = [];
    chunks = [];
    waiting = 0;
    if (fresh.length > 0 && volume !== undefined) {
      const put = await volume.put(fresh);
      if (!put.ok) return put;
    }
    const store = chunksOf === undefined ? undefined : stores(chunksOf)?.chunks;
    if (photos.length === 0) return accept(undefined);
    return store === undefined ? refuse("STORE_FAILED") : store.put(photos);
  };
  const leave = async (): Promise<Result<void, StoreCode>> => {
    const flushed = await flush();
    await volume?.close();
    volume = undefined;
    return flushed;
  };
  const added = async (bytes: number): Promise<Result<void, StoreCode>> => {
    waiting += bytes;
    return waiting >= batchBytes ? flush() : accept(undefined);
  };

  return {
    put: async (record) => {
      switch (record.type) {
        case "volume": {
          const left = await leave();
          if (!left.ok) return left;
          const store = stores(record.ledger);
          if (store === undefined) return refuse("STORE_FAILED");
          const opened = await store.volumes.open(record.number);
          if (!opened.ok) return opened;
          volume = opened.value;
          return accept(undefined);
        }
        case "envelope": {
          const { envelope, own } = record;
          entries.push({ key: envelopeKey(envelope), envelope, own });
          return added(envelope.length);
        }
        case "chunk": {
          if (record.ledger !== chunksOf) {
            const flushed = await flush();
            if (!flushed.ok) return flushed;
            chunksOf = record.ledger;
          }
          chunks.push({ name: record.name, bytes: record.bytes });
          return added(record.bytes.length);
        }
        case "manifest":
        case "keyring":
        case "end":
          return accept(undefined);
      }
    },
    finish: leave,
  };
};

/** All of them, up to the first refusal; everything that was opened is closed again. */
export const putAllBack = async <Code extends string>(
  records: AsyncIterable<Result<BackupRecord, Code>>,
  stores: (ledger: BackedUp) => LedgerStores | undefined,
): Promise<Result<void, Code | StoreCode>> => {
  const back = createPuttingBack(stores);
  const putAll = async (): Promise<Result<void, Code | StoreCode>> => {
    for await (const record of records) {
      const put = record.ok ? await back.put(record.value) : record;
      if (!put.ok) return put;
    }
    return accept(undefined);
  };
  const put = await putAll();
  const finished = await back.finish();
  return put.ok ? finished : put;
};

/** Takes everything out of a ledger's stores that is in them; the caches too, which are derived. */
export const emptyLedger = async ({
  volumes,
  cache,
  chunks,
}: LedgerStores): Promise<Result<void, StoreCode>> => {
  const numbers = await volumes.list();
  if (!numbers.ok) return numbers;
  for (const number of numbers.value) {
    const volume = await volumes.open(number);
    if (!volume.ok) return volume;
    const removed = await volume.value.remove([...volume.value.keys()]);
    await volume.value.close();
    if (!removed.ok) return removed;
  }
  const names = await chunks.names();
  if (!names.ok) return names;
  if (names.value.size > 0) {
    const removed = await chunks.remove(names.value);
    if (!removed.ok) return removed;
  }
  return cache.clear();
};
