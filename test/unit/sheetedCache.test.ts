import { beforeAll, expect, test } from "vitest";
import { utf8 } from "../../shared/base/bytes.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createSealedCache, type SealedCache } from "../../shared/ledger/sealedCache.ts";
import { decodeSheet, encodeSheet, sheetBytes } from "../../shared/ledger/sheet.ts";
import { createSheetedCache } from "../../shared/ledger/sheetedCache.ts";
import type { CacheChange } from "../../shared/ledger/stores.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const key = new Uint8Array(32).fill(9);

const sealedOn = (disk: MemoryDisk): SealedCache =>
  createSealedCache(disk.start().carried.cache, key, seededRandom(5));
const openOn = (disk: MemoryDisk): SealedCache => createSheetedCache(sealedOn(disk));

const card = (page: number, text: string, length = 4_000): CacheChange => ({
  section: "cards",
  key: `page${page}`,
  value: utf8(text.padEnd(length, ".")),
});
const gone = (page: number): CacheChange => ({
  section: "cards",
  key: `page${page}`,
  value: undefined,
});

const wordsOf = async (cache: SealedCache): Promise<readonly string[]> =>
  [...must(await cache.readAll("cards"))]
    .map(([name, value]) => `${name} ${new TextDecoder().decode(value).replace(/\.+$/, "")}`)
    .toSorted();

/** Everything that the disk holds of cards, in the clear: each value as often as it is there. */
const everyWordOn = async (disk: MemoryDisk): Promise<string> => {
  const stored = must(await sealedOn(disk).readAll("cards"));
  return [...stored.values()].map((value) => new TextDecoder().decode(value)).join("\n");
};

const recordsOn = async (disk: MemoryDisk): Promise<number> =>
  must(await disk.start().carried.cache.readAll("cards")).size;

/** So many pages, each written at a time of its own. */
const fill = async (cache: SealedCache, pages: number): Promise<void> => {
  for (let page = 0; page < pages; page++) must(await cache.write([card(page, `words${page}`)]));
};

test("what a start reads lies on few sheets, and every value is there as it was written", async () => {
  const disk = createMemoryDisk();
  await fill(openOn(disk), 400);
  expect(await recordsOn(disk)).toBeLessThan(80);
  const expected = Array.from({ length: 400 }, (_, page) => `page${page} words${page}`).toSorted();
  expect(await wordsOf(openOn(disk))).toEqual(expected);
});

test("a cache from before there were sheets is gathered as it is written on", async () => {
  const disk = createMemoryDisk();
  const old = sealedOn(disk);
  must(await old.write(Array.from({ length: 300 }, (_, page) => card(page, `old${page}`))));
  const cache = openOn(disk);
  must(await cache.readAll("cards"));
  for (let time = 0; time < 20; time++) must(await cache.write([card(999, `new${time}`)]));
  expect(await recordsOn(disk)).toBeLessThan(90);
  const words = await wordsOf(openOn(disk));
  expect(words).toHaveLength(301);
  expect(words).toContain("page17 old17");
  expect(words).toContain("page999 new19");
});

test("words that were withdrawn are on no sheet, from the very transaction that takes them away", async () => {
  const disk = createMemoryDisk();
  const cache = openOn(disk);
  await fill(cache, 200);
  expect(await everyWordOn(disk)).toContain("words3.");
  must(await cache.write([card(3, "withdrawn"), gone(4)]));
  const left = await everyWordOn(disk);
  expect(left).not.toContain("words3.");
  expect(left).not.toContain("words4.");
  expect(left).toContain("words5.");
  const words = await wordsOf(openOn(disk));
  expect(words).toContain("page3 withdrawn");
  expect(words.some((one) => one.startsWith("page4 "))).toBe(false);
});

test("a write without a reading before it knows the sheets that others left", async () => {
  const disk = createMemoryDisk();
  await fill(openOn(disk), 200);
  must(await openOn(disk).write([gone(2)]));
  expect(await everyWordOn(disk)).not.toContain("words2.");
});

test("words that a full disk kept from going go with the next write, and do not come back", async () => {
  const disk = createMemoryDisk();
  const cache = openOn(disk);
  await fill(cache, 200);
  disk.failNext("write", "DISK_FULL");
  expect(await cache.write([card(3, "withdrawn"), gone(4)])).toMatchObject({ code: "DISK_FULL" });
  expect(cache.isBehind()).toBe(true);
  must(await cache.write([card(5, "later")]));
  expect(cache.isBehind()).toBe(false);
  const left = await everyWordOn(disk);
  for (const words of ["words3.", "words4.", "words5."]) expect(left).not.toContain(words);
});

test("a disk that cannot be read for a moment makes nothing come back", async () => {
  const disk = createMemoryDisk();
  await fill(openOn(disk), 200);
  for (const reads of [1, 2]) {
    const cache = openOn(disk);
    if (reads === 2) must(await cache.readAll("cards"));
    disk.failNext("read", "STORE_FAILED");
    expect((await cache.write([gone(reads)])).ok).toBe(false);
    expect(cache.isBehind()).toBe(true);
    must(await cache.write([]));
    expect(await everyWordOn(disk)).not.toContain(`words${reads}.`);
  }
});

test("what is staged goes along with the next write, whatever that one is of", async () => {
  const disk = createMemoryDisk();
  const cache = openOn(disk);
  await fill(cache, 200);
  cache.stage([gone(7), { section: "pages", key: "page7", value: utf8("trace") }]);
  expect(cache.isBehind()).toBe(true);
  expect(must(await cache.read("pages", "page7"))).toEqual(utf8("trace"));
  must(await cache.write([]));
  expect(await everyWordOn(disk)).not.toContain("words7.");
});

test("a computer that stops at any write has the values from before it or after it", async () => {
  for (let at = 0; at < 12; at++) {
    const disk = createMemoryDisk();
    await fill(openOn(disk), 120);
    const cache = openOn(disk);
    disk.beforeWrite(at, disk.kill);
    const expected = new Map<string, string>(
      Array.from({ length: 120 }, (_, page) => [`page${page}`, `words${page}`]),
    );
    for (let step = 0; step < 12; step++) {
      const changed = (step * 11) % 120;
      const done = await cache.write([card(changed, `next${step}`), gone(changed + 1)]);
      if (!done.ok) break;
      expected.set(`page${changed}`, `next${step}`);
      expected.delete(`page${changed + 1}`);
    }
    const told = [...expected].map(([name, words]) => `${name} ${words}`).toSorted();
    expect(await wordsOf(openOn(disk))).toEqual(told);
  }
});

test("whatever is written, in any order and with restarts, is what is read", async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = seededRandom(seed);
    const disk = createMemoryDisk();
    let cache = openOn(disk);
    const expected = new Map<string, string>();
    for (let step = 0; step < 120; step++) {
      const changes = Array.from({ length: 1 + pickNumber(random, 6) }, (_, index) => {
        const page = pickNumber(random, 90);
        const words = `step${step}.${index}`;
        const isGone = pickNumber(random, 5) === 0;
        if (isGone) expected.delete(`page${page}`);
        else expected.set(`page${page}`, words);
        return isGone ? gone(page) : card(page, words, pickNumber(random, 9_000));
      });
      if (pickNumber(random, 8) === 0) disk.failNext("write", "DISK_FULL");
      await cache.write(changes);
      if (cache.isBehind()) must(await cache.write([]));
      if (pickNumber(random, 15) === 0) cache = openOn(disk);
    }
    const told = [...expected].map(([name, words]) => `${name} ${words}`).toSorted();
    expect({ seed, words: await wordsOf(openOn(disk)) }).toEqual({ seed, words: told });
  }
});

test("a sheet that was changed or moved on the disk is a damaged cache", async () => {
  const disk = createMemoryDisk();
  await fill(openOn(disk), 200);
  const { cache } = disk.start().carried;
  const sheets = [...must(await cache.readAll("cards"))].filter(([name]) => name.startsWith("sh"));
  const [first, second] = sheets;
  must(await cache.write([{ section: "cards", key: first?.[0] ?? "", value: second?.[1] }]));
  expect(await openOn(disk).readAll("cards")).toMatchObject({ code: "CACHE_DAMAGED" });
});

test("a sheet that is cut short is seen to be", () => {
  const whole = encodeSheet(new Map([["page1", utf8("words")]]));
  for (let length = 1; length < whole.length; length++)
    expect(decodeSheet(whole.subarray(0, length), () => {}).ok).toBe(false);
  expect(sheetBytes).toBeGreaterThan(0);
});
