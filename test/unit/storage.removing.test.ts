import { expect, test, vi } from "vitest";
import type { VolumeEntry } from "../../shared/ledger/stores.ts";
import {
  changeRaw,
  collectConnections,
  entryOf,
  failCommits,
  failWrites,
  firstVolume,
  holdDisk,
  letDiskRun,
  openFirst,
  startStores,
  useFreshDisk,
} from "./storage.faults.ts";

useFreshDisk();

const accepted = { ok: true, value: undefined };

/** Does any record of the volume, in either of its stores, hold these bytes? */
const isOnDisk = async ({ envelope }: VolumeEntry): Promise<boolean> => {
  for (const store of ["updates", "custom"]) {
    const records: unknown[] = await changeRaw(firstVolume, store, (raw) => raw.getAll());
    for (const record of records)
      if (record instanceof Uint8Array && Buffer.from(record).includes(Buffer.from(envelope)))
        return true;
  }
  return false;
};

const keysOnDisk = async () => [...(await openFirst()).keys()].sort();

const three = [entryOf(1), entryOf(2), entryOf(3)];
const [one, two] = three as [VolumeEntry, VolumeEntry, VolumeEntry];

const openWithThree = async () => {
  const volume = await openFirst();
  for (const entry of three) expect(await volume.put([entry])).toEqual(accepted);
  return volume;
};

test("the bytes of what was removed are nowhere in the database, and those of the rest are", async () => {
  const volume = await openWithThree();
  expect(await isOnDisk(two)).toBe(true);
  expect(await volume.remove([two.key])).toEqual(accepted);
  expect(await isOnDisk(two)).toBe(false);
  expect(await isOnDisk(one)).toBe(true);
  expect(await keysOnDisk()).toEqual(["key-1", "key-3"]);
});

test("removed is said only after the disk has let go", async () => {
  const volume = await openWithThree();
  const release = await holdDisk(firstVolume);
  let said = false;
  const removing = volume.remove([two.key]).then((result) => {
    said = true;
    return result;
  });
  await letDiskRun(200);
  expect(said).toBe(false);
  expect(volume.has(two.key)).toBe(false);
  await release();
  expect(await removing).toEqual(accepted);
  expect(await isOnDisk(two)).toBe(false);
});

for (const [name, fail] of [
  ["while writing", failWrites],
  ["while committing", failCommits],
] as const) {
  test(`a full disk, met ${name}, is told; nothing is lost; removing again removes`, async () => {
    const volume = await openWithThree();
    const makeRoom = fail("QuotaExceededError");
    expect(await volume.remove([two.key])).toMatchObject({ ok: false, code: "DISK_FULL" });
    expect(await volume.remove([two.key])).toMatchObject({ ok: false, code: "DISK_FULL" });
    expect(volume.has(two.key)).toBe(false);
    expect(await keysOnDisk()).toEqual(["key-1", "key-2", "key-3"]);
    makeRoom();
    expect(await volume.remove([two.key])).toEqual(accepted);
    expect(await isOnDisk(two)).toBe(false);
    expect(await keysOnDisk()).toEqual(["key-1", "key-3"]);
  });

  test(`what was put while a removal is refused ${name} is saved, and stays when it succeeds`, async () => {
    const volume = await openWithThree();
    const makeRoom = fail("QuotaExceededError");
    expect((await volume.remove([two.key])).ok).toBe(false);
    expect((await volume.put([entryOf(4)])).ok).toBe(false);
    makeRoom();
    expect(await volume.put([entryOf(5)])).toEqual(accepted);
    expect(await volume.remove([two.key])).toEqual(accepted);
    expect(await isOnDisk(two)).toBe(false);
    expect(await keysOnDisk()).toEqual(["key-1", "key-3", "key-4", "key-5"]);
  });
}

test("a removal that died after y-indexeddb had logged it is finished by removing again after a restart", async () => {
  const volume = await openWithThree();
  // y-indexeddb's own write comes first and passes; the log is not written anew.
  const heal = failCommits("AbortError", { skip: 1 });
  expect((await volume.remove([two.key])).ok).toBe(false);
  heal();
  const again = await openFirst(startStores());
  expect(again.has(two.key)).toBe(false);
  expect(await isOnDisk(two)).toBe(true);
  expect(await again.remove([two.key])).toEqual(accepted);
  expect(await isOnDisk(two)).toBe(false);
  expect(await keysOnDisk()).toEqual(["key-1", "key-3"]);
});

test("what the disk had refused, and was then removed, never gets there", async () => {
  const volume = await openWithThree();
  const makeRoom = failWrites("QuotaExceededError");
  expect((await volume.put([entryOf(4)])).ok).toBe(false);
  makeRoom();
  expect(await volume.remove([entryOf(4).key])).toEqual(accepted);
  expect(await volume.put([entryOf(5)])).toEqual(accepted);
  expect(await isOnDisk(entryOf(4))).toBe(false);
  expect(await keysOnDisk()).toEqual(["key-1", "key-2", "key-3", "key-5"]);
});

test("a database that was lost is told once; what was removed before does not come back with the rest", async () => {
  const connections = collectConnections();
  const volume = await openWithThree();
  expect(await volume.remove([two.key])).toEqual(accepted);
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(firstVolume).addEventListener("success", resolve);
  });
  connections.forEach((db) => db.close());
  await letDiskRun();
  expect(await volume.remove([one.key])).toMatchObject({ ok: false, code: "STORE_CLOSED" });
  expect(await volume.remove([one.key])).toEqual(accepted);
  expect(await isOnDisk(one)).toBe(false);
  expect(await isOnDisk(two)).toBe(false);
  expect(await keysOnDisk()).toEqual(["key-3"]);
});

test("y-indexeddb's own merging, before and after, neither brings it back nor loses another", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const volume = await openFirst();
  for (let index = 0; index < 505; index++) void volume.put([entryOf(index % 250, 40 + index)]);
  await volume.put([]);
  vi.advanceTimersByTime(900);
  const removing = volume.remove([entryOf(7).key]);
  vi.advanceTimersByTime(200);
  expect(await removing).toEqual(accepted);
  await letDiskRun();
  void volume.put([entryOf(600)]);
  vi.advanceTimersByTime(2_000);
  await letDiskRun();
  expect(await volume.put([entryOf(601)])).toEqual(accepted);
  const keys = await keysOnDisk();
  expect(keys).toHaveLength(251);
  expect(keys).not.toContain("key-7");
  expect(await isOnDisk(entryOf(7, 47))).toBe(false);
  vi.useRealTimers();
});

test("another window's words are kept, also those that this window has not seen", async () => {
  const mine = await openWithThree();
  const other = await openFirst(startStores());
  expect(await other.put([entryOf(4)])).toEqual(accepted);
  expect(await mine.remove([two.key])).toEqual(accepted);
  expect(await isOnDisk(two)).toBe(false);
  expect(await other.put([entryOf(5)])).toEqual(accepted);
  expect(await mine.put([entryOf(6)])).toEqual(accepted);
  expect(await keysOnDisk()).toEqual(["key-1", "key-3", "key-4", "key-5", "key-6"]);
});

test("a record that cannot be read is not thrown away with the log: the removal is refused until it stands aside", async () => {
  const volume = await openWithThree();
  await changeRaw(firstVolume, "updates", (store) => store.add(new Uint8Array(30).fill(0xff)));
  expect(await volume.remove([two.key])).toMatchObject({ ok: false });
  await volume.close();
  const again = await openFirst(startStores());
  expect(await again.remove([two.key])).toEqual(accepted);
  expect(await isOnDisk(two)).toBe(false);
  const aside = await changeRaw(firstVolume, "custom", (store) => store.getAllKeys());
  expect(aside).toContainEqual(["damaged", expect.anything()]);
});
