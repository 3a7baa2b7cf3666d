import { beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { sideOf, wantedMap, chunksMap } from "../../shared/carry/chunkExchange.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  photoAttributes,
  readPhoto,
  type ChunkName,
  type PhotoRef,
} from "../../shared/page/photo.ts";
import { bodyOfAct } from "../../shared/page/digest.ts";
import { pageWords } from "../../shared/page/pageDoc.ts";
import { chunkNameOf, sealPhoto, type SealedPhoto } from "../../shared/page/photoSeal.ts";
import { createHostilePartner, type HostilePartner } from "../support/hostilePartner.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must, sharedCards } from "../support/twoPartners.ts";
import { stateOf, writePage } from "./pageKit.ts";
import {
  draftWithPhotos,
  markOf,
  photoElement,
  picture,
  readAll,
  sharePhotos,
} from "./photoKit.ts";

beforeAll(loadSodium);

const sealed = (size: number, seed: number): SealedPhoto =>
  must(sealPhoto(picture(size, seed), seededRandom(seed)));

/** A name that nothing lies under. */
const someName = (seed: number): ChunkName => chunkNameOf(Uint8Array.of(seed >> 8, seed));

/** Sam's side of the document, written by hand. */
const sides = (partner: HostilePartner) => {
  const annas = sideOf(partner.anna, partner.sam);
  const sams = sideOf(partner.sam, partner.anna);
  const look = (name: string): Map<string, unknown> => {
    let found = new Map<string, unknown>();
    partner.wire.meddle((doc) => {
      found = new Map(doc.getMap<unknown>(name).entries());
    });
    return found;
  };
  const put = (name: string, entries: readonly (readonly [string, unknown])[]): void =>
    partner.wire.meddle((doc: Y.Doc) =>
      doc.transact(() => {
        for (const [key, value] of entries) doc.getMap<unknown>(name).set(key, value);
      }),
    );
  return {
    annaWants: () => [...look(wantedMap(annas)).keys()],
    annaGives: () => look(chunksMap(annas)),
    want: (names: readonly string[]) =>
      put(
        wantedMap(sams),
        names.map((name) => [name, 1] as const),
      ),
    give: (entries: readonly (readonly [string, unknown])[]) => put(chunksMap(sams), entries),
    intoAnnas: (entries: readonly (readonly [string, unknown])[]) => put(chunksMap(annas), entries),
    clearAnnas: () =>
      partner.wire.meddle((doc) => {
        doc.getMap(wantedMap(annas)).clear();
        doc.getMap(chunksMap(annas)).clear();
      }),
    put,
    sams,
  };
};

const sendPage = async (partner: HostilePartner, refs: readonly PhotoRef[], text = "Sam's") => {
  const doc = writePage({ kind: "entry" }, "", text);
  doc.transact(() => {
    for (const ref of refs) pageWords(doc).push([photoElement(ref)]);
  });
  const page = partner.newPage();
  partner.send({ kind: "snapshot", page, body: stateOf(doc) });
  await partner.settle(2);
  return page;
};

/** What lies on Anna's disk of what travels. */
const onDisk = async (partner: HostilePartner): Promise<readonly string[]> => [
  ...must(await partner.disk.start().carried.chunks.names()),
];

const troubles = (partner: HostilePartner): readonly string[] =>
  partner
    .journal()
    .troubles.read()
    .map(({ code }) => code);

describe("a partner who asks", () => {
  test("for what only my drafts name gets nothing, and not before my words have come through", async () => {
    const partner = await createHostilePartner({ seed: 301 });
    const { refs } = await draftWithPhotos(partner.journal(), "mine", [picture(70_000)]);
    const wire = sides(partner);
    wire.want(refs.flatMap(({ chunks }) => chunks));
    await partner.settle(3);
    for (const value of wire.annaGives().values()) expect(value).toBe(0);
    const shared = await sharePhotos(partner.journal(), "shared", [picture(70_000, 9)]);
    wire.want(shared.refs.flatMap(({ chunks }) => chunks));
    await partner.settle(3);
    for (const value of wire.annaGives().values()) expect(value).toBe(0);
  });

  test("for what a page of theirs names, and lies among my drafts, gets nothing either", async () => {
    const partner = await createHostilePartner({ seed: 302 });
    const { refs } = await draftWithPhotos(partner.journal(), "mine", [picture(70_000)]);
    await sendPage(partner, refs);
    const wire = sides(partner);
    wire.want(refs.flatMap(({ chunks }) => chunks));
    await partner.settle(3);
    for (const value of wire.annaGives().values()) expect(value).toBe(0);
    expect(await onDisk(partner)).toEqual([]);
  });

  test("for names without end is given up, and words still arrive", async () => {
    const partner = await createHostilePartner({ seed: 303 });
    const wire = sides(partner);
    const before = partner.wire.begun();
    wire.want(Array.from({ length: 300 }, (_, seed) => someName(seed)));
    await partner.settle(4);
    expect(partner.wire.begun()).toBeGreaterThan(before);
    await sendPage(partner, [], "words after it");
    expect(sharedCards(partner.journal())).toMatchObject([{ excerpt: "words after it" }]);
  });

  test.each<readonly [string, unknown]>([
    ["a text", "please"],
    ["bytes", new Uint8Array(65_608)],
    ["an object of a megabyte", { text: "x".repeat(1_000_000) }],
    ["another number", 2],
  ])("with %s in the place of a want is given up", async (_what, value) => {
    const partner = await createHostilePartner({ seed: 304 });
    const wire = sides(partner);
    const [name = ""] = sealed(10, 5).ref.chunks;
    const before = partner.wire.begun();
    wire.put(wantedMap(wire.sams), [[name, value]]);
    await partner.settle(3);
    expect(partner.wire.begun()).toBeGreaterThan(before);
  });
});

describe("a partner who hands over", () => {
  test("what was not asked for fills no disk", async () => {
    const partner = await createHostilePartner({ seed: 305 });
    const { chunks } = sealed(40 * 65_536, 6);
    sides(partner).give(chunks.map(({ name, bytes }) => [name, bytes] as const));
    await partner.settle(3);
    expect(await onDisk(partner)).toEqual([]);
  });

  test("flipped, cut, swapped or other bytes is not believed; the right ones are taken at the next meeting", async () => {
    const partner = await createHostilePartner({ seed: 306 });
    const photo = sealed(5 * 65_536, 7);
    const page = await sendPage(partner, [photo.ref]);
    const wire = sides(partner);
    expect(wire.annaWants().toSorted()).toEqual([...photo.ref.chunks].toSorted());
    const [one, two, three, four] = photo.chunks.map(({ bytes }) => bytes);
    const flipped = (one ?? new Uint8Array()).slice();
    flipped[60] = (flipped[60] ?? 0) ^ 1;
    const names = photo.ref.chunks;
    wire.give([
      [names[0] ?? "", flipped],
      [names[1] ?? "", three],
      [names[2] ?? "", two],
      [names[3] ?? "", 0],
      [names[4] ?? "", four],
    ]);
    await partner.settle(3);
    expect(await onDisk(partner)).toEqual([]);
    expect(await readAll(partner.journal(), page, [photo.ref])).toEqual(["PHOTO_MISSING"]);
    expect(partner.journal().sync.read().state).not.toBe("upToDate");
    await partner.lock();
    await partner.open();
    await partner.settle(2);
    const again = sides(partner);
    again.give(photo.chunks.map(({ name, bytes }) => [name, bytes] as const));
    await partner.settle(2);
    expect(await readAll(partner.journal(), page, [photo.ref])).toEqual([
      markOf(picture(5 * 65_536, 7).bytes),
    ]);
    expect(again.annaWants()).toEqual([]);
  });

  test("nothing at all leaves the words readable and no timer busy", async () => {
    const partner = await createHostilePartner({ seed: 307 });
    const photo = sealed(100_000, 8);
    const page = await sendPage(partner, [photo.ref]);
    const { offered } = partner.wire;
    const before = offered.size;
    await partner.settle(600);
    expect(offered.size).toBeLessThanOrEqual(before + 2);
    expect(await readAll(partner.journal(), page, [photo.ref])).toEqual(["PHOTO_MISSING"]);
    expect(sharedCards(partner.journal())).toMatchObject([{ excerpt: "Sam's", hasPhotos: true }]);
  });

  test("a page that names two thousand photos has them asked for a few at a time", async () => {
    const partner = await createHostilePartner({ seed: 308 });
    const first = sealed(10, 9).ref;
    const refs = Array.from({ length: 2_000 }, (_, seed) => ({
      ...first,
      chunks: [someName(seed)],
    }));
    await sendPage(partner, refs);
    expect(sides(partner).annaWants().length).toBeLessThanOrEqual(64);
    expect(sharedCards(partner.journal())).toHaveLength(1);
  });

  test("another photo's pieces under a page's own key, which that page then cannot show, and the other still can", async () => {
    const partner = await createHostilePartner({ seed: 309 });
    const good = sealed(65_536 * 2, 10);
    const [one = "", two = ""] = good.ref.chunks;
    const bad = { ...good.ref, key: sealed(1, 11).ref.key };
    const turned = { ...good.ref, chunks: [two, one] as ChunkName[] };
    const page = await sendPage(partner, [good.ref, bad, turned]);
    sides(partner).give(good.chunks.map(({ name, bytes }) => [name, bytes] as const));
    await partner.settle(2);
    const seen = [markOf(picture(65_536 * 2, 10).bytes), "PHOTO_DAMAGED", "PHOTO_DAMAGED"];
    for (const _again of [1, 2])
      expect(await readAll(partner.journal(), page, [good.ref, bad, turned])).toEqual(seen);
    expect(sides(partner).annaWants()).toEqual([]);
  });
});

test("a partner who takes a photo back and names it again does not learn whether I write on a shared page", async () => {
  const askedAgain: (readonly string[])[] = [];
  for (const isWriting of [false, true]) {
    const partner = await createHostilePartner({ seed: 311 });
    const own = await sharePhotos(partner.journal(), "mine", []);
    const photo = sealed(2 * 65_536, 14);
    const page = await sendPage(partner, [photo.ref]);
    const wire = sides(partner);
    wire.give(photo.chunks.map(({ name, bytes }) => [name, bytes] as const));
    await partner.settle(2);
    expect(wire.annaWants()).toEqual([]);
    const opened = isWriting ? must(await partner.journal().openPage(own.page)) : undefined;
    expect(opened?.editable ?? false).toBe(isWriting);
    partner.send({ kind: "control", page, body: bodyOfAct("remove", new Uint8Array()) });
    await partner.settle(4);
    await sendPage(partner, [photo.ref], "once more");
    await partner.lock();
    await partner.open();
    await partner.settle(2);
    askedAgain.push(sides(partner).annaWants().toSorted());
    await opened?.close();
  }
  const [idle, writing] = askedAgain;
  expect(idle).toHaveLength(2);
  expect(writing).toEqual(idle);
});

test("a partner who clears or writes over my part of the document stops nothing", async () => {
  const partner = await createHostilePartner({ seed: 310 });
  const photo = sealed(3 * 65_536, 12);
  const page = await sendPage(partner, [photo.ref]);
  const wire = sides(partner);
  for (let time = 0; time < 20; time++) {
    wire.clearAnnas();
    wire.intoAnnas([[photo.ref.chunks[0] ?? "", photo.chunks[0]?.bytes]]);
  }
  await partner.settle(1);
  expect(wire.annaWants().toSorted()).toEqual([...photo.ref.chunks].toSorted());
  expect(wire.annaGives().size).toBe(0);
  wire.give(photo.chunks.map(({ name, bytes }) => [name, bytes] as const));
  await partner.settle(2);
  expect(await readAll(partner.journal(), page, [photo.ref])).toEqual([
    markOf(picture(3 * 65_536, 12).bytes),
  ]);
  expect(troubles(partner)).toEqual([]);
});

test.each([
  ["a name that is no hash", { chunks: "a".repeat(43) }],
  ["a name spelled in a second way", { chunks: `${"A".repeat(42)}B` }],
  ["fewer names than its size takes", { size: "70000" }],
  ["no key", { key: "" }],
])("a photo with %s is no photo", (_what, change) => {
  const { ref } = sealed(10, 13);
  expect(readPhoto(photoAttributes(ref))).toEqual(ref);
  expect(readPhoto({ ...photoAttributes(ref), ...change })).toBeUndefined();
});
