import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { toBase64Url } from "../../shared/base/bytes.ts";
import { newId, type DeviceId, type MessageId, type NotebookId } from "../../shared/base/ids.ts";
import { refuse } from "../../shared/base/result.ts";
import { mostWanted } from "../../shared/carry/capsule/records.ts";
import type { FolderPhotos, PhotosNow } from "../../shared/carry/folder/photos.ts";
import { sealFile } from "../../shared/carry/folder/sealFile.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { chunkLength, type ChunkName } from "../../shared/page/photo.ts";
import { chunkNameOf } from "../../shared/page/photoSeal.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createFolderKit, type FolderKit } from "./folderKit.ts";

beforeAll(loadSodium);

let kit: FolderKit;
afterEach(async () => {
  await kit.stop();
});

const random = seededRandom(31);
const head = {
  notebook: newId<NotebookId>(random),
  device: newId<DeviceId>(random),
  seq: 4,
  id: "ab".repeat(32) as MessageId,
};
const picture = (): readonly [ChunkName, Uint8Array] => {
  const bytes = random(chunkLength);
  return [chunkNameOf(bytes), bytes];
};
const photosOf = (now: () => Partial<PhotosNow>, here: ReadonlyMap<ChunkName, Uint8Array>) => ({
  photos: {
    now: () => ({
      ...{ heads: [head], missing: [], needed: [] },
      ...{ stays: () => true, isNamed: () => true },
      ...now(),
    }),
    give: async (name) => here.get(name),
    take: async () => true,
    hear: () => {},
    onChange: () => () => {},
  } satisfies FolderPhotos,
});

const puts = (): number => kit.ada.done.filter(({ op }) => op === "put").length;
const emptiedForAnHour = async (): Promise<void> => {
  for (let second = 0; second < 3_600; second += 2) {
    kit.folder.entries.clear();
    kit.folder.change();
    await kit.pass(2);
  }
};

describe("a folder that is emptied again and again", () => {
  test("gets the same photos less and less often, and new ones soon", async () => {
    const here = new Map([picture()]);
    kit = createFolderKit(
      7_601,
      photosOf(() => ({ needed: [...here.keys()] }), here),
    );
    kit.ada.carry();
    await emptiedForAnHour();
    expect(puts()).toBeGreaterThan(2);
    expect(puts()).toBeLessThanOrEqual(12);
    here.set(...picture());
    kit.folder.change();
    await kit.pass(90);
    const lying = [...(await kit.contents()).values()].flatMap(({ chunks }) => chunks);
    expect(new Set(lying)).toEqual(new Set(here.keys()));
  }, 60_000);

  test("is told what is wanted less and less often, so it learns no more of when I am here", async () => {
    const wanted = [toBase64Url(random(32)) as ChunkName];
    kit = createFolderKit(
      7_602,
      photosOf(() => ({ missing: wanted }), new Map()),
    );
    kit.ada.carry();
    await emptiedForAnHour();
    expect(puts()).toBeGreaterThan(2);
    expect(puts()).toBeLessThanOrEqual(12);
    wanted.push(toBase64Url(random(32)) as ChunkName);
    kit.folder.change();
    await kit.pass(150);
    const said = [...(await kit.contents()).values()].map(({ statement }) => statement?.wanted);
    expect(said).toEqual([wanted]);
  }, 60_000);
});

test("a folder is crowded no longer once what was too much has gone", async () => {
  kit = createFolderKit(7_603, { mostLying: 100_000 });
  for (let n = 0; n < 3; n++) {
    const { root, clock, ben } = kit;
    const bytes = await sealFile(
      {
        ...{ turn: 1, statement: undefined, chunks: [] },
        envelopes: [kit.envelope(60_000).envelope],
      },
      { root, me: ben.me, clock, random: seededRandom(n), hurried: () => true },
    );
    kit.folder.entries.set(`${n}.twofold`, bytes);
  }
  kit.ada.carry();
  await kit.pass(120);
  kit.folder.entries.clear();
  await kit.pass(120);
  kit.folder.gone(true);
  await kit.pass(120);
  kit.folder.gone(false);
  await kit.pass(120);
  expect(kit.ada.troubles()).toEqual(["FOLDER_CROWDED", "NO_FOLDER"]);
});

test("a file that is half there and then cannot be read does not keep anybody looking", async () => {
  kit = createFolderKit(7_604);
  kit.folder.entries.set("a.twofold", new Uint8Array(5_000));
  kit.ada.carry();
  await kit.pass(5);
  kit.instead.read = async () => refuse("FILE_GONE");
  const before = kit.ada.done.length;
  await kit.pass(600);
  expect(kit.ada.done.length - before).toBeLessThanOrEqual(2 * 11);
});

test("a partner who wants without end is heard as far as memory goes", async () => {
  const heard = new Set<number>();
  const { photos } = photosOf(() => ({}), new Map());
  kit = createFolderKit(7_605, {
    photos: {
      ...photos,
      now: (theirs) => {
        heard.add(theirs?.heads[0]?.seq ?? 0);
        return photos.now();
      },
    },
  });
  const { root, clock, ben, folder } = kit;
  const wanted = Array.from({ length: mostWanted }, () => toBase64Url(random(32)) as ChunkName);
  for (let n = 1; n <= 19; n++) {
    const bytes = await sealFile(
      { turn: 1, statement: { heads: [{ ...head, seq: n }], wanted }, envelopes: [], chunks: [] },
      { root, me: ben.me, clock, random: seededRandom(n), hurried: () => true },
    );
    folder.entries.set(`${String(n).padStart(2, "0")}.twofold`, bytes);
  }
  kit.ada.carry();
  await kit.pass(120);
  expect(Math.max(...heard)).toBe(17);
}, 60_000);

test("a folder that spoils whatever I put gets it less and less often, so it does not fill up", async () => {
  kit = createFolderKit(7_606);
  kit.ada.carry();
  kit.ada.airlock().offer([kit.envelope(), kit.envelope()]);
  for (let second = 0; second < 3_600; second += 2) {
    for (const name of kit.folder.entries.keys())
      kit.folder.entries.set(name, new Uint8Array(9_000));
    kit.folder.change();
    await kit.pass(2);
  }
  expect(puts()).toBeGreaterThan(2);
  expect(puts()).toBeLessThanOrEqual(12);
}, 60_000);
