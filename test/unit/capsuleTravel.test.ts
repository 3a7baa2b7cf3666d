import { beforeAll, describe, expect, test } from "vitest";
import {
  capsuleHeadLength,
  capsuleRootOf,
  sealedCapsulePiece,
} from "../../shared/carry/capsule/head.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { NewPhoto } from "../../shared/page/photo.ts";
import {
  createTwoPartners,
  must,
  shareEntry,
  sharedCards,
  typeWords,
  type TwoPartners,
} from "../support/twoPartners.ts";
import { memoryFile, patient } from "./backupKit.ts";
import { crkOf, hand, pagesOf, recordsIn, takeFile, writeFile } from "./capsuleKit.ts";
import { markOf, picture, readAll, sharePhotos } from "./photoKit.ts";

beforeAll(loadSodium);

/** Two who never meet: whatever goes between them is a file. */
const apart = async (seed: number): Promise<TwoPartners> => {
  const partners = await createTwoPartners({ seed });
  partners.link.cut();
  await partners.settle(1);
  return partners;
};

const markOfPhoto = ({ bytes }: NewPhoto): string => markOf(bytes);
const stateOf = ({ journal }: TwoPartners["anna"]): string => journal().sync.read().state;
const excerpts = ({ journal }: TwoPartners["anna"]): readonly string[] =>
  sharedCards(journal())
    .map(({ excerpt }) => excerpt)
    .toSorted();

describe("two who never meet", () => {
  test("read each other's words by files alone, and are up to date once one has come back", async () => {
    const { anna, sam } = await apart(5_001);
    await shareEntry(anna.journal(), "from anna");
    await shareEntry(sam.journal(), "from sam");
    expect(stateOf(anna)).toBe("waiting");
    expect(await hand(anna, sam)).toEqual({ brought: true });
    expect(excerpts(sam)).toEqual(["from anna", "from sam"]);
    expect(stateOf(anna)).toBe("waiting");
    expect(await hand(sam, anna)).toEqual({ brought: true });
    expect(stateOf(anna)).toBe("upToDate");
    expect(stateOf(sam)).toBe("waiting");
    expect(await hand(anna, sam)).toEqual({ brought: true });
    for (const desk of [anna, sam]) {
      expect(stateOf(desk)).toBe("upToDate");
      expect(desk.journal().troubles.read()).toEqual([]);
    }
    expect(pagesOf(anna.journal())).toEqual(pagesOf(sam.journal()));
  });

  test("who has nothing new still writes a small capsule, which says that all has come", async () => {
    const { anna, sam } = await apart(5_002);
    await shareEntry(anna.journal(), "words");
    await hand(anna, sam);
    const empty = await writeFile(sam.journal());
    expect(empty.length).toBe(capsuleHeadLength + sealedCapsulePiece);
    must(await takeFile(anna.journal(), empty));
    expect(stateOf(anna)).toBe("upToDate");
    const first = await apart(5_003);
    expect((await writeFile(first.anna.journal())).length).toBe(
      capsuleHeadLength + sealedCapsulePiece,
    );
  });

  test("what was acknowledged does not go out again, and all of it does where all is asked for", async () => {
    const { anna, sam } = await apart(5_004);
    for (let count = 0; count < 60; count++)
      await shareEntry(anna.journal(), `${count}`.repeat(900));
    const before = await writeFile(anna.journal());
    await takeFile(sam.journal(), before);
    await hand(sam, anna);
    expect((await writeFile(anna.journal())).length).toBeLessThan(before.length);
    expect((await writeFile(anna.journal(), "all")).length).toBeGreaterThanOrEqual(before.length);
  });

  test("an order, a repetition or an old capsule changes nothing", async () => {
    const { anna, sam } = await apart(5_005);
    const capsules: Uint8Array[] = [];
    for (const words of ["one", "two", "three"]) {
      await shareEntry(anna.journal(), words);
      capsules.push(await writeFile(anna.journal()));
    }
    const take = async (at: number): Promise<boolean> =>
      must(await takeFile(sam.journal(), capsules[at] ?? new Uint8Array())).brought;
    expect(await take(1)).toBe(true);
    expect(excerpts(sam)).toEqual(["one", "two"]);
    for (const at of [0, 1]) expect(await take(at)).toBe(false);
    expect(await take(2)).toBe(true);
    for (const at of [2, 0, 1]) expect(await take(at)).toBe(false);
    expect(excerpts(sam)).toEqual(["one", "three", "two"]);
    expect(sam.journal().troubles.read()).toEqual([]);
  });

  test("a capsule that gets lost is made good by the next one", async () => {
    const { anna, sam } = await apart(5_006);
    await shareEntry(anna.journal(), "lost on the way");
    await writeFile(anna.journal());
    await shareEntry(anna.journal(), "later");
    await hand(anna, sam);
    expect(excerpts(sam)).toEqual(["later", "lost on the way"]);
  });

  test("what was withdrawn is in no capsule, and leaves who had it", async () => {
    const { anna, sam } = await apart(5_007);
    const { page } = await sharePhotos(anna.journal(), "soon gone", [picture(90_000)]);
    const keeps = await shareEntry(anna.journal(), "stays");
    await hand(anna, sam);
    must(await anna.journal().withdraw(page));
    for (const what of ["new", "all"] as const) {
      const capsule = await writeFile(anna.journal(), what);
      const records = await recordsIn(capsuleRootOf(crkOf(5_007)), capsule);
      expect(records.filter(({ type }) => type === "chunk")).toEqual([]);
      must(await takeFile(sam.journal(), capsule));
    }
    const cards = sharedCards(sam.journal());
    expect(cards.find(({ id }) => id === page)).toMatchObject({ excerpt: "", hasPhotos: false });
    expect(cards.find(({ id }) => id === keeps)).toMatchObject({ excerpt: "stays" });
    const third = await apart(5_008);
    const gone = await shareEntry(third.anna.journal(), "never arrives");
    must(await third.anna.journal().withdraw(gone));
    await shareEntry(third.anna.journal(), "arrives");
    await hand(third.anna, third.sam);
    expect(excerpts(third.sam)).toContain("arrives");
    expect(JSON.stringify(sharedCards(third.sam.journal()))).not.toContain("never arrives");
    expect(third.sam.journal().troubles.read()).toEqual([]);
  });

  test("changes of a page arrive, and its history", async () => {
    const { anna, sam, clock } = await apart(5_009);
    const page = await shareEntry(anna.journal(), "first words");
    await hand(anna, sam);
    clock.advance(26 * 60 * 60 * 1000);
    const open = must(await anna.journal().openPage(page));
    typeWords(open, "more words");
    must(await open.flush());
    await open.close();
    await hand(anna, sam);
    const history = must(await sam.journal().openHistory(page));
    expect(history.versions).toHaveLength(2);
    history.close();
  });
});

describe("photos", () => {
  test("come behind the words of their pages, byte for byte", async () => {
    const { anna, sam } = await apart(5_020);
    const photos = [picture(200_000, 1), picture(65_536, 2), picture(1, 3)];
    const { page, refs } = await sharePhotos(anna.journal(), "at the lake", photos);
    expect(await hand(anna, sam)).toEqual({ brought: true });
    expect(await readAll(sam.journal(), page, refs)).toEqual(photos.map(markOfPhoto));
    await hand(sam, anna);
    expect(stateOf(anna)).toBe("upToDate");
    expect(stateOf(sam)).toBe("upToDate");
  });

  test("whose words came another way are asked for in the capsule that goes back", async () => {
    const partners = await createTwoPartners({ seed: 5_021 });
    const { anna, sam, link, settle } = partners;
    const photos = [picture(300_000, 1)];
    // The words arrive over the connection, and it ends before the photo has.
    link.tamper((update) => (update.length > 60_000 ? undefined : update));
    const { page, refs } = await sharePhotos(anna.journal(), "words only", photos);
    await settle(3);
    link.cut();
    await anna.lock();
    await anna.open();
    await settle(1);
    expect(await readAll(sam.journal(), page, refs)).toEqual(["PHOTO_MISSING"]);
    expect(sam.journal().sync.read()).toEqual({ state: "arriving", photosOnly: true });
    expect(stateOf(anna)).toBe("upToDate");
    await hand(sam, anna);
    expect(stateOf(anna)).toBe("waiting");
    await hand(anna, sam);
    expect(await readAll(sam.journal(), page, refs)).toEqual(photos.map(markOfPhoto));
    await hand(sam, anna);
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
  });

  test("that an older capsule asks for are not asked for again by it", async () => {
    const { anna, sam } = await apart(5_022);
    await sharePhotos(anna.journal(), "with a photo", [picture(70_000)]);
    const sams = await writeFile(sam.journal());
    await hand(anna, sam);
    await shareEntry(sam.journal(), "later");
    await hand(sam, anna);
    must(await takeFile(anna.journal(), sams));
    expect(stateOf(anna)).toBe("upToDate");
  });

  test("a full disk says so, what came until then stays, and the same capsule goes on later", async () => {
    const { anna, sam } = await apart(5_023);
    const { page, refs } = await sharePhotos(anna.journal(), "words first", [picture(300_000)]);
    const capsule = await writeFile(anna.journal());
    sam.disk.failNext("put", "DISK_FULL");
    expect(await takeFile(sam.journal(), capsule)).toMatchObject({ code: "DISK_FULL" });
    expect(excerpts(sam)).toEqual([]);
    sam.disk.makeRoom();
    expect(must(await takeFile(sam.journal(), capsule))).toEqual({ brought: true });
    expect(await readAll(sam.journal(), page, refs)).toEqual([markOfPhoto(picture(300_000))]);
  });
});

describe("beside a connection", () => {
  test("a capsule brings nothing new, and harms nothing", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 5_030 });
    await shareEntry(anna.journal(), "live");
    const capsule = await writeFile(anna.journal());
    await settle();
    expect(must(await takeFile(sam.journal(), capsule))).toEqual({ brought: false });
    await settle();
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
  });

  test("what a capsule brought is acknowledged over the connection, by itself", async () => {
    const { anna, sam, link, settle } = await apart(5_031);
    await shareEntry(anna.journal(), "by stick");
    await hand(anna, sam);
    link.heal();
    await settle();
    expect([stateOf(anna), stateOf(sam)]).toEqual(["upToDate", "upToDate"]);
  });
});

describe("writing", () => {
  test("that is refused or cancelled at any moment leaves nothing", async () => {
    const { anna } = await apart(5_040);
    await sharePhotos(anna.journal(), "words", [picture(300_000)]);
    const whole = memoryFile();
    must(await anna.journal().capsules.write("all", whole, patient));
    expect(whole.writes()).toBeGreaterThan(4);
    expect(whole.longest()).toBeLessThanOrEqual(sealedCapsulePiece);
    for (let at = 0; at < whole.writes(); at++) {
      const file = memoryFile();
      file.refuseAfter(at, "FOLDER_GONE");
      expect(await anna.journal().capsules.write("all", file, patient)).toMatchObject({
        code: "FOLDER_GONE",
      });
      expect([file.aborted(), file.bytes()]).toEqual([true, undefined]);
    }
    for (let at = 0; at < 40; at++) {
      const file = memoryFile();
      let asked = 0;
      const work = { ...patient, cancelled: () => asked++ >= at };
      const written = await anna.journal().capsules.write("all", file, work);
      if (written.ok) break;
      expect(written.code).toBe("CANCELLED");
      expect([file.aborted(), file.bytes()]).toEqual([true, undefined]);
    }
  });

  test("goes on where the own disk is too full for a word more: the ack follows later", async () => {
    const { anna, sam, settle } = await apart(5_043);
    await shareEntry(anna.journal(), "out of a full computer");
    await hand(sam, anna);
    await shareEntry(sam.journal(), "received");
    await hand(sam, anna);
    anna.disk.failNext("put", "DISK_FULL", 3);
    await hand(anna, sam);
    expect(excerpts(sam)).toEqual(["out of a full computer", "received"]);
    expect(stateOf(sam)).toBe("waiting");
    anna.disk.makeRoom();
    await settle(10);
    await hand(anna, sam);
    expect(stateOf(sam)).toBe("upToDate");
  });

  test("tells how far it is, in bytes, and so does taking", async () => {
    const { anna, sam } = await apart(5_041);
    await sharePhotos(anna.journal(), "words", [picture(500_000)]);
    const file = memoryFile();
    const told: (readonly [number, number])[] = [];
    const work = { ...patient, progress: (done: number, all: number) => told.push([done, all]) };
    must(await anna.journal().capsules.write("new", file, work));
    expect(told.at(-1)?.[0]).toBe(file.bytes()?.length);
    expect(told.every(([done, all]) => done <= all)).toBe(true);
    told.length = 0;
    must(await sam.journal().capsules.take(file.source(), work));
    const twice = 2 * (file.bytes()?.length ?? 0);
    expect(told.at(-1)).toEqual([twice, twice]);
    expect(told.map(([done]) => done)).toEqual(
      told.map(([done]) => done).toSorted((a, b) => a - b),
    );
  });

  test("a photo whose chunks the disk has no more is left out, and the words go", async () => {
    const { anna, sam } = await apart(5_042);
    const { page, refs } = await sharePhotos(anna.journal(), "words", [picture(200_000)]);
    const { chunks } = anna.disk.start().carried;
    must(await chunks.remove([refs[0]?.chunks[0] ?? ""]));
    await hand(anna, sam);
    expect(excerpts(sam)).toEqual(["words"]);
    expect(await readAll(sam.journal(), page, refs)).toEqual(["PHOTO_MISSING"]);
    expect(stateOf(sam)).toBe("arriving");
  });
});

describe("after a lock", () => {
  test("nothing is written or taken, and what was under way ends with the lock", async () => {
    const { anna, sam } = await apart(5_050);
    await sharePhotos(anna.journal(), "words", [picture(900_000)]);
    const capsule = await writeFile(anna.journal());
    const [annas, sams] = [anna.journal(), sam.journal()];
    const file = memoryFile();
    const writing = annas.capsules.write("all", file, patient);
    const taking = takeFile(sams, capsule);
    await Promise.all([anna.lock(), sam.lock()]);
    expect(await writing).toMatchObject({ ok: false });
    expect(await taking).toMatchObject({ ok: false });
    expect([file.aborted(), file.bytes()]).toEqual([true, undefined]);
    const later = memoryFile();
    expect(await annas.capsules.write("all", later, patient)).toMatchObject({ ok: false });
    expect([later.aborted(), later.bytes()]).toEqual([true, undefined]);
    expect(await takeFile(sams, capsule)).toMatchObject({ ok: false });
    await sam.open();
    must(await takeFile(sam.journal(), capsule));
    expect(excerpts(sam)).toEqual(["words"]);
  });

  test("a file that never answers does not keep the journal from locking", async () => {
    const { anna, clock } = await apart(5_051);
    const capsule = await writeFile(anna.journal());
    const stuck = anna
      .journal()
      .capsules.take(
        { name: "stuck", size: capsule.length, read: () => new Promise(() => {}) },
        patient,
      );
    let locked = false;
    const locking = anna.lock().then(() => (locked = true));
    for (let turn = 0; turn < 200 && !locked; turn++) {
      await new Promise((next) => setImmediate(next));
      clock.advance(100);
    }
    await locking;
    expect(locked).toBe(true);
    void stuck;
  });
});
