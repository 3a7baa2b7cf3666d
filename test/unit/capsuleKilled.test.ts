import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, expect, test } from "vitest";
import { accept } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { createTwoPartners, must, shareEntry, typeWords, wordsOf } from "../support/twoPartners.ts";
import { patient, sourceOf } from "./backupKit.ts";
import { hand, pagesOf, takeFile, writeFile } from "./capsuleKit.ts";
import { markOf, picture, readAll, sharePhotos } from "./photoKit.ts";

beforeAll(loadSodium);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Lets everything happen that is ready, without the clock. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((next) => setImmediate(next));
};

const typeMany = async (
  journal: Journal,
  page: Parameters<Journal["openPage"]>[0],
  count: number,
) => {
  const open = must(await journal.openPage(page));
  for (let at = 0; at < count; at++) {
    typeWords(open, `line ${at}`);
    must(await open.flush());
  }
  await open.close();
};

test("a capsule whose taking was killed at any piece is taken whole the next time", async () => {
  const { anna, sam, link, settle } = await createTwoPartners({ seed: 5_301 });
  link.cut();
  await settle(1);
  const page = await shareEntry(anna.journal(), "begun");
  await typeMany(anna.journal(), page, 300);
  const photos = [1, 2].map((seed) => picture(600_000, seed));
  const shared = await sharePhotos(anna.journal(), "photos", photos);
  const capsule = await writeFile(anna.journal());
  let reads = 0;
  const count = { ...sourceOf(capsule) };
  const all = Math.ceil(capsule.length / 65_553);
  for (let at = 0; at < 2 * all; at += 1 + (at % 3)) {
    reads = 0;
    void sam.journal().capsules.take(
      {
        ...count,
        read: async (from, length) => {
          if (reads++ === at) sam.kill();
          return accept(capsule.slice(from, from + length));
        },
      },
      patient,
    );
    await turns(6);
    if (reads <= at) sam.kill();
    await sam.open();
  }
  must(await takeFile(sam.journal(), capsule));
  expect(must(await takeFile(sam.journal(), capsule))).toEqual({ brought: false });
  expect(pagesOf(sam.journal())).toEqual(pagesOf(anna.journal()));
  const [annas, sams] = [
    must(await anna.journal().openPage(page)),
    must(await sam.journal().openPage(page)),
  ];
  expect(wordsOf(sams)).toBe(wordsOf(annas));
  expect(await readAll(sam.journal(), shared.page, shared.refs)).toEqual(
    photos.map(({ bytes }) => markOf(bytes)),
  );
  await annas.close();
  await sams.close();
  await hand(sam, anna);
  expect(anna.journal().sync.read().state).toBe("upToDate");
  expect(sam.journal().troubles.read()).toEqual([]);
}, 120_000);

test("a power cut while the disk writes what a capsule brought loses and doubles nothing", async () => {
  const { anna, sam, link, settle } = await createTwoPartners({ seed: 5_302 });
  link.cut();
  await settle(1);
  const { page, refs } = await sharePhotos(anna.journal(), "words", [picture(2_500_000)]);
  const capsule = await writeFile(anna.journal());
  for (let step = 0; step < 12; step++) {
    const release = sam.disk.hold();
    void takeFile(sam.journal(), capsule);
    await turns(step);
    release();
    for (let turn = 0; turn < step * 5; turn++) await Promise.resolve();
    sam.kill();
    await sam.open();
  }
  must(await takeFile(sam.journal(), capsule));
  expect(pagesOf(sam.journal())).toEqual(pagesOf(anna.journal()));
  expect(await readAll(sam.journal(), page, refs)).toEqual([markOf(picture(2_500_000).bytes)]);
});

test("capsules without end, one after another, leave the journal as it was", async () => {
  const { anna, sam, link, settle } = await createTwoPartners({ seed: 5_303 });
  link.cut();
  await settle(1);
  await shareEntry(anna.journal(), "words");
  const capsule = await writeFile(anna.journal());
  must(await takeFile(sam.journal(), capsule));
  const heap = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  const many = Number(process.env["CAPSULE_MANY"] ?? 200);
  for (let count = 0; count < many; count++)
    expect(must(await takeFile(sam.journal(), capsule))).toEqual({ brought: false });
  expect(heap() - before).toBeLessThan(8 * 1024 * 1024);
  expect(pagesOf(sam.journal())).toEqual(pagesOf(anna.journal()));
  expect(sam.journal().troubles.read()).toEqual([]);
}, 300_000);
