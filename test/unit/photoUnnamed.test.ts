import { beforeAll, describe, expect, test } from "vitest";
import { createNotes } from "../../shared/archive/leftOut.ts";
import type { Imported } from "../../shared/archive/imported.ts";
import { systemClock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { takeIn } from "../../shared/journal/book/takingIn.ts";
import { readPage } from "../../shared/journal/pages/writing.ts";
import { openKeptShelf } from "../../shared/page/keptShelf.ts";
import { pageWords } from "../../shared/page/pageDoc.ts";
import { photosIn } from "../../shared/page/photosIn.ts";
import type { KeptShelf } from "../../shared/page/shelf.ts";
import { chosen, noWork, opened, picture, preparePicture } from "../support/archives.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { zipOf } from "../support/zipFiles.ts";

beforeAll(loadSodium);

let openings = 0;

describe("a photo that no page names yet stays, while others leave the disk", () => {
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
  };
  const begin = async () => {
    const clock = createManualClock(1_790_000_000_000);
    const parts = { rootKey: new Uint8Array(32).fill(7), clock, onTrouble: () => {} };
    const open = async () =>
      must(
        await openKeptShelf({
          ...parts,
          stores: createMemoryDisk().start().kept,
          random: seededRandom(++openings),
        }),
      );
    const shelf = await open();
    const bringIn = async (entries: AsyncIterable<Imported>, to: KeptShelf = shelf) => {
      const random = seededRandom(++openings);
      const work = { shelf: to, isShared: () => false, clock: systemClock, random };
      const [page] = must(await takeIn(work, entries, noWork)).pages;
      if (page === undefined) throw new Error("no page");
      return page;
    };
    const withPhoto = async (name: string) => {
      const zip = await zipOf({ [`${name}.md`]: `${name} ![](p.jpg)`, "p.jpg": picture });
      const archive = await opened([chosen(`${name}.zip`, zip)]);
      return archive.entries({ prepare: preparePicture, notes: createNotes() });
    };
    const photoOf = async (page: PageId, on: KeptShelf = shelf) => {
      const [photo] = photosIn(pageWords(must(await readPage(on, page, seededRandom(1)))));
      if (photo === undefined) throw new Error("no photo");
      return photo;
    };
    shelf.photos.tidy();
    const other = await bringIn(await withPhoto("other"));
    clock.advance(2_000);
    await turns();
    const gone = await photoOf(other);
    const quarterLater = async (): Promise<void> => {
      clock.advance(900_000);
      await turns();
    };
    /** A photo that was named is named no more: the box looks through what it has. */
    const sweep = async (): Promise<void> => {
      must(await shelf.destroy(other));
      clock.advance(2_000);
      await turns();
    };
    const isGone = async () => !(await shelf.photos.read(gone)).ok;
    return { shelf, open, bringIn, withPhoto, photoOf, sweep, quarterLater, isGone };
  };

  test("until its entry is written, however long the rest of an import takes", async () => {
    const { shelf, bringIn, withPhoto, photoOf, sweep, quarterLater, isGone } = await begin();
    const slowly = async function* () {
      yield* await withPhoto("a");
      await quarterLater();
      await sweep();
    };
    const page = await bringIn(slowly());
    expect(must(await shelf.photos.read(await photoOf(page)))).toEqual(picture);
    await quarterLater();
    expect(await isGone()).toBe(true);
  });

  test("when it lies there from a share that was refused and is asked for again", async () => {
    const { shelf, open, bringIn, withPhoto, photoOf, sweep, quarterLater, isGone } = await begin();
    const from = await open();
    const photo = await photoOf(await bringIn(await withPhoto("b"), from), from);
    must(await shelf.photos.bring(photo.chunks, from.photos));
    await quarterLater();
    must(await shelf.photos.bring(photo.chunks, from.photos));
    await sweep();
    expect(await isGone()).toBe(true);
    expect(must(await shelf.photos.read(photo))).toEqual(picture);
  });
});
