import { expect, test } from "vitest";
import { Doc, encodeStateAsUpdate } from "yjs";
import { volumeNumber } from "../../renderer/storage/names.ts";
import type { StorageReport } from "../../renderer/storage/storageReport.ts";
import {
  changeRaw,
  collectConnections,
  entryOf,
  failCommits,
  failOpening,
  failWrites,
  firstVolume,
  letDiskRun,
  openFirst,
  openRaw,
  startStores,
  useFreshDisk,
  valueOf,
} from "./storage.faults.ts";

useFreshDisk();

const startWithOne = async () => {
  const volume = await openFirst();
  await volume.put([entryOf(1)]);
  await volume.close();
};

const damages: [string, (store: IDBObjectStore) => IDBRequest<IDBValidKey>][] = [
  ["text", (store) => store.add("hello")],
  ["a number", (store) => store.add(7)],
  ["an object", (store) => store.add({ length: 3 })],
  ["an array buffer", (store) => store.add(new ArrayBuffer(4))],
  ["empty bytes", (store) => store.add(new Uint8Array())],
  ["junk bytes", (store) => store.add(new Uint8Array(100).fill(0xff))],
  ["a cut update", (store) => store.add(anUpdate().slice(0, -5))],
  ["a record under a key that is no number", (store) => store.add(anUpdate(), "name")],
];

test.each(damages)(
  "%s in a damaged volume is set aside and reported; the envelopes are there",
  async (_, damage) => {
    await startWithOne();
    await changeRaw(firstVolume, "updates", damage);
    const reports: StorageReport[] = [];
    const volume = await openFirst(startStores(reports));
    expect([...volume.keys()]).toEqual(["key-1"]);
    expect(reports).toEqual([{ code: "DAMAGED_RECORD", database: firstVolume, count: 1 }]);
    expect(await volume.put([entryOf(2)])).toMatchObject({ ok: true });
    const later: StorageReport[] = [];
    expect([...(await openFirst(startStores(later))).keys()].sort()).toEqual(["key-1", "key-2"]);
    expect(later).toEqual([]);
    const custom = await changeRaw(firstVolume, "custom", (store) => store.getAllKeys());
    expect(custom).toContainEqual(["damaged", expect.anything()]);
  },
);

const anUpdate = () => {
  const doc = new Doc();
  doc.getMap("envelopes").set("other", new Uint8Array(50));
  return encodeStateAsUpdate(doc);
};

test("values of another kind in the map are passed over and reported, and can be put again", async () => {
  await startWithOne();
  const doc = new Doc();
  const map = doc.getMap("envelopes");
  map.set("key-2", "text");
  map.set("key-3", 5);
  map.set("key-4", new Doc().getMap("x").doc);
  await changeRaw(firstVolume, "updates", (store) => store.add(encodeStateAsUpdate(doc)));
  const reports: StorageReport[] = [];
  const volume = await openFirst(startStores(reports));
  expect([...volume.keys()]).toEqual(["key-1"]);
  expect(volume.size()).toBe(600);
  expect(reports).toMatchObject([{ code: "NOT_AN_ENVELOPE", count: 3 }]);
  expect(await volume.put([entryOf(2)])).toMatchObject({ ok: true });
  expect([...(await openFirst()).keys()].sort()).toEqual(["key-1", "key-2"]);
});

test("an update whose predecessor is missing is kept, and reported", async () => {
  const doc = new Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  doc.getMap("envelopes").set("key-1", new Uint8Array(5));
  doc.getMap("envelopes").set("key-2", new Uint8Array(5));
  await startWithOne();
  await changeRaw(firstVolume, "updates", (store) => store.add(updates[1]));
  const reports: StorageReport[] = [];
  expect([...(await openFirst(startStores(reports))).keys()]).toEqual(["key-1"]);
  expect(reports).toEqual([{ code: "GAP", database: firstVolume, count: 1 }]);
});

test("a database that is no volume is refused and left alone", async () => {
  (await openRaw(firstVolume, (db) => db.createObjectStore("something else"))).close();
  const opened = await startStores().carried.volumes.open(1);
  expect(opened).toMatchObject({ ok: false, code: "STORE_FAILED" });
  const db = await openRaw(firstVolume);
  expect([...db.objectStoreNames]).toEqual(["something else"]);
});

test("a volume that cannot be opened is told, and opens once it can", async () => {
  await startWithOne();
  const stores = startStores();
  const heal = failOpening("UnknownError");
  expect(await stores.carried.volumes.open(1)).toMatchObject({ code: "STORE_FAILED" });
  expect(await stores.carried.cache.readAll("pages")).toMatchObject({ code: "STORE_FAILED" });
  heal();
  expect([...(await openFirst(stores)).keys()]).toEqual(["key-1"]);
  expect(await stores.carried.cache.readAll("pages")).toMatchObject({ ok: true });
});

test("a full disk does not keep anyone from reading", async () => {
  await startWithOne();
  failWrites("QuotaExceededError");
  failCommits("QuotaExceededError");
  const volume = await openFirst();
  expect([...volume.keys()]).toEqual(["key-1"]);
});

test("a list that cannot be had is told, not taken for an empty one", async () => {
  const stores = startStores();
  indexedDB.databases = () => Promise.reject(new DOMException("", "UnknownError"));
  expect(await stores.carried.volumes.list()).toMatchObject({ ok: false, code: "STORE_FAILED" });
});

test("only a volume's own name is taken for its number", () => {
  expect(volumeNumber("twofold.carried.12", "twofold", "carried")).toBe(12);
  for (const name of [
    undefined,
    "twofold.carried.0",
    "twofold.carried.01",
    "twofold.carried.1.1",
    "twofold.carried.-1",
    "twofold.carried.",
    "twofold.kept.1",
    "twofold.carried.carried.1",
    "xtwofold.carried.1",
    "twofold.carried.9999999999",
  ]) {
    expect(volumeNumber(name, "twofold", "carried")).toBeUndefined();
  }
});

test("a full disk leaves the cache as it was", async () => {
  const { cache } = startStores().carried;
  await cache.write([{ section: "pages", key: "a", value: Uint8Array.of(1) }]);
  const makeRoom = failWrites("QuotaExceededError", { skip: 1 });
  const changes = [
    { section: "pages", key: "a", value: Uint8Array.of(2) },
    { section: "cards", key: "b", value: Uint8Array.of(3) },
  ] as const;
  expect(await cache.write(changes)).toMatchObject({ ok: false, code: "DISK_FULL" });
  expect(await cache.read("pages", "a")).toMatchObject({ value: Uint8Array.of(1) });
  makeRoom();
  expect(await cache.write(changes)).toMatchObject({ ok: true });
  expect(await cache.read("pages", "a")).toMatchObject({ value: Uint8Array.of(2) });
});

test("a cache write that aborts while committing is told", async () => {
  const { cache } = startStores().carried;
  valueOf(await cache.clear());
  const heal = failCommits("QuotaExceededError");
  const change = { section: "pages", key: "a", value: Uint8Array.of(1) } as const;
  expect(await cache.write([change])).toMatchObject({ ok: false, code: "DISK_FULL" });
  heal();
  expect(await cache.read("pages", "a")).toMatchObject({ ok: true, value: undefined });
});

test("a cache deleted or closed under us opens anew", async () => {
  const connections = collectConnections();
  const { cache } = startStores().carried;
  const change = { section: "pages", key: "a", value: Uint8Array.of(1) } as const;
  valueOf(await cache.write([change]));
  await new Promise((resolve) =>
    indexedDB.deleteDatabase("twofold.couple.carried.cache").addEventListener("success", resolve),
  );
  expect(await cache.readAll("pages")).toEqual({ ok: true, value: new Map() });
  connections.forEach((db) => db.close());
  await letDiskRun();
  expect(await cache.write([change])).toMatchObject({ ok: false, code: "STORE_CLOSED" });
  expect(await cache.write([change])).toMatchObject({ ok: true });
});

test("cache entries of another kind are passed over and reported", async () => {
  const reports: StorageReport[] = [];
  const { cache } = startStores(reports).carried;
  valueOf(await cache.write([{ section: "pages", key: "a", value: Uint8Array.of(1) }]));
  await changeRaw("twofold.couple.carried.cache", "pages", (store) => store.put("text", "b"));
  await changeRaw("twofold.couple.carried.cache", "pages", (store) =>
    store.put(Uint8Array.of(1), 7),
  );
  expect([...valueOf(await cache.readAll("pages")).keys()]).toEqual(["a"]);
  expect(valueOf(await cache.read("pages", "b"))).toBeUndefined();
  expect(reports).toMatchObject([{ code: "NOT_A_CACHE_ENTRY", count: 2 }, { count: 1 }]);
});
