import { beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { newPageDoc, startPage, pageWords } from "../../shared/page/pageDoc.ts";
import { openKeptShelf } from "../../shared/page/keptShelf.ts";
import type { Shelf } from "../../shared/page/shelf.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";

beforeAll(loadSodium);

const rootKey = new Uint8Array(32).fill(7);

const openShelf = async (
  disk: MemoryDisk,
  seed: number,
  troubles: string[] = [],
): Promise<Shelf> => {
  const stores = disk.start();
  const shelf = await openKeptShelf({
    rootKey,
    stores: stores.room,
    clock: createManualClock(1_700_000_000_000),
    random: seededRandom(seed),
    onTrouble: (code) => troubles.push(code),
  });
  if (!shelf.ok) throw new Error(shelf.code);
  return shelf.value;
};

const writtenPage = (text: string): Uint8Array => {
  const doc = newPageDoc(seededRandom(text.length));
  startPage(doc, { kind: "entry" });
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(text)]);
  pageWords(doc).push([paragraph]);
  return Y.encodeStateAsUpdate(doc);
};

const excerptOf = (shelf: Shelf, page: PageId): string | undefined =>
  shelf.pages.facts.read().get(page)?.excerpt;

test("what I wrote in a kept notebook is there after closing and opening again", async () => {
  const disk = createMemoryDisk();
  const page = newId<PageId>(seededRandom(1));
  const first = await openShelf(disk, 2);
  expect((await first.write(page, "begin", writtenPage("a long night"))).ok).toBe(true);
  expect(excerptOf(first, page)).toBe("a long night");
  await first.close();
  const second = await openShelf(disk, 3);
  expect(excerptOf(second, page)).toBe("a long night");
});

test("a process killed between the ledger and the cache loses nothing", async () => {
  const disk = createMemoryDisk();
  const page = newId<PageId>(seededRandom(1));
  const first = await openShelf(disk, 2);
  disk.failNext("write", "DISK_FULL", 99);
  expect((await first.write(page, "begin", writtenPage("half past three"))).ok).toBe(true);
  disk.kill();
  const second = await openShelf(disk, 3);
  expect(excerptOf(second, page)).toBe("half past three");
});

test("a full disk is said, and the same words are saved once there is room", async () => {
  const disk = createMemoryDisk();
  const page = newId<PageId>(seededRandom(1));
  const shelf = await openShelf(disk, 2);
  disk.failNext("put", "DISK_FULL");
  expect(await shelf.write(page, "begin", writtenPage("do not lose this"))).toMatchObject({
    ok: false,
    code: "DISK_FULL",
  });
  expect((await shelf.write(page, "begin", writtenPage("do not lose this"))).ok).toBe(true);
  await shelf.close();
  const second = await openShelf(disk, 3);
  expect(excerptOf(second, page)).toBe("do not lose this");
});
