import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { NewPhoto } from "../../shared/page/photo.ts";
import type { MemoryDisk } from "../support/memoryStores.ts";
import { createTwoPartners, must, shareEntry, typeWords } from "../support/twoPartners.ts";
import {
  draftWithPhotos,
  markOf,
  picture,
  placePhoto,
  readAll,
  sharePhotos,
  takePhotoOut,
} from "./photoKit.ts";

beforeAll(loadSodium);

const onDisk = async (disk: MemoryDisk, ledger: "kept" | "carried"): Promise<readonly string[]> =>
  [...must(await disk.start()[ledger].chunks.names())].toSorted();

const markOfPhoto = ({ bytes }: NewPhoto): string => markOf(bytes);

const namesOf = (refs: readonly { readonly chunks: readonly string[] }[]): readonly string[] =>
  refs.flatMap(({ chunks }) => chunks).toSorted();

describe("a photo in an entry that I share", () => {
  test("arrives byte for byte, behind its words, and both are up to date only then", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 201 });
    const photos = [picture(200_000, 1), picture(65_536, 2), picture(1, 3)];
    const { page, refs } = await sharePhotos(anna.journal(), "at the lake", photos);
    await settle(6);
    expect(await readAll(sam.journal(), page, refs)).toEqual(photos.map(markOfPhoto));
    expect(await readAll(anna.journal(), page, refs)).toEqual(photos.map(markOfPhoto));
    for (const desk of [anna, sam]) {
      expect(desk.journal().sync.read().state).toBe("upToDate");
      expect(desk.journal().troubles.read()).toEqual([]);
      expect(await onDisk(desk.disk, "carried")).toEqual(namesOf(refs));
    }
    expect(await onDisk(anna.disk, "kept")).toEqual([]);
  });

  test("is enough of an entry to share, without a word", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 202 });
    const { page, refs } = await sharePhotos(anna.journal(), "", [picture(70_000)]);
    await settle();
    expect(await readAll(sam.journal(), page, refs)).toEqual([markOfPhoto(picture(70_000))]);
  });

  test("travels both ways at once, through cuts and restarts", async () => {
    const { anna, sam, link, settle } = await createTwoPartners({ seed: 203 });
    const annas = [1, 2, 3, 4].map((seed) => picture(900_000, seed));
    const sams = [5, 6, 7].map((seed) => picture(1_100_000, seed));
    const fromAnna = await sharePhotos(anna.journal(), "anna", annas);
    const fromSam = await sharePhotos(sam.journal(), "sam", sams);
    for (let evening = 0; evening < 6; evening++) {
      await settle(0.4);
      link.cut();
      if (evening % 2 === 0) sam.kill();
      else await anna.lock();
      await (evening % 2 === 0 ? sam : anna).open();
      link.heal();
    }
    await settle(20);
    expect(await readAll(sam.journal(), fromAnna.page, fromAnna.refs)).toEqual(
      annas.map(markOfPhoto),
    );
    expect(await readAll(anna.journal(), fromSam.page, fromSam.refs)).toEqual(
      sams.map(markOfPhoto),
    );
    for (const desk of [anna, sam]) expect(desk.journal().sync.read().state).toBe("upToDate");
  }, 120_000);

  test("waits for a full disk, and the words are there meanwhile", async () => {
    const { anna, sam, link, settle } = await createTwoPartners({ seed: 204 });
    link.cut();
    const { page, refs } = await sharePhotos(anna.journal(), "words first", [picture(300_000)]);
    await settle();
    link.heal();
    await settle(0.4);
    sam.disk.failNext("put", "DISK_FULL", 1_000);
    await settle(3);
    sam.disk.makeRoom();
    await settle(20);
    expect(await readAll(sam.journal(), page, refs)).toEqual([markOfPhoto(picture(300_000))]);
  });

  test("that was added to what is shared already arrives, too", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 205 });
    const page = await shareEntry(anna.journal(), "words");
    const open = must(await anna.journal().openPage(page));
    const ref = await placePhoto(open, picture(150_000));
    let heard = 0;
    await settle(1);
    const reading = must(await sam.journal().openPage(page));
    reading.photos.onArrival(() => (heard += 1));
    expect(await reading.photos.add(picture(5))).toMatchObject({ code: "NOT_YOURS" });
    must(await open.flush());
    await open.close();
    await settle();
    expect(heard).toBeGreaterThan(0);
    expect(await readAll(sam.journal(), page, [ref])).toEqual([markOfPhoto(picture(150_000))]);
    await reading.close();
  });

  test("stays readable to both in the history after it was taken out, also for who comes late", async () => {
    const { anna, sam, link, settle } = await createTwoPartners({ seed: 206 });
    link.cut();
    const { page, refs } = await sharePhotos(anna.journal(), "with a photo", [picture(90_000)]);
    const open = must(await anna.journal().openPage(page));
    takePhotoOut(open);
    typeWords(open, "without it");
    must(await open.flush());
    await open.close();
    await settle(5);
    link.heal();
    await settle();
    for (const desk of [anna, sam]) {
      const history = must(await desk.journal().openHistory(page));
      for (const ref of refs)
        expect(markOf(must(await history.photos.read(ref)))).toBe(markOfPhoto(picture(90_000)));
      history.close();
      expect(await onDisk(desk.disk, "carried")).toEqual(namesOf(refs));
    }
  });

  test("leaves both disks when the words are withdrawn", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 207 });
    const { page, refs } = await sharePhotos(anna.journal(), "soon gone", [picture(90_000)]);
    await settle();
    expect(await onDisk(sam.disk, "carried")).toEqual(namesOf(refs));
    must(await anna.journal().withdraw(page));
    await settle(8);
    expect(await onDisk(anna.disk, "carried")).toEqual([]);
    expect(await onDisk(sam.disk, "carried")).toEqual([]);
  });

  test("comes back from the partner after a restart where the disk lost or damaged it", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 208 });
    const { page, refs } = await sharePhotos(anna.journal(), "lost", [picture(150_000)]);
    await settle();
    for (const desk of [anna, sam]) {
      const [first = "", second = ""] = namesOf(refs);
      await desk.lock();
      const { chunks } = desk.disk.start().carried;
      must(await chunks.remove([first]));
      must(await chunks.put([{ name: second, bytes: new Uint8Array(65_608) }]));
      await desk.open();
      expect(await readAll(desk.journal(), page, refs)).toEqual(["PHOTO_MISSING"]);
      await settle();
      expect(await readAll(desk.journal(), page, refs)).toEqual(["PHOTO_DAMAGED"]);
      await settle();
      expect(await readAll(desk.journal(), page, refs)).toEqual(["PHOTO_MISSING"]);
      await desk.lock();
      await desk.open();
      await settle();
      expect(await readAll(desk.journal(), page, refs)).toEqual([markOfPhoto(picture(150_000))]);
      expect(desk.journal().sync.read().state).toBe("upToDate");
    }
  });
});

describe("a photo in a draft", () => {
  test("is on this computer, is never asked for, and goes with the draft", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 209 });
    const { draft, refs } = await draftWithPhotos(anna.journal(), "mine", [picture(130_000)]);
    await settle(12);
    expect(await onDisk(anna.disk, "kept")).toEqual(namesOf(refs));
    await anna.lock();
    await anna.open();
    await settle();
    expect(await readAll(anna.journal(), draft, refs)).toEqual([markOfPhoto(picture(130_000))]);
    expect(await onDisk(sam.disk, "carried")).toEqual([]);
    must(await anna.journal().discardDraft(draft));
    await settle();
    expect(await onDisk(anna.disk, "kept")).toEqual([]);
  });

  test("that was added and never named leaves the disk at the next start, and not before its page is closed", async () => {
    const { anna, settle, clock } = await createTwoPartners({ seed: 210 });
    const draft = must(await anna.journal().entries.draftEntry());
    const open = must(await anna.journal().openPage(draft));
    const ref = must(await open.photos.add(picture(10)));
    clock.advance(3_600_000);
    await settle();
    expect(await onDisk(anna.disk, "kept")).toEqual(ref.chunks);
    await open.close();
    await anna.lock();
    await anna.open();
    await settle();
    expect(await onDisk(anna.disk, "kept")).toEqual([]);
  });

  test("is too large beyond the bound, and says so", async () => {
    const { anna } = await createTwoPartners({ seed: 211 });
    const open = must(
      await anna.journal().openPage(must(await anna.journal().entries.draftEntry())),
    );
    expect(await open.photos.add(picture(16 * 1024 * 1024 + 1))).toMatchObject({
      code: "PHOTO_TOO_LARGE",
    });
    await open.close();
    expect(await open.photos.add(picture(1))).toMatchObject({ code: "NOT_YOURS" });
  });

  test("is shared whole wherever the process dies while it is", async () => {
    for (const step of [0, 1, 2, 3, 4, 5]) {
      const { anna, sam, settle } = await createTwoPartners({ seed: 220 + step });
      const { draft, refs } = await draftWithPhotos(anna.journal(), "killed", [picture(200_000)]);
      const release = anna.disk.hold();
      void anna.journal().share(draft);
      for (let turn = 0; turn < step; turn++) await new Promise((done) => setImmediate(done));
      release();
      for (let turn = 0; turn < step * 3; turn++) await Promise.resolve();
      anna.kill();
      await anna.open();
      await settle();
      const [card] = anna.journal().cards.read();
      const page = card?.place === "draft" ? must(await anna.journal().share(draft)) : card?.id;
      await settle();
      expect(await readAll(sam.journal(), page ?? draft, refs)).toEqual([
        markOfPhoto(picture(200_000)),
      ]);
    }
  });
});

test("twenty megabytes of photos on one page arrive, a megabyte at a time, and words go before them", async () => {
  const { anna, sam, link, settle } = await createTwoPartners({ seed: 230 });
  const photos = Array.from({ length: 20 }, (_, seed) => picture(1024 * 1024, seed + 1));
  const { page, refs } = await sharePhotos(anna.journal(), "a summer", photos);
  let largest = 0;
  link.tamper((update) => {
    largest = Math.max(largest, update.length);
    return update;
  });
  await settle(1);
  const later = await shareEntry(sam.journal(), "and words between");
  await settle(30);
  expect(await readAll(sam.journal(), page, refs)).toEqual(photos.map(markOfPhoto));
  expect(
    anna
      .journal()
      .cards.read()
      .map(({ id }) => id),
  ).toContain(later);
  expect(largest).toBeLessThan(1.2 * 1024 * 1024);
  expect(anna.journal().sync.read().state).toBe("upToDate");
}, 120_000);
