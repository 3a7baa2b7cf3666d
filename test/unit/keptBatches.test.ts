import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { batchesOf } from "../../shared/ledger/batches.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { must } from "../support/twoPartners.ts";
import { entryOf, excerptOf, newPage, openKept } from "./keptKit.ts";

beforeAll(loadSodium);

/** The number of transactions on the volumes and on the cache. */
const counting = (stores: LedgerStores) => {
  const count = { put: 0, write: 0 };
  const counted: LedgerStores = {
    ...stores,
    cache: {
      ...stores.cache,
      write: (changes) => {
        count.write += 1;
        return stores.cache.write(changes);
      },
    },
    volumes: {
      ...stores.volumes,
      open: async (number) => {
        const opened = await stores.volumes.open(number);
        if (!opened.ok) return opened;
        const put: typeof opened.value.put = (entries) => {
          count.put += 1;
          return opened.value.put(entries);
        };
        return { ...opened, value: { ...opened.value, put } };
      },
    },
  };
  return { count, counted };
};

test("a thousand entries that come at once are there after a restart, and the disk was asked a few times", async () => {
  const disk = createMemoryDisk();
  const { count, counted } = counting(disk.start().kept);
  const { shelf } = await openKept(counted);
  const pages = Array.from({ length: 1_000 }, newPage);
  must(await shelf.writeAll(pages.flatMap((page, index) => entryOf(page, `entry ${index}`))));
  expect(count.put).toBeLessThanOrEqual(3);
  expect(count.write).toBeLessThanOrEqual(4);
  await shelf.close();
  const again = await openKept(disk.start().kept);
  expect(pages.map((page) => excerptOf(again.shelf, page))).toEqual(
    pages.map((_, index) => `entry ${index}`),
  );
  expect(again.troubles).toEqual([]);
});

test("what comes at once and what comes one by one stand in one chain, also when the cache is made anew", async () => {
  const disk = createMemoryDisk();
  const { shelf } = await openKept(disk.start().kept);
  const [one, two, three] = [newPage(), newPage(), newPage()];
  must(await shelf.writeAll([...entryOf(one, "one", 3), ...entryOf(two, "two", 2)]));
  for (const { page, act, body } of entryOf(three, "three", 2))
    must(await shelf.write(page, act, body));
  await shelf.close();
  must(await disk.start().kept.cache.clear());
  const again = await openKept(disk.start().kept);
  expect(excerptOf(again.shelf, one)).toBe("one one 1 one 2");
  expect(excerptOf(again.shelf, two)).toBe("two two 1");
  expect(excerptOf(again.shelf, three)).toBe("three three 1");
  expect(again.troubles).toEqual([]);
});

test("a full disk takes none of them, says so, and takes all of them before whatever is written next", async () => {
  const disk = createMemoryDisk();
  const { shelf, troubles } = await openKept(disk.start().kept);
  const [one, two, later] = [newPage(), newPage(), newPage()];
  disk.failNext("put", "DISK_FULL", 2);
  expect(await shelf.writeAll([...entryOf(one, "one", 2), ...entryOf(two, "two")])).toMatchObject({
    code: "DISK_FULL",
  });
  expect(shelf.pages.facts.read().size).toBe(0);
  expect(await shelf.writeAll(entryOf(later, "later"))).toMatchObject({ code: "DISK_FULL" });
  must(await shelf.writeAll(entryOf(later, "later")));
  expect(troubles).toEqual(["DISK_FULL", "DISK_FULL"]);
  await shelf.close();
  must(await disk.start().kept.cache.clear());
  const again = await openKept(disk.start().kept);
  expect([one, two, later].map((page) => excerptOf(again.shelf, page))).toEqual([
    "one one 1",
    "two",
    "later",
  ]);
  expect(again.troubles).toEqual(["CACHE_DAMAGED"].slice(1));
});

test("one word too many in one of them, and none is written", async () => {
  const { shelf } = await openKept(createMemoryDisk().start().kept);
  const large = { page: newPage(), act: "begin" as const, body: new Uint8Array(600_000) };
  expect(await shelf.writeAll([...entryOf(newPage(), "small"), large])).toMatchObject({
    code: "TOO_LARGE",
  });
  expect(shelf.pages.facts.read().size).toBe(0);
});

test("batches are bounded, keep their order, and never part what belongs to one page", () => {
  const body = new Uint8Array(400_000);
  const [one, two] = [newPage(), newPage()];
  const large = [
    { page: one, body },
    ...Array.from({ length: 20 }, () => ({ page: two, body })),
    { page: one, body },
  ];
  expect(batchesOf(large).map(({ length }) => length)).toEqual([1, 20, 1]);
  expect(batchesOf(large).flat()).toEqual(large);
  const small = Array.from({ length: 1_200 }, () => ({ page: newPage(), body: body.subarray(1) }));
  for (const batch of batchesOf(small)) {
    expect(batch.length).toBeLessThanOrEqual(500);
    expect(batch.reduce((sum, each) => sum + each.body.length, 0)).toBeLessThanOrEqual(4_194_304);
  }
  expect(batchesOf([])).toEqual([]);
});

test("what was said of a page is read back from the disk in its order, and nothing of another", async () => {
  const disk = createMemoryDisk();
  const { shelf } = await openKept(disk.start().kept);
  const [one, two] = [newPage(), newPage()];
  const writes = entryOf(one, "one", 3);
  must(await shelf.writeAll([...entryOf(two, "two"), ...writes]));
  await shelf.close();
  const again = await openKept(disk.start().kept);
  expect(must(await again.shelf.messagesOf(one)).map(({ act, body }) => ({ act, body }))).toEqual(
    writes.map(({ act, body }) => ({ act, body: new Uint8Array(body) })),
  );
});
