import { accept, type Result } from "../../shared/base/result.ts";
import type { Envelope, EnvelopeKey } from "../../shared/envelope/envelope.ts";
import type {
  CacheStore,
  StoreCode,
  Stores,
  Volume,
  VolumeEntry,
} from "../../shared/ledger/stores.ts";

/** Runs in Node and in a browser's page alike: no test runner, no Node, only `throw`. */
export type StoresUnderTest = {
  readonly stores: Stores;
  /** The same disk as a newly started app sees it; the old one was not closed before. */
  readonly restart: () => Promise<Stores>;
};

export type ContractCase = { readonly name: string; readonly run: () => Promise<void> };

type Make = () => Promise<StoresUnderTest>;

export const storesContract = (make: Make): readonly ContractCase[] => [
  ...volumeCases(make),
  ...cacheCases(make),
  ...chunkCases(make),
];

const volumeCases = (make: Make): readonly ContractCase[] => [
  {
    name: "a new profile has no volumes",
    run: async () => {
      const { stores } = await make();
      for (const ledger of [stores.kept, stores.carried, stores.room]) {
        same(await ledger.volumes.list(), accept([]));
      }
    },
  },
  {
    name: "volumes are listed by number, also after a restart",
    run: async () => {
      const { stores, restart } = await make();
      for (const number of [2, 10, 1]) await opened(stores, number);
      same(await stores.carried.volumes.list(), accept([1, 2, 10]));
      same(await (await restart()).carried.volumes.list(), accept([1, 2, 10]));
    },
  },
  {
    name: "what was put can be read at once and is counted",
    run: async () => {
      const { stores } = await make();
      const volume = await opened(stores, 1);
      const entries = [entry(1, 600), entry(2, 700)];
      const saving = volume.put(entries);
      holds(volume, entries);
      same(volume.size(), 1_300);
      same(await saving, accept(undefined));
      holds(volume, entries);
      same(volume.get("absent" as EnvelopeKey), undefined);
      same(volume.has("absent" as EnvelopeKey), false);
    },
  },
  {
    name: "what was confirmed is there after a restart, byte for byte",
    run: async () => {
      const { stores, restart } = await make();
      const entries = [entry(1, 592), entry(2, 1_081_424), entry(3, 4_096)];
      ok(await (await opened(stores, 1)).put(entries));
      const volume = await opened(await restart(), 1);
      holds(volume, entries);
      same(volume.size(), 592 + 1_081_424 + 4_096);
    },
  },
  {
    name: "writing goes on after a restart, and another",
    run: async () => {
      const { stores, restart } = await make();
      ok(await (await opened(stores, 1)).put([entry(1)]));
      ok(await (await opened(await restart(), 1)).put([entry(2)]));
      const volume = await opened(await restart(), 1);
      holds(volume, [entry(1), entry(2)]);
    },
  },
  {
    name: "many puts at once are all confirmed and all there",
    run: async () => {
      const { stores, restart } = await make();
      const volume = await opened(stores, 1);
      const entries = Array.from({ length: 60 }, (_, index) => entry(index));
      for (const result of await Promise.all(entries.map((one) => volume.put([one])))) ok(result);
      holds(await opened(await restart(), 1), entries);
    },
  },
  {
    name: "the same envelope twice is one",
    run: async () => {
      const { stores } = await make();
      const volume = await opened(stores, 1);
      ok(await volume.put([entry(1), entry(1)]));
      ok(await volume.put([entry(1)]));
      holds(volume, [entry(1)]);
      same(volume.size(), 600);
    },
  },
  {
    name: "what was removed is gone at once and after a restart, and the rest is there byte for byte",
    run: async () => {
      const { stores, restart } = await make();
      const volume = await opened(stores, 1);
      const entries = [1, 2, 3, 4].map((number) => ownEntry(number));
      ok(await volume.put(entries));
      const rest = entries.filter((_, index) => index === 0 || index === 3);
      const removing = volume.remove(["key-2", "key-3"] as EnvelopeKey[]);
      holds(volume, rest);
      ok(await removing);
      same(volume.size(), 1_200);
      same(volume.ownMark("key-2" as EnvelopeKey), undefined);
      const again = await opened(await restart(), 1);
      holds(again, rest);
      same(again.size(), 1_200);
      same(again.ownMark("key-2" as EnvelopeKey), undefined);
      for (const { key, own } of rest) same(again.ownMark(key), own);
    },
  },
  {
    name: "removing what is not there, nothing at all, or the same twice is accepted and changes nothing",
    run: async () => {
      const { stores, restart } = await make();
      const volume = await opened(stores, 1);
      ok(await volume.put([entry(1), entry(2)]));
      ok(await volume.remove([]));
      ok(await volume.remove(["absent" as EnvelopeKey]));
      ok(await volume.remove([entry(2).key, entry(2).key]));
      ok(await volume.remove([entry(2).key]));
      holds(volume, [entry(1)]);
      holds(await opened(await restart(), 1), [entry(1)]);
    },
  },
  {
    name: "writing goes on after a removal, also of what was removed",
    run: async () => {
      const { stores, restart } = await make();
      const volume = await opened(stores, 1);
      ok(await volume.put([entry(1), entry(2)]));
      ok(await volume.remove([entry(1).key]));
      ok(await volume.put([entry(3)]));
      ok(await volume.put([entry(1)]));
      holds(volume, [entry(1), entry(2), entry(3)]);
      holds(await opened(await restart(), 1), [entry(1), entry(2), entry(3)]);
    },
  },
  {
    name: "puts and removals at once all take place, in their order",
    run: async () => {
      const { stores, restart } = await make();
      const volume = await opened(stores, 1);
      const entries = Array.from({ length: 30 }, (_, index) => entry(index));
      const done = entries.flatMap((one, index) => [
        volume.put([one]),
        ...(index % 3 === 0 ? [volume.remove([one.key])] : []),
      ]);
      for (const result of await Promise.all(done)) ok(result);
      const rest = entries.filter((_, index) => index % 3 !== 0);
      holds(volume, rest);
      holds(await opened(await restart(), 1), rest);
    },
  },
  {
    name: "a closed volume refuses to be removed from; an open one of another ledger is untouched",
    run: async () => {
      const { stores } = await make();
      const volume = await opened(stores, 1);
      const kept = value(await stores.kept.volumes.open(1));
      ok(await volume.put([entry(1)]));
      ok(await kept.put([entry(1)]));
      ok(await volume.remove([entry(1).key]));
      holds(kept, [entry(1)]);
      await volume.close();
      same((await volume.remove([entry(1).key])).ok, false);
    },
  },
  {
    name: "putting nothing is accepted",
    run: async () => {
      const { stores } = await make();
      same(await (await opened(stores, 1)).put([]), accept(undefined));
    },
  },
  {
    name: "opening twice gives the same volume, also at the same moment",
    run: async () => {
      const { stores } = await make();
      const [one, other] = await Promise.all([opened(stores, 1), opened(stores, 1)]);
      if (one !== other || one !== (await opened(stores, 1))) throw new Error("not the same");
      same(one.number, 1);
    },
  },
  {
    name: "kept, carried and room, and their volumes, share nothing",
    run: async () => {
      const { stores, restart } = await make();
      const ledgers = ["kept", "carried", "room"] as const;
      for (const [index, ledger] of ledgers.entries()) {
        ok(await value(await stores[ledger].volumes.open(1)).put([entry(index)]));
      }
      ok(await (await opened(stores, 2)).put([entry(7)]));
      const again = await restart();
      for (const [index, ledger] of ledgers.entries()) {
        holds(value(await again[ledger].volumes.open(1)), [entry(index)]);
      }
      holds(await opened(again, 2), [entry(7)]);
      same(await again.room.volumes.list(), accept([1]));
    },
  },
  {
    name: "a closed volume refuses to be written, and can be opened again at once",
    run: async () => {
      const { stores } = await make();
      const volume = await opened(stores, 1);
      const saving = volume.put([entry(1)]);
      const closing = volume.close();
      same((await volume.put([entry(2)])).ok, false);
      const again = await opened(stores, 1);
      await closing;
      ok(await saving);
      holds(again, [entry(1)]);
      ok(await again.put([entry(2)]));
      holds(again, [entry(1), entry(2)]);
    },
  },
];

const cacheCases = (make: Make): readonly ContractCase[] => [
  {
    name: "the cache gives back what was written, also after a restart",
    run: async () => {
      const { stores, restart } = await make();
      await write(stores.carried.cache, { a: [1, 2], b: [], "": [3] });
      for (const { carried } of [stores, await restart()]) {
        same(value(await carried.cache.read("pages", "a")), Uint8Array.of(1, 2));
        same(value(await carried.cache.read("pages", "absent")), undefined);
        same(sorted(value(await carried.cache.readAll("pages"))), [
          ["", Uint8Array.of(3)],
          ["a", Uint8Array.of(1, 2)],
          ["b", new Uint8Array()],
        ]);
      }
    },
  },
  {
    name: "one write overwrites, deletes and reaches several sections",
    run: async () => {
      const { cache } = (await make()).stores.carried;
      await write(cache, { a: [1], b: [2] });
      ok(
        await cache.write([
          { section: "pages", key: "a", value: Uint8Array.of(9) },
          { section: "pages", key: "b", value: undefined },
          { section: "cards", key: "a", value: Uint8Array.of(7) },
          { section: "index", key: "never there", value: undefined },
        ]),
      );
      same([...value(await cache.readAll("pages"))], [["a", Uint8Array.of(9)]]);
      same([...value(await cache.readAll("cards"))], [["a", Uint8Array.of(7)]]);
      same([...value(await cache.readAll("index"))], []);
      ok(await cache.write([]));
    },
  },
  {
    name: "the caches of kept, carried and room share nothing",
    run: async () => {
      const { stores } = await make();
      await write(stores.room.cache, { a: [1] });
      same([...value(await stores.kept.cache.readAll("pages"))], []);
      same([...value(await stores.carried.cache.readAll("pages"))], []);
    },
  },
  {
    name: "clearing a cache empties it and leaves the volumes alone",
    run: async () => {
      const { stores, restart } = await make();
      await write(stores.carried.cache, { a: [1] });
      ok(await (await opened(stores, 1)).put([entry(1)]));
      ok(await stores.carried.cache.clear());
      const again = await restart();
      same([...value(await again.carried.cache.readAll("pages"))], []);
      same(await again.carried.volumes.list(), accept([1]));
      holds(await opened(again, 1), [entry(1)]);
    },
  },
  {
    name: "a closed cache refuses everything",
    run: async () => {
      const { cache } = (await make()).stores.carried;
      await write(cache, { a: [1] });
      await cache.close();
      for (const refused of [
        await cache.readAll("pages"),
        await cache.read("pages", "a"),
        await cache.write([]),
        await cache.clear(),
      ]) {
        same(refused.ok ? "accepted" : refused.code, "STORE_CLOSED");
      }
    },
  },
];

const chunkCases = (make: Make): readonly ContractCase[] => [
  {
    name: "a new profile has no photos",
    run: async () => {
      const { kept, carried } = (await make()).stores;
      for (const { chunks } of [kept, carried]) {
        same([...value(await chunks.names())], []);
        same(value(await chunks.get("absent")), undefined);
      }
    },
  },
  {
    name: "chunks are there byte for byte, also after a restart, and can be read before it",
    run: async () => {
      const { stores, restart } = await make();
      const bytes = entry(1, 65_608).envelope;
      ok(
        await stores.carried.chunks.put([
          { name: "one", bytes },
          { name: "two", bytes: Uint8Array.of(2) },
        ]),
      );
      ok(await stores.carried.chunks.put([]));
      for (const { carried } of [stores, await restart()]) {
        same(value(await carried.chunks.get("one")), bytes);
        same(value(await carried.chunks.get("two")), Uint8Array.of(2));
        same([...value(await carried.chunks.names())].sort(), ["one", "two"]);
      }
    },
  },
  {
    name: "chunks that were removed are gone, also after a restart, and the rest is there",
    run: async () => {
      const { stores, restart } = await make();
      const { chunks } = stores.kept;
      ok(await chunks.put(["a", "b", "c"].map((name) => ({ name, bytes: Uint8Array.of(1) }))));
      ok(await chunks.remove(["a", "c", "absent"]));
      ok(await chunks.remove([]));
      for (const { kept } of [stores, await restart()]) {
        same([...value(await kept.chunks.names())], ["b"]);
        same(value(await kept.chunks.get("a")), undefined);
      }
    },
  },
  {
    name: "what is put, removed and put again at once ends as it was asked",
    run: async () => {
      const { chunks } = (await make()).stores.carried;
      const put = (name: string) => chunks.put([{ name, bytes: Uint8Array.of(7) }]);
      for (const done of await Promise.all([
        put("stays"),
        chunks.remove(["stays"]),
        put("stays"),
        put("goes"),
        chunks.remove(["goes"]),
      ]))
        ok(done);
      same([...value(await chunks.names())], ["stays"]);
    },
  },
  {
    name: "the photos of kept and carried share nothing, and leave caches and volumes alone",
    run: async () => {
      const { stores, restart } = await make();
      await write(stores.carried.cache, { a: [1] });
      ok(await (await opened(stores, 1)).put([entry(1)]));
      ok(await stores.carried.chunks.put([{ name: "one", bytes: Uint8Array.of(1) }]));
      const again = await restart();
      same([...value(await again.kept.chunks.names())], []);
      same(value(await again.carried.cache.read("pages", "a")), Uint8Array.of(1));
      same(await again.carried.volumes.list(), accept([1]));
    },
  },
  {
    name: "a closed store of photos refuses everything",
    run: async () => {
      const { chunks } = (await make()).stores.carried;
      ok(await chunks.put([{ name: "one", bytes: Uint8Array.of(1) }]));
      await chunks.close();
      for (const refused of [
        await chunks.put([]),
        await chunks.get("one"),
        await chunks.names(),
        await chunks.remove([]),
      ]) {
        same(refused.ok ? "accepted" : refused.code, "STORE_CLOSED");
      }
    },
  },
];

const sorted = (entries: ReadonlyMap<string, Uint8Array>) =>
  [...entries].sort(([one], [other]) => (one < other ? -1 : 1));

const opened = async (stores: Stores, number: number): Promise<Volume> =>
  value(await stores.carried.volumes.open(number));

/** Bytes that differ from number to number; no cryptography is needed to store them. */
const entry = (number: number, length = 600): VolumeEntry => ({
  key: `key-${number}` as EnvelopeKey,
  envelope: Uint8Array.from({ length }, (_, index) => (index * 7 + number) & 255) as Envelope,
});

const ownEntry = (number: number): VolumeEntry => ({
  ...entry(number),
  own: new Uint8Array(32).fill(number),
});

const write = async (cache: CacheStore, pages: Readonly<Record<string, readonly number[]>>) =>
  ok(
    await cache.write(
      Object.entries(pages).map(([key, bytes]) => ({
        section: "pages",
        key,
        value: Uint8Array.from(bytes),
      })),
    ),
  );

const holds = (volume: Volume, entries: readonly VolumeEntry[]) => {
  same([...volume.keys()].sort(), entries.map(({ key }) => key).sort());
  for (const { key, envelope } of entries) {
    same(volume.has(key), true);
    same(volume.get(key), envelope);
  }
};

const value = <Value>(result: Result<Value, StoreCode>): Value => {
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.detail ?? ""}`);
  return result.value;
};

const ok = (result: Result<void, StoreCode>): void => value(result);

const same = (actual: unknown, expected: unknown) => {
  const [one, other] = [describe(actual), describe(expected)];
  if (one !== other)
    throw new Error(`expected ${other.slice(0, 300)}, but found ${one.slice(0, 300)}`);
};

const describe = (thing: unknown): string =>
  JSON.stringify(thing, (_, inner: unknown) =>
    inner instanceof Uint8Array ? `bytes ${inner.join(" ")}` : inner,
  ) ?? "undefined";
