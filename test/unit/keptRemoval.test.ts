import { beforeAll, describe, expect, test } from "vitest";
import { toHex } from "../../shared/base/bytes.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import type { KeptShelf } from "../../shared/page/shelf.ts";
import { createMemoryDisk, type DiskOperation, type MemoryDisk } from "../support/memoryStores.ts";
import { must } from "../support/twoPartners.ts";
import { bytesOn, entryOf, excerptOf, keptClock, newPage, openKept } from "./keptKit.ts";
import { dyingStores } from "./ledgerKit.ts";

beforeAll(loadSodium);

/** Two pages that stay, and between them one that goes; with the envelopes that hold its words. */
const story = async (stores: (disk: MemoryDisk) => LedgerStores) => {
  const disk = createMemoryDisk();
  const clock = keptClock();
  const [before, gone, after] = [newPage(), newPage(), newPage()];
  const { shelf } = await openKept(stores(disk), clock);
  must(await shelf.writeAll(entryOf(before, "before", 2)));
  const keys = new Set((await bytesOn(stores(disk))).keys());
  must(await shelf.writeAll(entryOf(gone, "gone", 4)));
  const sealed = [...(await bytesOn(stores(disk)))]
    .filter(([key]) => !keys.has(key) && !key.includes(" "))
    .map(([, envelope]) => envelope);
  must(await shelf.writeAll(entryOf(after, "after", 2)));
  expect(sealed).toHaveLength(4);
  return { disk, clock, shelf, before, gone, after, sealed };
};

const kept = (disk: MemoryDisk): LedgerStores => disk.start().kept;

const isThere = async (stores: LedgerStores, sealed: readonly Uint8Array[]): Promise<boolean> => {
  const haystack = [...(await bytesOn(stores)).values()].map(toHex);
  return sealed.some((envelope) => haystack.some((hay) => hay.includes(toHex(envelope))));
};

const stands = (
  shelf: KeptShelf,
  { before, gone, after }: Record<"before" | "gone" | "after", PageId>,
): readonly (string | undefined)[] => [before, gone, after].map((page) => excerptOf(shelf, page));

const all = ["before before 1", "gone gone 1 gone 2 gone 3", "after after 1"];
const without = [all[0], undefined, all[2]];

/** Everything that is ready has run, and five seconds have passed. */
const settle = async (clock: ReturnType<typeof keptClock>, seconds = 5): Promise<void> => {
  for (let second = 0; second < seconds * 2; second++) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(500);
  }
  await new Promise((resolve) => setImmediate(resolve));
};

describe("a page that is deleted for good", () => {
  test("has its words on no disk any more, and the others stand as they were, whatever is made anew", async () => {
    const of = await story(kept);
    expect(await isThere(kept(of.disk), of.sealed)).toBe(true);
    must(await of.shelf.destroy(of.gone));
    expect(await isThere(kept(of.disk), of.sealed)).toBe(false);
    expect(stands(of.shelf, of)).toEqual(without);
    expect(must(await of.shelf.messagesOf(of.gone)).filter(({ act }) => act !== "redact")).toEqual(
      must(await of.shelf.messagesOf(of.gone)).filter(({ act }) => act === "remove"),
    );
    must(await of.shelf.writeAll(entryOf(newPage(), "written later")));
    await of.shelf.close();

    const again = await openKept(kept(of.disk), of.clock);
    expect(stands(again.shelf, of)).toEqual(without);
    await again.shelf.close();
    must(await kept(of.disk).cache.clear());
    const anew = await openKept(kept(of.disk), of.clock);
    expect(stands(anew.shelf, of)).toEqual(without);
    expect([...anew.shelf.pages.facts.read().values()].map(({ excerpt }) => excerpt)).toContain(
      "written later",
    );
    must(await anew.shelf.writeAll(entryOf(newPage(), "still writing")));
    expect([...again.troubles, ...anew.troubles]).toEqual([]);
    expect(await isThere(kept(of.disk), of.sealed)).toBe(false);
  });

  test("cannot be written on again by words that come too late, and nobody is kept waiting for them", async () => {
    const of = await story(kept);
    const late = entryOf(of.gone, "late words", 2);
    must(await of.shelf.destroy(of.gone));
    const before = (await bytesOn(kept(of.disk))).size;
    for (const { page, body } of late) must(await of.shelf.write(page, "change", body));
    expect((await bytesOn(kept(of.disk))).size).toBe(before);
    expect(stands(of.shelf, of)).toEqual(without);
    await of.shelf.close();
    must(await kept(of.disk).cache.clear());
    const { shelf } = await openKept(kept(of.disk), of.clock);
    must(await shelf.write(of.gone, "change", late[0]?.body ?? new Uint8Array()));
    expect(stands(shelf, of)).toEqual(without);
  });

  test("by a removal alone, goes by itself some seconds later, and waits for who is writing", async () => {
    const of = await story(kept);
    must(await of.shelf.write(of.gone, "remove", new Uint8Array()));
    expect(stands(of.shelf, of)).toEqual(without);
    for (let step = 0; step < 5; step++) {
      await settle(of.clock, 4);
      expect(await isThere(kept(of.disk), of.sealed)).toBe(true);
      must(await of.shelf.writeAll(entryOf(newPage(), "typing")));
    }
    await settle(of.clock, 6);
    expect(await isThere(kept(of.disk), of.sealed)).toBe(false);
  });

  test("does not wait for ever for somebody who never stops writing", async () => {
    const of = await story(kept);
    must(await of.shelf.write(of.gone, "remove", new Uint8Array()));
    for (let step = 0; step < 20; step++) {
      must(await of.shelf.writeAll(entryOf(newPage(), "typing")));
      await settle(of.clock, 4);
    }
    expect(await isThere(kept(of.disk), of.sealed)).toBe(false);
  });

  test("that was removed before, by a Twofold that left its envelopes, goes after the next unlocking", async () => {
    const of = await story(kept);
    must(await of.shelf.write(of.gone, "remove", new Uint8Array()));
    await of.shelf.close();
    const { shelf, troubles } = await openKept(kept(of.disk), of.clock);
    expect(await isThere(kept(of.disk), of.sealed)).toBe(true);
    await settle(of.clock, 6);
    expect(await isThere(kept(of.disk), of.sealed)).toBe(false);
    expect(stands(shelf, of)).toEqual(without);
    expect(troubles).toEqual([]);
  });

  test("of a thousand messages goes as a whole, and so do two at once", async () => {
    const disk = createMemoryDisk();
    const clock = keptClock();
    const { shelf } = await openKept(kept(disk), clock);
    const [large, small, stays] = [newPage(), newPage(), newPage()];
    must(await shelf.writeAll(entryOf(stays, "stays")));
    must(await shelf.writeAll(entryOf(large, "large", 1_100)));
    must(await shelf.writeAll(entryOf(small, "small", 3)));
    const done = Promise.all([shelf.destroy(large), shelf.destroy(small)]);
    // Between two pieces of the work the screen has its turn.
    await settle(clock, 2);
    (await done).forEach(must);
    // What stays, the two removals, the two redactions.
    expect(
      [...(await bytesOn(kept(disk))).keys()].filter((key) => !key.includes(" ")),
    ).toHaveLength(5);
    await shelf.close();
    must(await kept(disk).cache.clear());
    const again = await openKept(kept(disk));
    expect([...again.shelf.pages.facts.read().keys()]).toEqual([stays]);
    expect(again.troubles).toEqual([]);
  });

  test("across two volumes leaves both", async () => {
    const disk = createMemoryDisk();
    const { shelf } = await openKept(kept(disk));
    const gone = newPage();
    const bulk = Array.from({ length: 24 }, (_, index) =>
      entryOf(newPage(), `${index} `.repeat(150_000)),
    );
    must(await shelf.writeAll(entryOf(gone, "begun here", 2)));
    for (const each of bulk) must(await shelf.writeAll(each));
    must(await shelf.writeAll(entryOf(gone, "written on there", 1)));
    expect(must(await kept(disk).volumes.list()).length).toBeGreaterThan(1);
    const before = (await bytesOn(kept(disk))).size;
    must(await shelf.destroy(gone));
    await shelf.close();
    // Three envelopes less, removal and redaction more, with their lines; and its card is gone.
    expect((await bytesOn(kept(disk))).size).toBe(before - 3 + 2 + 2 - 1);
    must(await kept(disk).cache.clear());
    const again = await openKept(kept(disk));
    expect(again.shelf.pages.facts.read().size).toBe(24);
    expect(again.shelf.pages.facts.read().has(gone)).toBe(false);
    expect(again.troubles).toEqual([]);
  }, 30_000);
});

describe("deleting for good that is cut short", () => {
  test.each(["before", "after"] as const)(
    "by a killed process (%s any write): the page stands or is gone, and never half of it",
    async (when) => {
      let writes = 0;
      for (let at = 1; ; at++) {
        const carried = (disk: MemoryDisk): LedgerStores => disk.start().carried;
        const of = await story(carried);
        await of.shelf.close();
        const stores = dyingStores(of.disk, at, when);
        const { shelf } = await openKept(stores, of.clock);
        const destroyed = await shelf.destroy(of.gone);
        await shelf.close();
        if (!stores.dead()) break;
        writes = at;
        expect(destroyed.ok && (await isThere(carried(of.disk), of.sealed))).toBe(false);
        for (const anew of [false, true]) {
          if (anew) must(await carried(of.disk).cache.clear());
          const again = await openKept(carried(of.disk), of.clock);
          const standing = stands(again.shelf, of);
          expect([all, without]).toContainEqual(standing);
          await settle(of.clock, 6);
          expect(stands(again.shelf, of)).toEqual(standing);
          expect(await isThere(carried(of.disk), of.sealed)).toBe(standing[1] !== undefined);
          expect(again.troubles).toEqual([]);
          must(await again.shelf.writeAll(entryOf(newPage(), "goes on")));
          await again.shelf.close();
        }
      }
      expect(writes).toBeGreaterThanOrEqual(6);
    },
    60_000,
  );

  test.each(["put", "write", "remove"] satisfies readonly DiskOperation[])(
    "by a full disk (%s): it is gone from sight or stands, and its words go once there is room",
    async (operation) => {
      for (let times = 1; times < 5; times++) {
        const of = await story(kept);
        of.disk.failNext(operation, "DISK_FULL", times);
        await of.shelf.destroy(of.gone);
        expect([all, without]).toContainEqual(stands(of.shelf, of));
        of.disk.makeRoom();
        must(await of.shelf.destroy(of.gone));
        await settle(of.clock, 40);
        expect(stands(of.shelf, of)).toEqual(without);
        expect(await isThere(kept(of.disk), of.sealed)).toBe(false);
        await of.shelf.close();
        must(await kept(of.disk).cache.clear());
        const again = await openKept(kept(of.disk), of.clock);
        expect(stands(again.shelf, of)).toEqual(without);
        expect(again.troubles).toEqual([]);
      }
    },
  );

  test.each(["at once", "killed", "made anew"] as const)(
    "a removal that the disk refused does not happen later: the page and what is written on it stay (%s)",
    async (then) => {
      const of = await story(kept);
      of.disk.failNext("put", "DISK_FULL");
      expect(await of.shelf.write(of.gone, "remove", new Uint8Array())).toMatchObject({
        ok: false,
      });
      const fresh = newPage();
      must(await of.shelf.writeAll(entryOf(fresh, "next words")));
      await settle(of.clock, 8);
      expect(stands(of.shelf, of)).toEqual(all);
      expect(await isThere(kept(of.disk), of.sealed)).toBe(true);
      if (then === "at once") return;
      if (then === "killed") of.disk.kill();
      else await of.shelf.close();
      if (then === "made anew") must(await kept(of.disk).cache.clear());
      const again = await openKept(kept(of.disk), of.clock);
      expect(stands(again.shelf, of)).toEqual(all);
      expect(again.shelf.pages.facts.read().get(fresh)?.excerpt).toBe("next words");
      expect(again.troubles).toEqual([]);
    },
  );

  test("while the disk refuses to let go of a refused removal, nothing takes its place", async () => {
    const of = await story(kept);
    of.disk.failNext("put", "DISK_FULL");
    of.disk.failNext("remove", "DISK_FULL");
    expect(await of.shelf.write(of.gone, "remove", new Uint8Array())).toMatchObject({ ok: false });
    const next = entryOf(newPage(), "next words");
    expect(await of.shelf.writeAll(next)).toMatchObject({ code: "DISK_FULL" });
    expect(stands(of.shelf, of)).toEqual(all);
    must(await of.shelf.writeAll(next));
    expect(stands(of.shelf, of)).toEqual(all);
  });
});
