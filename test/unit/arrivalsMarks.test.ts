import { beforeAll, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { openMarks, type Marks } from "../../shared/journal/pages/marks.ts";
import type { Day } from "../../shared/page/card.ts";
import { openKeptShelf } from "../../shared/page/keptShelf.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { page } from "./arrivalsKit.ts";

beforeAll(loadSodium);

const marksPage = "ab".repeat(16) as PageId;

/** One start of the app: the marks as the disk has them. */
const start = async (
  disk: MemoryDisk,
  seed: number,
): Promise<{ readonly marks: Marks; readonly close: () => Promise<void> }> => {
  const random = seededRandom(seed);
  const shelf = must(
    await openKeptShelf({
      rootKey: new Uint8Array(32).fill(7),
      stores: disk.start().kept,
      clock: createManualClock(1_700_000_000_000),
      random,
      onTrouble: (code) => expect(code).toBe("DISK_FULL"),
    }),
  );
  return { marks: must(await openMarks(shelf, marksPage, random)), close: shelf.close };
};

test("what a full disk refused goes along with the next mark, and nothing after it is lost", async () => {
  const disk = createMemoryDisk();
  const first = await start(disk, 1);
  disk.failNext("put", "DISK_FULL", 2);
  expect(await first.marks.open(page(1))).toMatchObject({ code: "DISK_FULL" });
  expect(await first.marks.setPutOff(page(2), "session")).toMatchObject({ code: "DISK_FULL" });
  expect(first.marks.opened.read()).toContain(page(1));
  must(await first.marks.setEnough("2026-11-12" as Day));
  must(await first.marks.addLetIn([page(3), `${page(3)}:1`]));
  await first.close();

  const second = await start(disk, 2);
  expect(second.marks.opened.read()).toEqual(new Set([page(1)]));
  expect(second.marks.putOff.read()).toEqual(new Map([[page(2), "session"]]));
  expect(second.marks.enough.read()).toBe("2026-11-12");
  expect(second.marks.letIn.read()).toEqual(new Set([page(3), `${page(3)}:1`]));
  must(await second.marks.setPutOff(page(2), undefined));
  must(await second.marks.setEnough(undefined));
  await second.close();

  const third = await start(disk, 3);
  expect(third.marks.putOff.read()).toEqual(new Map());
  expect(third.marks.enough.read()).toBeUndefined();
  await third.close();
});

test("asking for the same once more writes what the disk refused before, and else writes nothing", async () => {
  const disk = createMemoryDisk();
  const first = await start(disk, 1);
  disk.failNext("put", "DISK_FULL");
  expect(await first.marks.open(page(1))).toMatchObject({ code: "DISK_FULL" });
  must(await first.marks.open(page(1)));
  disk.failNext("put", "DISK_FULL");
  must(await first.marks.open(page(1)));
  must(await first.marks.addLetIn([]));
  await first.close();
  const second = await start(disk, 2);
  expect(second.marks.opened.read()).toEqual(new Set([page(1)]));
  await second.close();
});

test("12,000 pages that are let in at once are all there at the next start", async () => {
  const disk = createMemoryDisk();
  const names = Array.from({ length: 12_000 }, (_, index) => page(index + 1));
  const first = await start(disk, 1);
  must(await first.marks.addLetIn(names));
  await first.close();
  const second = await start(disk, 2);
  expect(second.marks.letIn.read().size).toBe(names.length);
  await second.close();
});
