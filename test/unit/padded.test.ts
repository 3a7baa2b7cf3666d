import { beforeAll, describe, expect, test } from "vitest";
import { createManualClock } from "../support/manualClock.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EnvelopeKey } from "../../shared/envelope/envelope.ts";
import { fillDrawers } from "../../shared/ledger/paddedChest.ts";
import {
  drawerKeys,
  drawerRoom,
  drawersInStep,
  firstSteps,
  makeFillers,
  readLabel,
} from "../../shared/ledger/paddedDrawers.ts";
import { discardUnusedOldRoom, moveOldRoom } from "../../shared/ledger/oldRoom.ts";
import type { DrawerStore, Stores } from "../../shared/ledger/stores.ts";
import { storesContract } from "../contract/stores.suite.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must, openWith, roomKey, sealedLike, shapeOf } from "./paddedKit.ts";

beforeAll(loadSodium);

/** Three rooms instead of three ledgers: in drawers there is no empty volume, so that case is left out. */
const makeThree = async () => {
  const random = seededRandom(7);
  const disks = { kept: createMemoryDisk(), carried: createMemoryDisk(), room: createMemoryDisk() };
  /** What an app that was killed had open stays open; its cache is written, as a minute later it would have been. */
  const drawersOf = (disk: MemoryDisk): DrawerStore => ({
    ...disk.start().drawers,
    close: async () => {},
  });
  const start = async (): Promise<Stores & { readonly leave: () => Promise<void> }> => {
    const kept = await openWith(drawersOf(disks.kept), random);
    const carried = await openWith(drawersOf(disks.carried), random);
    const room = await openWith(drawersOf(disks.room), random);
    return {
      kept,
      carried,
      drawers: createMemoryDisk().start().drawers,
      room: { ...room, discard: async () => ({ ok: true, value: undefined }) },
      leave: async () => {
        for (const each of [kept, carried, room]) await each.leave();
      },
    };
  };
  let now = await start();
  return {
    stores: now,
    restart: async () => {
      await now.leave();
      now = await start();
      return now;
    },
  };
};

const leftOut = "volumes are listed by number, also after a restart";

for (const { name, run } of storesContract(makeThree).filter((one) => one.name !== leftOut))
  test(`in the room's drawers: ${name}`, run);

const newRoom = async (seed = 1) => {
  const disk = createMemoryDisk();
  const random = seededRandom(seed);
  must(await fillDrawers(disk.start().drawers, random));
  return { disk, random, store: () => disk.start().drawers };
};

describe("to somebody who looks at the disk without the room's key", () => {
  test("a room that is used and one that never was are the same, in number, names and sizes", async () => {
    const [used, unused] = [await newRoom(1), await newRoom(2)];
    const stores = await openWith(used.store(), used.random);
    const volume = must(await stores.volumes.open(1));
    for (let index = 0; index < 300; index++)
      must(await volume.put([sealedLike(used.random, 592 + (index % 40) * 16)]));
    must(await stores.cache.write([{ section: "pages", key: "a", value: used.random(30_000) }]));
    must(await stores.chunks.put([{ name: "x".repeat(43), bytes: used.random(65_624) }]));
    await stores.leave();
    expect(await shapeOf(used.store())).toEqual({ steps: firstSteps });
    expect(await shapeOf(unused.store())).toEqual({ steps: firstSteps });
  });

  test("neither the order nor the first letters of the names tell how much is in use", async () => {
    const { store, random } = await newRoom();
    const stores = await openWith(store(), random);
    must(await (await openFirst(stores)).put(many(random, 4_000)));
    await stores.leave();
    const keys = labelKeys();
    const labels = must(await store().labels());
    const mine = labels.flatMap((label, at) => (readLabel(keys, label).ok ? [at] : []));
    expect(mine.length).toBeGreaterThan(250);
    const middle = mine.reduce((sum, at) => sum + at, 0) / mine.length / labels.length;
    expect(Math.abs(middle - 0.5)).toBeLessThan(0.06);
    // Sixteen kinds of first letters, 64 of each expected: chi squared with 15 degrees, 1 in 10,000.
    expect(unevenness(labels)).toBeLessThan(44.3);
  });

  test("what was in a drawer twice is never there twice: every save has new names and new bytes", async () => {
    const { store, random } = await newRoom();
    const stores = await openWith(store(), random);
    const volume = await openFirst(stores);
    must(await volume.put([sealedLike(random)]));
    const before = new Set(must(await store().labels()));
    must(await volume.put([sealedLike(random)]));
    const after = must(await store().labels());
    // The last drawer of the run was replaced; nothing else was touched.
    expect(after.filter((label) => !before.has(label))).toHaveLength(1);
    expect(after).toHaveLength(before.size);
  });

  test("one's own pieces of photos cannot be looked for, neither by name nor by their bytes", async () => {
    const { store, random } = await newRoom();
    const stores = await openWith(store(), random);
    const chunk = { name: "n".repeat(43), bytes: random(65_624) };
    must(await stores.chunks.put([chunk]));
    await stores.leave();
    const labels = must(await store().labels());
    const needle = Buffer.from(chunk.bytes.subarray(1_000, 1_016));
    for (const content of must(await store().read(labels)))
      expect(Buffer.from(content ?? []).includes(needle)).toBe(false);
    expect(labels.some((label) => label.includes(chunk.name))).toBe(false);
    const again = await openWith(store(), random);
    expect(must(await again.chunks.get(chunk.name))).toEqual(chunk.bytes);
    expect(must(await again.chunks.names())).toEqual(new Set([chunk.name]));
  });

  test("another key opens nothing of it, and takes the whole of it for fillers", async () => {
    const { store, random } = await newRoom();
    const stores = await openWith(store(), random);
    must(await (await openFirst(stores)).put(many(random, 50)));
    await stores.leave();
    const other = await openWith(store(), random, new Uint8Array(32).fill(1));
    expect(must(await other.volumes.list())).toEqual([]);
    expect([...(await openFirst(other)).keys()]).toEqual([]);
  });
});

describe("the size on the disk", () => {
  test("grows by whole MiB, no sooner than the fillers are used up, and never shrinks", async () => {
    const { store, random } = await newRoom();
    const stores = await openWith(store(), random);
    const seen: number[] = [];
    const names = Array.from({ length: 12 }, (_, index) => `chunk ${index}`);
    const each = 200;
    const bytes = new Uint8Array(each * drawerRoom);
    for (const name of names) {
      must(await stores.chunks.put([{ name, bytes }]));
      seen.push((await shapeOf(store())).steps);
    }
    const needed = names.map((_, index) => Math.ceil(((index + 1) * each) / drawersInStep));
    expect(seen).toEqual(needed.map((steps) => Math.max(steps, firstSteps)));
    expect(seen.at(-1)).toBeGreaterThan(firstSteps + 1);
    must(await stores.chunks.remove(names));
    expect((await shapeOf(store())).steps).toBe(seen.at(-1));
    expect(must(await stores.chunks.names()).size).toBe(0);
  });

  test("of a profile that has none, or an odd one, is made whole without any key; what is there stays", async () => {
    const { store, random } = await newRoom();
    const stores = await openWith(store(), random);
    const entries = many(random, 20);
    must(await (await openFirst(stores)).put(entries));
    await stores.leave();
    must(await store().swap([], makeFillers(3, random)));
    must(await fillDrawers(store(), random));
    expect((await shapeOf(store())).steps).toBe(firstSteps + 1);
    const volume = await openFirst(await openWith(store(), random));
    expect([...volume.keys()].sort()).toEqual(entries.map(({ key }) => key).sort());
  });
});

describe("a full disk", () => {
  test("refuses to grow with nothing lost, and the same again goes through when there is place", async () => {
    const { disk, store, random } = await newRoom();
    const stores = await openWith(store(), random);
    const volume = await openFirst(stores);
    const [first, second] = [many(random, 10), many(random, 10)];
    must(await volume.put(first));
    disk.failNext("put", "DISK_FULL", 2);
    expect(await volume.put(second)).toMatchObject({ ok: false, code: "DISK_FULL" });
    expect([...volume.keys()]).toHaveLength(20);
    expect((await shapeOf(store())).steps).toBe(firstSteps);
    expect(await volume.remove([keyOf(first)])).toMatchObject({ ok: false, code: "DISK_FULL" });
    must(await volume.put([]));
    const again = await openFirst(await openWith(store(), random));
    expect([...again.keys()].sort()).toEqual([...volume.keys()].sort());
    expect(again.has(keyOf(first))).toBe(false);
  });

  test("while the page cache is written costs no word: it is made anew from the envelopes", async () => {
    const { disk, store, random } = await newRoom();
    const stores = await openWith(store(), random);
    must(await (await openFirst(stores)).put(many(random, 10)));
    must(await stores.cache.write([{ section: "index", key: "a", value: random(9) }]));
    disk.failNext("put", "DISK_FULL");
    await stores.leave();
    const again = await openWith(store(), random);
    expect(must(await again.cache.readAll("index")).size).toBe(0);
    expect([...(await openFirst(again)).keys()]).toHaveLength(10);
  });
});

describe("the page cache of the room", () => {
  const change = (key: string, value: Uint8Array | undefined) =>
    ({ section: "pages", key, value }) as const;

  test("is there again after locking, also when only some of it was written since", async () => {
    const { store, random } = await newRoom();
    const expected = new Map<string, Uint8Array>();
    for (let round = 0; round < 12; round++) {
      const stores = await openWith(store(), random);
      expect(must(await stores.cache.readAll("pages"))).toEqual(expected);
      for (let index = 0; index < 5; index++) {
        const key = `page ${(round * 3 + index * 5) % 17}`;
        const value = index === 4 ? undefined : random(900 + index * 3_000);
        must(await stores.cache.write([change(key, value)]));
        if (value === undefined) expected.delete(key);
        else expected.set(key, value);
      }
      await stores.leave();
    }
  });

  test("is written by itself within a minute, and does not keep what is out of date for long", async () => {
    const { store, random } = await newRoom();
    const clock = createManualClock();
    const stores = await openWith(store(), random, roomKey, clock);
    const value = random(200_000);
    for (let round = 0; round < 60; round++) {
      must(await stores.cache.write([change("long", value)]));
      clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const keys = labelKeys();
    const labels = must(await store().labels());
    const used = labels.filter((label) => readLabel(keys, label).ok).length;
    expect(used * 8_148).toBeLessThan(2 * value.length + 2 ** 20 + 3 * value.length);
    const killed = await openWith(store(), random);
    expect(must(await killed.cache.read("pages", "long"))).toEqual(value);
  });

  test("loses the words of what is removed in the same transaction as the envelopes", async () => {
    const { store, random } = await newRoom();
    const stores = await openWith(store(), random);
    const volume = await openFirst(stores);
    const entries = many(random, 5);
    must(await volume.put(entries));
    must(await stores.cache.write([change("gone", random(30_000)), change("stays", random(50))]));
    await stores.leave();
    const later = await openWith(store(), random);
    const again = await openFirst(later);
    must(await later.cache.write([change("gone", undefined)]));
    must(await again.remove([keyOf(entries)]));
    // Killed here: nothing was written since.
    const killed = await openWith(store(), random);
    expect([...must(await killed.cache.readAll("pages")).keys()]).toEqual(["stays"]);
    const used = must(await store().labels()).filter((label) => readLabel(labelKeys(), label).ok);
    expect(used).toHaveLength(2);
  });

  test("that knows nothing of the newest volume counts as none", async () => {
    const { store, random } = await newRoom();
    const stores = await openWith(store(), random);
    must(await (await openFirst(stores)).put(many(random, 2)));
    must(await stores.cache.write([change("a", random(9))]));
    await stores.leave();
    const later = await openWith(store(), random);
    must(await must(await later.volumes.open(2)).put(many(random, 2)));
    const killed = await openWith(store(), random);
    expect(must(await killed.cache.readAll("pages")).size).toBe(0);
  });
});

test("after damage to one drawer the rest is read, told, and written on", async () => {
  const { store, random } = await newRoom();
  const stores = await openWith(store(), random);
  const entries = many(random, 100);
  must(await (await openFirst(stores)).put(entries));
  await stores.leave();
  const keys = labelKeys();
  const second = must(await store().labels()).find((label) => {
    const place = readLabel(keys, label);
    return place.ok && place.value.kind === "words" && place.value.part === 1;
  });
  if (second === undefined) throw new Error("no second drawer");
  must(await store().swap([second], [{ label: second, content: random(8_192) }]));
  const troubles: string[] = [];
  const damaged = await openWith(store(), random, roomKey, createManualClock(), (code) =>
    troubles.push(code),
  );
  const volume = await openFirst(damaged);
  const left = [...volume.keys()];
  expect(troubles).toEqual(["DAMAGED_RECORD"]);
  expect(left.length).toBeGreaterThan(80);
  for (const key of left)
    expect(volume.get(key)).toEqual(entries.find((one) => one.key === key)?.envelope);
  must(await volume.put(many(random, 3)));
  const again = await openFirst(await openWith(store(), random));
  expect([...again.keys()]).toHaveLength(left.length + 3);
});

test("a disk that was lost under us is written again whole with the next words", async () => {
  const { store, random } = await newRoom();
  const held = store();
  const stores = await openWith(held, random);
  const volume = await openFirst(stores);
  must(await volume.put(many(random, 40)));
  must(await store().swap(must(await store().labels()), []));
  expect((await volume.put(many(random, 1))).ok).toBe(false);
  must(await volume.put([]));
  expect([...(await openFirst(await openWith(store(), random))).keys()]).toHaveLength(41);
  expect((await shapeOf(store())).steps).toBe(firstSteps);
});

describe("a room from before there were drawers", () => {
  const oldRoom = async (volumes: readonly (readonly [number, number])[]) => {
    const made = await newRoom();
    const old = made.disk.start().room;
    for (const [number, count] of volumes) {
      const volume = must(await old.volumes.open(number));
      must(await volume.put(many(made.random, count)));
    }
    return { ...made, old: made.disk.start().room };
  };

  test("that was never written in goes at once, without a key; one with words stays", async () => {
    const empty = await oldRoom([[1, 0]]);
    must(await discardUnusedOldRoom(empty.old));
    expect(must(await empty.disk.start().room.volumes.list())).toEqual([]);
    const full = await oldRoom([
      [1, 0],
      [2, 3],
    ]);
    must(await discardUnusedOldRoom(full.old));
    expect(must(await full.disk.start().room.volumes.list())).toEqual([1, 2]);
  });

  test("moves over with all its envelopes, also when it is killed in between, and leaves nothing", async () => {
    const { disk, old, store, random } = await oldRoom([
      [1, 30],
      [2, 20],
    ]);
    const stores = await openWith(store(), random);
    disk.failNext("remove", "STORE_FAILED");
    expect((await moveOldRoom(old, stores)).ok).toBe(false);
    const again = await openWith(store(), random);
    must(await moveOldRoom(disk.start().room, again));
    expect(must(await disk.start().room.volumes.list())).toEqual([]);
    expect(must(await again.volumes.list())).toEqual([1, 2]);
    expect([...must(await again.volumes.open(1)).keys()]).toHaveLength(30);
    expect([...must(await again.volumes.open(2)).keys()]).toHaveLength(20);
  });
});

const openFirst = async (stores: Pick<Stores["kept"], "volumes">) =>
  must(await stores.volumes.open(1));

const many = (random: ReturnType<typeof seededRandom>, count: number) =>
  Array.from({ length: count }, () => sealedLike(random));

const keyOf = (entries: readonly { readonly key: EnvelopeKey }[]): EnvelopeKey =>
  entries[0]?.key ?? ("" as EnvelopeKey);

const labelKeys = () => drawerKeys(roomKey);

const unevenness = (labels: readonly string[]): number => {
  const counts = Array.from({ length: 16 }, () => 0);
  for (const label of labels) {
    const first = (Buffer.from(label.slice(0, 4), "base64url")[0] ?? 0) >> 4;
    counts[first] = (counts[first] ?? 0) + 1;
  }
  const expected = labels.length / 16;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};
