import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ListedFile } from "../../shared/base/files.ts";
import { newId, type DeviceId, type NotebookId } from "../../shared/base/ids.ts";
import { accept } from "../../shared/base/result.ts";
import type { Offered } from "../../shared/carry/airlock.ts";
import { capsuleRootOf } from "../../shared/carry/capsule/head.ts";
import { sealFile } from "../../shared/carry/folder/sealFile.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { sealRecords } from "./capsuleKit.ts";
import { createFolderKit, type FolderEnd, type FolderKit } from "./folderKit.ts";

beforeAll(loadSodium);

let kit: FolderKit;
let seed = 7_500;
beforeEach(() => {
  kit = createFolderKit((seed += 1));
});
afterEach(async () => {
  await kit.stop();
});

const some = (count: number, length?: number): readonly Offered[] =>
  Array.from({ length: count }, () => kit.envelope(length));
const keysOf = (words: readonly Offered[]): readonly string[] =>
  words.map(({ key }) => key as string).toSorted();
const lying = async (): Promise<readonly string[]> =>
  [...new Set([...(await kit.contents()).values()].flatMap(({ keys }) => keys))]
    .map(String)
    .toSorted();
const opsOf = ({ done }: FolderEnd, op: string): number =>
  done.filter((one) => one.op === op).length;

/** As an app that has the keys can write it. */
const sealBy = (me: DeviceId, words: readonly Offered[], root = kit.root): Promise<Uint8Array> =>
  sealFile(
    {
      turn: 1,
      statement: undefined,
      envelopes: words.map(({ envelope }) => envelope),
      chunks: [],
    },
    { root, me, clock: kit.clock, random: seededRandom(seed), hurried: () => true },
  );

/** Puts words of Ada's into the folder and stops; gives the file. */
const leave = async (words: readonly Offered[]): Promise<readonly [string, Uint8Array]> => {
  kit.ada.carry();
  kit.ada.airlock().offer(words);
  await kit.pass(4);
  await kit.ada.stop();
  const [entry] = kit.folder.entries;
  if (entry === undefined) throw new Error("nothing was put");
  return entry;
};

describe("files that are not of the two", () => {
  test("stay as they are, whatever they are, and nobody is told of them", async () => {
    const random = seededRandom(seed);
    const words = some(2);
    const [name, mine] = await leave(words);
    kit.folder.entries.delete(name);
    const others = new Map<string, Uint8Array>([
      ["empty.twofold", new Uint8Array()],
      ["zeros.twofold", new Uint8Array(200_000)],
      ["photo.jpg", random(1_000)],
      ["noise.twofold", random(70_000)],
      ["backup.twofold", new TextEncoder().encode("TFB1 and whatever follows")],
      ["of another couple.twofold", await sealBy(kit.ada.me, some(2), capsuleRootOf(random(32)))],
      ["of another device.twofold", await sealBy(newId<DeviceId>(random), some(2))],
      ["of a later version.twofold", Uint8Array.of(...mine.subarray(0, 4), 9, ...mine.subarray(5))],
      ["cut.twofold", mine.slice(0, -1)],
      ["altered.twofold", mine.with(3_000, (mine[3_000] ?? 0) ^ 1)],
      ["cut in pieces.twofold", mine.slice(0, 112)],
    ]);
    for (const [other, bytes] of others) kit.folder.entries.set(other, bytes);
    const putBefore = opsOf(kit.ada, "put");
    kit.ada.carry();
    kit.ben.carry();
    await kit.pass(3_600);
    expect(opsOf(kit.ada, "put")).toBe(putBefore);
    expect(new Map(kit.folder.entries)).toEqual(others);
    for (const end of [kit.ada, kit.ben]) {
      expect(end.troubles()).toEqual([]);
      expect(end.arrived).toEqual([]);
      expect(opsOf(end, "remove")).toBe(0);
      const before = opsOf(end, "read");
      expect(before).toBeLessThanOrEqual(others.size * 6);
    }
    await kit.pass(3_600);
    expect(opsOf(kit.ada, "read")).toBeLessThanOrEqual(others.size * 6);
  });

  test("what I saved there by hand is not taken away, though all of it has come", async () => {
    const words = some(2);
    const byHand = await sealRecords(kit.root, [
      { type: "heads", writer: kit.ada.me, heads: [] },
      ...words.map(({ envelope }) => ({ type: "envelope", envelope }) as const),
      { type: "end", envelopes: 2, chunks: 0 },
    ]);
    kit.folder.entries.set("for the lawyer.twofold", byHand);
    kit.ada.carry();
    kit.ben.carry();
    await kit.pass(200);
    expect(keysOf(kit.ben.arrived)).toEqual(keysOf(words));
    expect([...kit.folder.entries.keys()]).toEqual(["for the lawyer.twofold"]);
  });
});

describe("a folder with far too much in it", () => {
  test("is said to be, and what is mine and what came last goes on", async () => {
    const random = seededRandom(seed);
    for (let n = 0; n < 1_800; n++)
      kit.folder.entries.set(`junk ${String(n).padStart(4, "0")}.twofold`, random(40));
    kit.ada.carry();
    kit.ben.carry();
    const words = some(3);
    kit.ada.airlock().offer(words);
    await kit.pass(300);
    expect(kit.ada.troubles()).toEqual(["FOLDER_CROWDED"]);
    expect(keysOf(kit.ben.arrived)).toEqual(keysOf(words));
    expect(opsOf(kit.ada, "put")).toBe(1);
    kit.ada.airlock().release(words.map(({ key }) => key));
    await kit.pass(100);
    expect(await lying()).toEqual([]);
    expect(kit.folder.entries.size).toBe(1_800);
    // Each was looked at some times, and then no more.
    const reads = opsOf(kit.ada, "read");
    await kit.pass(3_000);
    const later = opsOf(kit.ada, "read") - reads;
    await kit.pass(3_000);
    expect(opsOf(kit.ada, "read") - reads).toBe(later);
  }, 60_000);

  test("of which the list tells only a part: nothing of mine is put again and again", async () => {
    const random = seededRandom(seed);
    for (let n = 0; n < 3_000; n++)
      kit.folder.entries.set(`${String(n).padStart(16, "0")}.twofold`, random(40));
    kit.ada.carry();
    const words = some(3);
    kit.ada.airlock().offer(words);
    await kit.pass(2_000);
    expect(kit.ada.troubles()).toEqual(["FOLDER_CROWDED"]);
    expect(opsOf(kit.ada, "put")).toBe(1);
    expect(await lying()).toEqual(keysOf(words));
  }, 60_000);
});

describe("a host that meddles", () => {
  test("puts back what was taken away: it is taken away again, less and less often", async () => {
    const words = some(2);
    kit.ada.carry();
    kit.ada.airlock().offer(words);
    await kit.pass(4);
    const [[name, bytes] = ["", new Uint8Array()]] = [...kit.folder.entries];
    kit.ada.airlock().release(words.map(({ key }) => key));
    let turn = 0;
    for (let second = 0; second < 3_600; second += 5) {
      if (kit.folder.entries.size === 0)
        kit.folder.entries.set(turn++ % 2 === 0 ? name : `again ${turn}.twofold`, bytes.slice());
      kit.folder.change();
      await kit.pass(5);
    }
    expect(opsOf(kit.ada, "remove")).toBeGreaterThan(2);
    expect(opsOf(kit.ada, "remove")).toBeLessThanOrEqual(12);
    expect(opsOf(kit.ada, "put")).toBe(1);
    await kit.pass(10 * 3_600);
    expect(kit.folder.entries.size).toBe(0);
  }, 60_000);

  test("takes everything away at once: it is put less and less often, and new words still go", async () => {
    const words = some(2);
    kit.ada.carry();
    kit.ada.airlock().offer(words);
    for (let second = 0; second < 3_600; second += 2) {
      kit.folder.entries.clear();
      kit.folder.change();
      await kit.pass(2);
    }
    const puts = opsOf(kit.ada, "put");
    expect(puts).toBeGreaterThan(2);
    expect(puts).toBeLessThanOrEqual(12);
    const fresh = some(1);
    kit.ada.airlock().offer(fresh);
    await kit.pass(12);
    expect(await lying()).toEqual(keysOf([...words, ...fresh]));
  }, 60_000);

  test("changes a large file at every look: only so much is read in a minute", async () => {
    let turn = 0;
    let bytesRead = 0;
    const noise = new Uint8Array(15_000_000).fill(7);
    kit.instead.list = async () =>
      accept(
        Array.from({ length: 40 }, (_, n): ListedFile => ({
          name: `${n}.twofold`,
          size: noise.length,
          changed: turn++,
        })),
      );
    kit.instead.read = async () => {
      bytesRead += noise.length;
      return accept(noise);
    };
    kit.ada.carry();
    for (let minute = 0; minute < 10; minute++) {
      for (let second = 0; second < 60; second += 2) {
        kit.folder.change();
        await kit.pass(2);
      }
    }
    expect(bytesRead).toBeGreaterThan(0);
    expect(bytesRead).toBeLessThanOrEqual(12 * 384 * 1_048_576);
    expect(kit.ada.troubles()).toContain("FOLDER_CROWDED");
  }, 60_000);

  test("tells of changes without end: the folder is looked at six times a minute", async () => {
    kit.ada.carry();
    for (let step = 0; step < 1_200; step++) {
      kit.folder.change();
      await kit.pass(0.5);
    }
    expect(opsOf(kit.ada, "list")).toBeLessThanOrEqual(10 * 6 + 15);
    // And one that comes later is heeded soon.
    await kit.pass(600);
    const before = opsOf(kit.ada, "list");
    kit.folder.change();
    await kit.pass(2);
    expect(opsOf(kit.ada, "list")).toBe(before + 1);
  });

  test("tells times of nonsense: what is there is taken in all the same", async () => {
    const words = some(3);
    await leave(words);
    const { list } = kit.folder.files;
    const nonsense = [Number.NaN, -1, 0, Infinity, 9e300];
    let turn = 0;
    kit.instead.list = async () => {
      const listed = await list();
      if (!listed.ok) return listed;
      return accept(
        listed.value.map((file) => ({ ...file, changed: nonsense[turn++ % nonsense.length] ?? 0 })),
      );
    };
    kit.ben.carry();
    kit.ada.carry();
    kit.ada.airlock().offer(words);
    await kit.pass(300);
    expect(keysOf(kit.ben.arrived)).toEqual(keysOf(words));
    expect(opsOf(kit.ada, "put")).toBe(1);
    expect(await lying()).toEqual(keysOf(words));
  });

  test("swaps the contents of two files, and nothing is lost or put twice", async () => {
    const [one, two] = [some(2), some(2)];
    kit.ada.carry();
    kit.ada.airlock().offer(one);
    await kit.pass(12);
    kit.ada.airlock().offer(two);
    await kit.pass(12);
    const [[first, a] = ["", new Uint8Array()], [second, b] = ["", new Uint8Array()]] = [
      ...kit.folder.entries,
    ];
    kit.folder.entries.set(first, b.slice());
    kit.folder.entries.set(second, a.slice());
    await kit.pass(200);
    expect(opsOf(kit.ada, "put")).toBe(2);
    kit.ada.airlock().release(one.map(({ key }) => key));
    await kit.pass(20);
    expect(await lying()).toEqual(keysOf(two));
  });

  test("alters a file of mine: what it held is put again, and the rest of it is left lying", async () => {
    const words = some(2);
    kit.ada.carry();
    kit.ada.airlock().offer(words);
    await kit.pass(6);
    const [[name, bytes] = ["", new Uint8Array()]] = [...kit.folder.entries];
    kit.folder.entries.set(name, bytes.with(500, (bytes[500] ?? 0) ^ 1));
    await kit.pass(200);
    expect(await lying()).toEqual(keysOf(words));
    expect(kit.folder.entries.has(name)).toBe(true);
    expect(kit.folder.entries.size).toBe(2);
  });
});

describe("a partner whose app was changed", () => {
  test("who writes in my name what I never said has it taken away, and nothing else happens", async () => {
    kit.folder.entries.set("forged.twofold", await sealBy(kit.ada.me, some(3)));
    kit.ada.carry();
    const words = some(2);
    kit.ada.airlock().offer(words);
    await kit.pass(200);
    expect(kit.ada.arrived).toEqual([]);
    expect(await lying()).toEqual(keysOf(words));
  });

  test("who says in my name to want everything and to hold all there is changes nothing about what is put", async () => {
    const notebook = newId(seededRandom(1)) as unknown as NotebookId;
    const file = await sealRecords(kit.root, [
      {
        type: "heads",
        writer: kit.ada.me,
        heads: [{ notebook, device: kit.ada.me, seq: 2 ** 52, id: "0".repeat(64) as never }],
      },
      { type: "folder", turn: 2 ** 53 - 1 },
      { type: "end", envelopes: 0, chunks: 0 },
    ]);
    kit.folder.entries.set("state.twofold", file);
    kit.ada.carry();
    const words = some(2);
    kit.ada.airlock().offer(words);
    await kit.pass(200);
    expect(await lying()).toEqual(keysOf(words));
  });

  test("who puts the same capsule a hundred times brings it once", async () => {
    const words = some(3);
    const [, bytes] = await leave(words);
    for (let n = 0; n < 100; n++) kit.folder.entries.set(`${n}.twofold`, bytes.slice());
    kit.ben.carry();
    await kit.pass(200);
    expect(kit.ben.arrived).toHaveLength(3);
    expect(opsOf(kit.ben, "remove")).toBe(0);
  });

  test("who puts more words than any airlock takes is heard as far as that goes, and I go on", async () => {
    await kit.stop();
    kit = createFolderKit((seed += 1), { mostLying: 1_000_000 });
    for (let n = 0; n < 9; n++)
      kit.folder.entries.set(`${n}.twofold`, await sealBy(kit.ben.me, some(3, 40_000)));
    kit.ada.carry();
    const words = some(2);
    kit.ada.airlock().offer(words);
    await kit.pass(120);
    expect(kit.ada.arrived).toHaveLength(7 * 3);
    expect(kit.ada.troubles()).toEqual(["FOLDER_CROWDED"]);
    const mine = (await lying()).filter((key) => keysOf(words).includes(key));
    expect(mine).toEqual(keysOf(words));
    for (const n of [0, 1, 2, 3]) kit.folder.entries.delete(`${n}.twofold`);
    await kit.pass(200);
    expect(kit.ada.arrived).toHaveLength(9 * 3);
  });

  test("who puts forged envelopes brings them to the airlock and no further", async () => {
    const forged = new Uint8Array(700) as CarriedEnvelope;
    kit.folder.entries.set(
      "f.twofold",
      await sealFile(
        { turn: 1, statement: undefined, envelopes: [forged, forged], chunks: [] },
        {
          root: kit.root,
          me: kit.ben.me,
          clock: kit.clock,
          random: seededRandom(1),
          hurried: () => true,
        },
      ),
    );
    kit.ada.carry();
    await kit.pass(10);
    expect(kit.ada.arrived).toHaveLength(1);
  });
});
