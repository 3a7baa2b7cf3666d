import { forceCloseDatabase } from "fake-indexeddb";
import { expect, test, vi } from "vitest";
import {
  breakConnection,
  changeRaw,
  collectConnections,
  entryOf,
  failCommits,
  failWrites,
  firstVolume,
  holdDisk,
  letDiskRun,
  methodOf,
  openFirst,
  startStores,
  useFreshDisk,
} from "./storage.faults.ts";

useFreshDisk();

/** Its types ask for the class where they mean a connection. */
const toFake = (db: IDBDatabase) => db as unknown as Parameters<typeof forceCloseDatabase>[0];

const accepted = { ok: true, value: undefined };

/** What a newly started app finds. */
const keysOnDisk = async () => [...(await openFirst()).keys()].sort();

test("saved is said only after the disk has taken it", async () => {
  const volume = await openFirst();
  const release = await holdDisk(firstVolume);
  let said = false;
  const saving = volume.put([entryOf(1)]).then((result) => {
    said = true;
    return result;
  });
  await letDiskRun(200);
  expect(said).toBe(false);
  expect(volume.has(entryOf(1).key)).toBe(true);
  await release();
  expect(await saving).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1"]);
});

test("saved is said after a strict transaction, and that one is the last", async () => {
  const volume = await openFirst();
  const durabilities: (string | undefined)[] = [];
  const transaction = methodOf(IDBDatabase.prototype, "transaction");
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...input
  ) {
    durabilities.push(input[2]?.durability);
    return transaction.apply(this, input);
  });
  await volume.put([entryOf(1)]);
  expect(durabilities.at(-1)).toBe("strict");
  vi.restoreAllMocks();
});

test("a write that y-indexeddb loses in silence is made good, and told as saved only then", async () => {
  const volume = await openFirst();
  failCommits("QuotaExceededError", { times: 1 });
  expect(await volume.put([entryOf(1)])).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1"]);
});

test("a write of y-indexeddb that errs is made good too", async () => {
  const volume = await openFirst();
  failWrites("QuotaExceededError", { times: 1 });
  expect(await volume.put([entryOf(1)])).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1"]);
});

for (const [name, fail] of [
  ["while writing", failWrites],
  ["while committing", failCommits],
] as const) {
  test(`a full disk, met ${name}, is told; the words stay readable; putting again saves them`, async () => {
    const volume = await openFirst();
    await volume.put([entryOf(1)]);
    const makeRoom = fail("QuotaExceededError");
    expect(await volume.put([entryOf(2)])).toMatchObject({ ok: false, code: "DISK_FULL" });
    expect(await volume.put([entryOf(2)])).toMatchObject({ ok: false, code: "DISK_FULL" });
    expect(volume.get(entryOf(2).key)).toEqual(entryOf(2).envelope);
    expect(await keysOnDisk()).toEqual(["key-1"]);
    makeRoom();
    expect(await volume.put([entryOf(2)])).toEqual(accepted);
    expect(await keysOnDisk()).toEqual(["key-1", "key-2"]);
  });
}

test("a later put that is saved saves what was refused before it", async () => {
  const volume = await openFirst();
  const makeRoom = failWrites("QuotaExceededError");
  expect(await volume.put([entryOf(1)])).toMatchObject({ code: "DISK_FULL" });
  makeRoom();
  expect(await volume.put([entryOf(2)])).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1", "key-2"]);
  expect(await volume.put([entryOf(1)])).toEqual(accepted);
});

test("an abort without a reason is told as such, and putting again saves", async () => {
  const volume = await openFirst();
  const heal = failCommits(null);
  expect(await volume.put([entryOf(1)])).toMatchObject({ ok: false, code: "STORE_FAILED" });
  heal();
  expect(await volume.put([entryOf(1)])).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1"]);
});

const losses: Record<string, (connections: ReadonlySet<IDBDatabase>) => Promise<unknown> | void> = {
  "deleted by another page": () =>
    new Promise((resolve) => {
      indexedDB.deleteDatabase(firstVolume).addEventListener("success", resolve);
    }),
  "closed by the browser": (connections) =>
    connections.forEach((db) => forceCloseDatabase(toFake(db))),
  "closed without a word": (connections) => connections.forEach((db) => db.close()),
};

for (const [name, lose] of Object.entries(losses)) {
  test(`a database ${name} is told once; putting again brings back everything`, async () => {
    const connections = collectConnections();
    const volume = await openFirst();
    await volume.put([entryOf(1), entryOf(2)]);
    await lose(connections);
    await letDiskRun();
    expect(await volume.put([entryOf(3)])).toMatchObject({ ok: false, code: "STORE_CLOSED" });
    expect([...volume.keys()]).toHaveLength(3);
    expect(await volume.put([entryOf(3)])).toEqual(accepted);
    expect(await volume.put([entryOf(4)])).toEqual(accepted);
    expect(await keysOnDisk()).toEqual(["key-1", "key-2", "key-3", "key-4"]);
  });
}

test("a database closed by the browser in the middle of a put is told, and putting again saves", async () => {
  const connections = collectConnections();
  const volume = await openFirst();
  const before = [...connections];
  const release = await holdDisk(firstVolume);
  const saving = volume.put([entryOf(1)]);
  await letDiskRun();
  for (const db of before) breakConnection(db);
  expect(await saving).toMatchObject({ ok: false, code: "STORE_CLOSED" });
  await release();
  expect(await volume.put([entryOf(1)])).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1"]);
});

test("what y-indexeddb fails to write again after a loss is made good", async () => {
  const volume = await openFirst();
  await volume.put([entryOf(1)]);
  await losses["deleted by another page"]?.(new Set());
  expect(await volume.put([entryOf(2)])).toMatchObject({ code: "STORE_CLOSED" });
  failWrites("QuotaExceededError", { times: 1 });
  expect(await volume.put([entryOf(2)])).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1", "key-2"]);
});

test("a lost database on a full disk stays told until there is room", async () => {
  const connections = collectConnections();
  const volume = await openFirst();
  await volume.put([entryOf(1)]);
  connections.forEach((db) => db.close());
  expect(await volume.put([entryOf(2)])).toMatchObject({ code: "STORE_CLOSED" });
  const makeRoom = failWrites("QuotaExceededError");
  expect(await volume.put([entryOf(2)])).toMatchObject({ code: "DISK_FULL" });
  makeRoom();
  expect(await volume.put([entryOf(2)])).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1", "key-2"]);
});

test("y-indexeddb's merging of 500 records, in between a put and its confirmation, loses nothing", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const volume = await openFirst();
  for (let index = 0; index < 505; index++) void volume.put([entryOf(index, 10)]);
  await volume.put([]);
  const release = await holdDisk(firstVolume);
  const first = volume.put([entryOf(600)]);
  await letDiskRun();
  const second = volume.put([entryOf(601)]);
  vi.advanceTimersByTime(1_000);
  await letDiskRun();
  await release();
  expect([await first, await second]).toEqual([accepted, accepted]);
  await letDiskRun();
  expect(await changeRaw(firstVolume, "updates", (store) => store.count())).toBeLessThan(5);
  expect(await keysOnDisk()).toHaveLength(507);
  vi.useRealTimers();
});

test("merging on a full disk, or after the database has gone, disturbs nothing", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const connections = collectConnections();
  const volume = await openFirst();
  for (let index = 0; index < 505; index++) void volume.put([entryOf(index, 10)]);
  await volume.put([]);
  const makeRoom = failWrites("QuotaExceededError");
  vi.advanceTimersByTime(1_000);
  await letDiskRun();
  makeRoom();
  await volume.put([entryOf(600)]);
  connections.forEach((db) => forceCloseDatabase(toFake(db)));
  await letDiskRun();
  vi.advanceTimersByTime(10_000);
  await letDiskRun();
  expect(await keysOnDisk()).toHaveLength(506);
  vi.useRealTimers();
});

test("closing waits for what is under way", async () => {
  const volume = await openFirst();
  const release = await holdDisk(firstVolume);
  const saving = volume.put([entryOf(1)]);
  let closed = false;
  const closing = volume.close().then(() => (closed = true));
  await letDiskRun();
  expect(closed).toBe(false);
  await release();
  await closing;
  expect(await saving).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1"]);
});

test("two windows on one volume lose nothing of each other", async () => {
  const one = await openFirst();
  const other = await openFirst(startStores());
  await Promise.all([one.put([entryOf(1)]), other.put([entryOf(2)])]);
  await Promise.all([one.put([entryOf(3)]), other.put([entryOf(4)])]);
  expect(await keysOnDisk()).toEqual(["key-1", "key-2", "key-3", "key-4"]);
});
