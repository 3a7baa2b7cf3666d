import { createSafeDatabase } from "../../../renderer/shell/safeDatabase.ts";
import { openStores } from "../../../renderer/storage/stores.ts";
import { concatBytes, readU32 } from "../../../shared/base/bytes.ts";
import type { SafeFileName } from "../../../shared/bridge/bridge.ts";
import type { Envelope, EnvelopeKey } from "../../../shared/envelope/envelope.ts";
import type { CacheChange, LedgerStores, VolumeEntry } from "../../../shared/ledger/stores.ts";
import { must } from "../../support/twoPartners.ts";
import type { PackedHead } from "./historyFile.ts";

declare global {
  /** Fills this origin's IndexedDB with a packed history, by the app's own stores. */
  var loadHistory: (address: string, size: number) => Promise<void>;
}

/** Envelopes that are put at one go, and changes of the cache. */
const putAtOnce = 60;
const cachedAtOnce = 2_000;
const sliceBytes = 4 * 1024 * 1024;

globalThis.loadHistory = async (address, size) => {
  let stores: Readonly<Record<"kept" | "carried", LedgerStores>> | undefined;
  const safe = createSafeDatabase({ name: "twofold-safe", askToPersist: async () => true });
  const put = { kept: createPutting(), carried: createPutting() };
  for await (const { head, bytes } of records(address, size)) {
    if (head.is === "history")
      stores = openStores({ prefix: "twofold", carried: head.carried, report: () => {} });
    else if (head.is === "file") must(await safe.write(head.name as SafeFileName, bytes));
    else if (stores !== undefined) await put[head.ledger].take(stores[head.ledger], head, bytes);
  }
  for (const ledger of ["kept", "carried"] as const) {
    if (stores === undefined) throw new Error("no history");
    await put[ledger].finish(stores[ledger]);
    await stores[ledger].cache.close();
  }
};

type Stored = Exclude<PackedHead, { readonly is: "history" | "file" }>;

const createPutting = () => {
  let number = 1;
  let entries: VolumeEntry[] = [];
  let changes: CacheChange[] = [];
  const putEntries = async ({ volumes }: LedgerStores): Promise<void> => {
    if (entries.length === 0) return;
    must(await must(await volumes.open(number)).put(entries));
    entries = [];
  };
  const putChanges = async ({ cache }: LedgerStores): Promise<void> => {
    must(await cache.write(changes));
    changes = [];
  };
  return {
    take: async (stores: LedgerStores, head: Stored, bytes: Uint8Array): Promise<void> => {
      if (head.is === "cache") {
        changes.push({ section: head.section, key: head.key, value: bytes });
        if (changes.length >= cachedAtOnce) await putChanges(stores);
        return;
      }
      if (head.number !== number) {
        await putEntries(stores);
        await must(await stores.volumes.open(number)).close();
        number = head.number;
      }
      const own = head.mark?.match(/../g)?.map((pair) => Number.parseInt(pair, 16));
      entries.push({
        key: head.key as EnvelopeKey,
        envelope: bytes as Envelope,
        own: own === undefined ? undefined : Uint8Array.from(own),
      });
      if (entries.length >= putAtOnce) await putEntries(stores);
    },
    finish: async (stores: LedgerStores): Promise<void> => {
      await putEntries(stores);
      await putChanges(stores);
      await must(await stores.volumes.open(number)).close();
    },
  };
};

/** Read slice by slice: a browser need not hold ten years at once. */
async function* records(
  address: string,
  size: number,
): AsyncGenerator<{ readonly head: PackedHead; readonly bytes: Uint8Array }> {
  let held: Uint8Array = new Uint8Array();
  let from = 0;
  const atLeast = async (length: number): Promise<void> => {
    while (held.length < length && from < size) {
      const to = Math.min(size, from + sliceBytes);
      const answer = await fetch(`${address}?from=${from}&to=${to}`);
      held = concatBytes(held, new Uint8Array(await answer.arrayBuffer()));
      from = to;
    }
  };
  const take = async (): Promise<Uint8Array> => {
    await atLeast(4);
    const length = readU32(held, 0);
    await atLeast(4 + length);
    const taken = held.slice(4, 4 + length);
    held = held.subarray(4 + length);
    return taken;
  };
  for (await atLeast(4); held.length > 0; await atLeast(4)) {
    const head = JSON.parse(new TextDecoder().decode(await take())) as PackedHead;
    yield { head, bytes: await take() };
  }
}
