import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { must, sharedCards, shareEntry, wordsOf, type Desk } from "../support/twoPartners.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { sharedFileLimit } from "../../shared/base/files.ts";
import { newestStatement } from "../../shared/carry/folder/openFile.ts";
import type { MemoryFolder } from "../support/memorySharedFolder.ts";
import { createFolderPartners } from "./folderKit.ts";
import { markOf, picture, readAll, sharePhotos } from "./photoKit.ts";

beforeAll(loadSodium);

const stateOf = (desk: Desk): string => desk.journal().sync.read().state;
const excerpts = (desk: Desk): readonly (string | undefined)[] =>
  sharedCards(desk.journal())
    .map(({ excerpt }) => excerpt)
    .toSorted();

describe("two partners who have nothing but a folder between them", () => {
  test("have each other's words, and what was acknowledged leaves the folder", async () => {
    const { anna, sam, folder, pass } = await createFolderPartners({ seed: 6_001 });
    const page = await shareEntry(anna.journal(), "left in the folder");
    await pass(5);
    expect(folder.entries.size).toBeGreaterThan(0);
    const first = [...folder.entries.keys()];
    await pass(200);
    expect(excerpts(sam)).toEqual(["left in the folder"]);
    const opened = must(await sam.journal().openPage(page));
    expect(wordsOf(opened)).toContain("left in the folder");
    await opened.close();
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
    for (const name of first) expect(folder.entries.has(name)).toBe(false);
    expect(folder.entries.size).toBeLessThanOrEqual(2);
    for (const desk of [anna, sam]) expect(desk.journal().troubles.read()).toEqual([]);
  });

  test("are never there at the same time: each opens, reads, writes and closes", async () => {
    const { anna, sam, folder, pass } = await createFolderPartners({ seed: 6_002 });
    await sam.lock();
    for (let round = 1; round <= 3; round++) {
      await shareEntry(anna.journal(), `hers ${round}`);
      await pass(30);
      await anna.lock();
      await sam.open();
      await pass(30);
      expect(excerpts(sam)).toContain(`hers ${round}`);
      await shareEntry(sam.journal(), `his ${round}`);
      await pass(30);
      await sam.lock();
      await anna.open();
      await pass(30);
      expect(excerpts(anna)).toContain(`his ${round}`);
    }
    await sam.open();
    await pass(300);
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
    expect(folder.entries.size).toBeLessThanOrEqual(4);
  });

  test("answer many words while their writer is away: at the next opening those leave the folder", async () => {
    const { anna, sam, pass, contents } = await createFolderPartners({ seed: 6_004 });
    for (let count = 0; count < 20; count++) await shareEntry(sam.journal(), `his ${count}`);
    await pass(4);
    await sam.lock();
    await pass(100);
    expect(excerpts(anna)).toHaveLength(20);
    const his = async (): Promise<readonly number[]> =>
      [...(await contents()).values()].flatMap(({ by, keys }) =>
        by === "partner" ? [keys.length] : [],
      );
    expect(Math.max(...(await his()))).toBeGreaterThan(20);
    // Her answer is there before all that he wrote is read from his disk again.
    await sam.open();
    await pass(300);
    expect(stateOf(sam)).toBe("upToDate");
    for (const keys of await his()) expect(keys).toBeLessThanOrEqual(1);
  });

  test("come to rest: then nothing is done to the folder but a slow look", async () => {
    const { anna, sam, folder, done, pass } = await createFolderPartners({ seed: 6_003 });
    await sharePhotos(anna.journal(), "with a photo", [picture(200_000)]);
    await shareEntry(sam.journal(), "without");
    await pass(600);
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
    const lying = [...folder.entries.keys()];
    const other = () => done().filter(({ op }) => op !== "list").length;
    const before = { all: done().length, other: other() };
    await pass(3_600);
    expect(other()).toBe(before.other);
    expect(done().length - before.all).toBeLessThanOrEqual(2 * 61);
    expect([...folder.entries.keys()]).toEqual(lying);
    expect(lying.length).toBeLessThanOrEqual(4);
  });
});

describe("photos by folder", () => {
  test("come behind their words, byte for byte, and leave the folder again", async () => {
    const { anna, sam, folder, pass } = await createFolderPartners({ seed: 6_010 });
    const photos = [picture(300_000, 1), picture(65_536, 2), picture(1, 3)];
    const { page, refs } = await sharePhotos(anna.journal(), "at the lake", photos);
    await pass(5);
    folder.change();
    await pass(5);
    expect(excerpts(sam)).toEqual(["at the lake"]);
    await pass(400);
    expect(await readAll(sam.journal(), page, refs)).toEqual(
      photos.map(({ bytes }) => markOf(bytes)),
    );
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
    const left = [...folder.entries.values()].reduce((sum, { length }) => sum + length, 0);
    expect(left).toBeLessThan(300_000);
  });
});

describe("more of photos by folder", () => {
  const bytesIn = (folder: MemoryFolder): number =>
    [...folder.entries.values()].reduce((sum, { length }) => sum + length, 0);

  test("a great many come in several files, a few at a time, none over the limit", async () => {
    const { anna, sam, folder, pass } = await createFolderPartners({ seed: 6_011 });
    const photos = Array.from({ length: 4 }, (_, n) => picture(9_000_000, n + 1));
    const { page, refs } = await sharePhotos(anna.journal(), "a summer", photos);
    let most = 0;
    for (let step = 0; step < 40; step++) {
      await pass(15);
      most = Math.max(most, bytesIn(folder));
      for (const { length } of folder.entries.values())
        expect(length).toBeLessThanOrEqual(sharedFileLimit);
    }
    expect(most).toBeLessThanOrEqual(2.5 * sharedFileLimit);
    expect(await readAll(sam.journal(), page, refs)).toEqual(
      photos.map(({ bytes }) => markOf(bytes)),
    );
    await pass(300);
    expect(bytesIn(folder)).toBeLessThan(1_000_000);
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
  }, 120_000);

  test("of which the words came by a connection are asked for in the folder, and answered there", async () => {
    const { anna, sam, link, folder, pass } = await createFolderPartners({ seed: 6_012 });
    link.tamper((update) => (update.length > 60_000 ? undefined : update));
    link.heal();
    const { page, refs } = await sharePhotos(anna.journal(), "words only", [picture(200_000)]);
    await pass(4);
    link.cut();
    expect(excerpts(sam)).toEqual(["words only"]);
    expect(await readAll(sam.journal(), page, refs)).toEqual(["PHOTO_MISSING"]);
    await pass(400);
    expect(await readAll(sam.journal(), page, refs)).toEqual([markOf(picture(200_000).bytes)]);
    await pass(300);
    expect(bytesIn(folder)).toBeLessThan(400_000);
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
  });

  test("that go by a connection do not go by the folder as well", async () => {
    const { anna, sam, link, contents, pass } = await createFolderPartners({ seed: 6_013 });
    link.heal();
    await sharePhotos(anna.journal(), "at once", [picture(2_000_000)]);
    for (let step = 0; step < 40; step++) {
      await pass(2);
      for (const { chunks } of (await contents()).values()) expect(chunks).toEqual([]);
    }
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
  });

  test("that are withdrawn before they were fetched leave the folder with their words", async () => {
    const { anna, sam, folder, contents, pass } = await createFolderPartners({ seed: 6_014 });
    await sam.lock();
    const { page } = await sharePhotos(anna.journal(), "soon gone", [picture(300_000)]);
    await pass(60);
    const there = [...(await contents()).values()].flatMap(({ keys, chunks }) => [
      ...keys,
      ...chunks,
    ]);
    expect(there.length).toBeGreaterThan(5);
    must(await anna.journal().withdraw(page));
    await pass(60);
    const left = [...(await contents()).values()];
    expect(left.flatMap(({ chunks }) => chunks)).toEqual([]);
    expect(bytesIn(folder)).toBeLessThan(200_000);
    await sam.open();
    await pass(200);
    expect(sharedCards(sam.journal())).toMatchObject([{ excerpt: "", hasPhotos: false }]);
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
  });

  test("that came by a connection after all are no longer asked for in the folder", async () => {
    const { anna, sam, link, contents, pass } = await createFolderPartners({ seed: 6_016 });
    link.tamper((update) => (update.length > 60_000 ? undefined : update));
    link.heal();
    await sharePhotos(anna.journal(), "words only", [picture(200_000)]);
    await pass(4);
    link.cut();
    await anna.lock();
    await pass(200);
    const wantedNow = async (): Promise<number | undefined> =>
      newestStatement([...(await contents()).values()].filter(({ by }) => by === "partner"))
        ?.statement.wanted.length;
    expect(await wantedNow()).toBe(4);
    link.tamper(undefined);
    link.heal();
    await anna.open();
    await pass(10);
    await sam.lock();
    await sam.open();
    await pass(200);
    expect(await wantedNow()).toBe(0);
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
  });

  test("wait while the disk of who gets them is full", async () => {
    const { anna, sam, pass } = await createFolderPartners({ seed: 6_015 });
    const { page, refs } = await sharePhotos(anna.journal(), "words first", [picture(300_000)]);
    await pass(5);
    sam.disk.failNext("put", "DISK_FULL", 3);
    await pass(600);
    expect(await readAll(sam.journal(), page, refs)).toEqual([markOf(picture(300_000).bytes)]);
  });
});

describe("an app that is killed", () => {
  /** What Anna does, and what stands in the end; killed at the n-th thing that her app does to the folder. */
  const liveKilledAt = async (n: number, isDone: boolean) => {
    let count = 0;
    let killed = false;
    let isOver = false;
    let kill = (): void => {};
    const partners = await createFolderPartners({
      seed: 6_100,
      inspect: () => {
        if (killed || isOver || count++ !== n) return undefined;
        killed = true;
        // Gone before it is done, or before it is heard that it was.
        kill();
        return isDone ? undefined : "never";
      },
    });
    const { anna, sam, folder, pass } = partners;
    kill = anna.kill;
    const revive = async (): Promise<void> => {
      if (!killed || revived) return;
      revived = true;
      await anna.open();
    };
    let revived = false;
    const pages: PageId[] = [];
    for (const text of ["one", "two", "three"]) {
      await revive();
      pages.push(await shareEntry(anna.journal(), text));
      await pass(15);
    }
    await revive();
    const { refs, page } = await sharePhotos(anna.journal(), "photo", [picture(90_000)]);
    await pass(30);
    await revive();
    must(await anna.journal().withdraw(pages[1] ?? page));
    folder.change();
    await pass(30);
    await revive();
    await pass(200);
    isOver = true;
    await revive();
    await pass(400);
    expect(excerpts(sam)).toEqual(["", "one", "photo", "three"]);
    expect(await readAll(sam.journal(), page, refs)).toEqual([markOf(picture(90_000).bytes)]);
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
    expect(folder.entries.size).toBeLessThanOrEqual(4);
    for (const desk of [anna, sam]) expect(desk.journal().troubles.read()).toEqual([]);
    await Promise.all([anna.lock(), sam.lock()]);
    return killed;
  };

  test.each([true, false])(
    "between any two things that it does to the folder loses nothing (done: %s)",
    async (isDone) => {
      let kills = 0;
      // Every one of them: FOLDER_KILLS=1.
      const stride = Number(process.env["FOLDER_KILLS"] ?? 4);
      const first = isDone ? 0 : Math.floor(stride / 2);
      for (let n = first; await liveKilledAt(n, isDone); n += stride) kills += 1;
      expect(kills).toBeGreaterThan(5);
    },
    240_000,
  );
});
