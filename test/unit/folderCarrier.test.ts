import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { carryByFolder } from "../../renderer/carriers/sharedFolder.ts";
import { toBase64Url } from "../../shared/base/bytes.ts";
import { newId, type DeviceId, type MessageId, type NotebookId } from "../../shared/base/ids.ts";
import { accept } from "../../shared/base/result.ts";
import type { ChosenFolder } from "../../shared/bridge/chosenFolder.ts";
import type { SharedFolder } from "../../shared/bridge/sharedFolder.ts";
import { mostWanted } from "../../shared/carry/capsule/records.ts";
import type { ChunkName } from "../../shared/page/photo.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { sharedFileLimit } from "../../shared/base/files.ts";
import type { Offered } from "../../shared/carry/airlock.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createFolderKit, turns, type FolderEnd, type FolderKit } from "./folderKit.ts";

beforeAll(loadSodium);

let kit: FolderKit;
let seed = 7_000;
beforeEach(() => {
  kit = createFolderKit((seed += 1));
});
afterEach(async () => {
  await kit.stop();
});

const some = (count: number, length?: number): readonly Offered[] =>
  Array.from({ length: count }, () => kit.envelope(length));

const offer = ({ airlock }: FolderEnd, words: readonly Offered[]): void => airlock().offer(words);
const release = ({ airlock }: FolderEnd, words: readonly Offered[]): void =>
  airlock().release(words.map(({ key }) => key));
const keysOf = (words: readonly Offered[]): readonly string[] =>
  words.map(({ key }) => key as string).toSorted();
const arrived = (end: FolderEnd): readonly string[] => keysOf(end.arrived);

/** Under which keys something lies in whole files. */
const lying = async (): Promise<readonly string[]> =>
  [...new Set([...(await kit.contents()).values()].flatMap(({ keys }) => keys))]
    .map(String)
    .toSorted();
const opsOf = ({ done }: FolderEnd, op: string): number =>
  done.filter((one) => one.op === op).length;

describe("what waits", () => {
  test("is put after a moment, in one file for all of it, under a name that tells nothing", async () => {
    kit.ada.carry();
    for (const one of some(20)) {
      offer(kit.ada, [one]);
      await turns();
    }
    expect(kit.folder.entries.size).toBe(0);
    await kit.pass(3);
    expect([...kit.folder.entries.keys()]).toEqual([
      expect.stringMatching(/^[0-9a-f]{16}\.twofold$/),
    ]);
    expect(await lying()).toHaveLength(20);
  });

  test("typing for minutes makes few files, and few of them lie there at a time", async () => {
    kit.ada.carry();
    const words: Offered[] = [];
    for (let second = 0; second < 300; second++) {
      words.push(kit.envelope());
      offer(kit.ada, words.slice(-1));
      await kit.pass(1);
    }
    expect(opsOf(kit.ada, "put")).toBeLessThanOrEqual(40);
    expect(kit.folder.entries.size).toBeLessThanOrEqual(8);
    await kit.pass(10);
    expect(await lying()).toEqual(keysOf(words));
  });

  test("that is more than fits goes in several files, none over the limit", async () => {
    kit.ada.carry();
    const words = some(22, 1_000_000);
    offer(kit.ada, words);
    await kit.pass(40);
    expect(kit.folder.entries.size).toBe(2);
    for (const { length } of kit.folder.entries.values())
      expect(length).toBeLessThanOrEqual(sharedFileLimit);
    kit.ben.carry();
    await kit.pass(60);
    expect(arrived(kit.ben)).toEqual(keysOf(words));
  });

  test("is told of by size no more finely than Padmé does", async () => {
    kit.ada.carry();
    offer(kit.ada, some(1));
    await kit.pass(3);
    offer(kit.ada, some(60));
    await kit.pass(12);
    const sizes = [...kit.folder.entries.values()].map(({ length }) => length);
    expect(new Set(sizes).size).toBe(1);
  });

  test("no longer leaves the folder, and the rest of its file stays throughout", async () => {
    const words = some(5);
    kit.ada.carry();
    offer(kit.ada, words);
    await kit.pass(4);
    release(kit.ada, words.slice(0, 2));
    for (let step = 0; step < 24; step++) {
      await kit.pass(0.5);
      expect(await lying()).toEqual(expect.arrayContaining([...keysOf(words.slice(2))]));
    }
    expect(await lying()).toEqual(keysOf(words.slice(2)));
    release(kit.ada, words.slice(2));
    await kit.pass(4);
    expect(kit.folder.entries.size).toBe(0);
  });

  test("on stopping is put at once", async () => {
    kit.ada.carry();
    await kit.pass(1);
    const words = some(3);
    offer(kit.ada, words);
    await kit.ada.stop();
    expect(await lying()).toEqual(keysOf(words));
    expect(kit.clock.waiting()).toBe(0);
  });
});

describe("after a restart", () => {
  test("what stands in the folder is known from the folder, and not put again", async () => {
    const words = some(4);
    kit.ada.carry();
    offer(kit.ada, words);
    await kit.pass(4);
    await kit.ada.stop();
    const before = [...kit.folder.entries.keys()];
    kit.ada.carry();
    await kit.pass(5);
    offer(kit.ada, words);
    await kit.pass(120);
    expect([...kit.folder.entries.keys()]).toEqual(before);
    expect(opsOf(kit.ada, "put")).toBe(1);
  });

  test("what was withdrawn meanwhile goes once it is clear that it is not offered again", async () => {
    const words = some(4);
    kit.ada.carry();
    offer(kit.ada, words);
    await kit.pass(4);
    await kit.ada.stop();
    kit.ada.carry();
    await kit.pass(10);
    expect(await lying()).toEqual(keysOf(words));
    offer(kit.ada, words.slice(1));
    await kit.pass(15);
    expect(await lying()).toEqual(keysOf(words));
    await kit.pass(30);
    expect(await lying()).toEqual(keysOf(words.slice(1)));
  });

  test("renamed and copied files are mine all the same, and one of each stays", async () => {
    const words = some(4);
    kit.ada.carry();
    offer(kit.ada, words);
    await kit.pass(4);
    await kit.ada.stop();
    const [[name, bytes] = ["", new Uint8Array()]] = [...kit.folder.entries];
    kit.folder.rename(name, "holiday plans.twofold");
    kit.folder.conflict("holiday plans.twofold", bytes);
    for (let n = 0; n < 20; n++) kit.folder.entries.set(`copy ${n}.twofold`, bytes.slice());
    kit.ada.carry();
    offer(kit.ada, words);
    await kit.pass(60);
    expect(kit.folder.entries.size).toBe(1);
    expect(await lying()).toEqual(keysOf(words));
    expect(opsOf(kit.ada, "put")).toBe(1);
  });
});

describe("what the partner put", () => {
  test("comes once, is left alone, and goes from the airlock when they take it away", async () => {
    const words = some(6);
    kit.ada.carry();
    kit.ben.carry();
    offer(kit.ada, words);
    await kit.pass(100);
    expect(arrived(kit.ben)).toEqual(keysOf(words));
    expect(opsOf(kit.ben, "remove")).toBe(0);
    release(kit.ada, words);
    await kit.pass(100);
    expect(kit.ben.airlock().doc.getMap("envelopes").size).toBe(0);
    expect(kit.ben.arrived).toHaveLength(6);
  });

  test("is not taken from a file that is still being copied, and is when it is whole", async () => {
    const words = some(300, 2_000);
    kit.ada.carry();
    offer(kit.ada, words);
    await kit.pass(4);
    await kit.ada.stop();
    const [[name, bytes] = ["", new Uint8Array()]] = [...kit.folder.entries];
    kit.ben.carry();
    for (const part of [0, 3, 60, 112, 65_665, bytes.length - 65_553, bytes.length - 1]) {
      kit.folder.entries.set(name, bytes.slice(0, part));
      kit.folder.change();
      await kit.pass(15);
      expect(kit.ben.arrived).toEqual([]);
      expect(kit.folder.entries.get(name)).toHaveLength(part);
    }
    kit.folder.entries.set(name, bytes);
    kit.folder.change();
    await kit.pass(15);
    expect(arrived(kit.ben)).toEqual(keysOf(words));
    expect(kit.ben.troubles()).toEqual([]);
  });

  test("and deletes unseen of mine is put again", async () => {
    const words = some(3);
    kit.ada.carry();
    offer(kit.ada, words);
    await kit.pass(4);
    kit.folder.entries.clear();
    await kit.pass(100);
    expect(await lying()).toEqual(keysOf(words));
  });
});

describe("a folder that is not as it should be", () => {
  test.each([
    ["FOLDER_GONE", "NO_FOLDER"],
    ["NO_PERMISSION", "FOLDER_REFUSED"],
    ["DISK_FULL", "FOLDER_FULL"],
    ["DISK_FAILED", "NO_FOLDER"],
  ] as const)("%s is said once, and everything goes on later", async (code, told) => {
    const words = some(3);
    for (let n = 0; n < 4; n++) kit.folder.failNext("put", code);
    kit.ada.carry();
    offer(kit.ada, words);
    await kit.pass(60);
    expect(kit.ada.troubles()).toEqual([told]);
    await kit.pass(400);
    expect(await lying()).toEqual(keysOf(words));
    expect(kit.ada.troubles()).toEqual([told]);
  });

  test("a stick that is pulled and comes back is said once each time", async () => {
    const words = some(3);
    kit.ada.carry();
    await kit.pass(2);
    for (let time = 1; time <= 2; time++) {
      kit.folder.gone(true);
      offer(kit.ada, [words[time] ?? kit.envelope()]);
      await kit.pass(200);
      expect(kit.ada.troubles()).toEqual(Array.from({ length: time }, () => "NO_FOLDER"));
      kit.folder.gone(false);
      await kit.pass(200);
    }
    expect(await lying()).toHaveLength(2);
  });

  test("where it is full, what was withdrawn goes all the same, and the rest is put when there is room", async () => {
    const words = some(3);
    kit.ada.carry();
    offer(kit.ada, words);
    await kit.pass(4);
    for (let n = 0; n < 2; n++) kit.folder.failNext("put", "DISK_FULL");
    release(kit.ada, words.slice(0, 1));
    await kit.pass(12);
    expect(await lying()).toEqual([]);
    await kit.pass(300);
    expect(await lying()).toEqual(keysOf(words.slice(1)));
  });

  test("one that never answers does not keep anybody from stopping", async () => {
    kit.ada.carry();
    await kit.pass(1);
    kit.instead.list = () => new Promise(() => {});
    offer(kit.ada, some(2));
    await kit.pass(40);
    expect(kit.ada.troubles()).toEqual(["NO_FOLDER"]);
    let stopped = false;
    const stopping = (async () => {
      await kit.ada.stop();
      stopped = true;
    })();
    await kit.pass(2);
    expect(stopped).toBe(true);
    await stopping;
    expect(kit.clock.waiting()).toBe(0);
  });
});

test("more photos than one file can ask for are asked for as far as it can, and then there is rest", async () => {
  const random = seededRandom(3);
  const missing = Array.from({ length: 20_000 }, () => toBase64Url(random(32)) as ChunkName);
  const head = {
    notebook: newId<NotebookId>(random),
    device: newId<DeviceId>(random),
    seq: 4,
    id: "ab".repeat(32) as MessageId,
  };
  const wanting = createFolderKit(1, {
    photos: {
      now: () => ({
        ...{ heads: [head], missing, needed: [] },
        stays: () => false,
        isNamed: () => true,
      }),
      give: async () => undefined,
      take: async () => true,
      hear: () => {},
      onChange: () => () => {},
    },
  });
  wanting.ada.carry();
  await wanting.pass(200);
  const [content] = (await wanting.contents()).values();
  expect(content?.statement?.wanted).toEqual(missing.slice(0, mostWanted));
  await wanting.pass(600);
  expect(opsOf(wanting.ada, "put")).toBe(1);
  await wanting.stop();
});

describe("the shell's folder", () => {
  const shellIn = (state: ChosenFolder["state"]): SharedFolder => {
    const chosen: ChosenFolder =
      state === "asks" || state === "ready" ? { state, name: "ours" } : { state };
    return {
      ...kit.folder.files,
      folder: async () => chosen,
      chooseFolder: async () => accept(chosen),
      askAgain: async () => chosen,
      forgetFolder: async () => accept(undefined),
    };
  };
  const carriersIn = (state: ChosenFolder["state"]) => carriersBy(shellIn(state));
  const carriersBy = (folder: SharedFolder) =>
    carryByFolder({
      folder,
      photos: {
        now: () => undefined,
        give: async () => undefined,
        take: async () => true,
        hear: () => {},
        onChange: () => () => {},
      },
      ...{ root: kit.root, me: kit.ada.me, partner: kit.ben.me, clock: kit.clock },
      random: seededRandom(1),
    });

  test("is carried by where one is chosen, and by nothing where none is", async () => {
    expect(await carriersIn("none")).toEqual([]);
    expect(await carriersIn("notOffered")).toEqual([]);
    const [carrier] = await carriersIn("ready");
    const words = some(2);
    kit.ben.carry();
    kit.ada.airlock().offer(words);
    const carrying = carrier?.carry(kit.ada.airlock().doc, () => {});
    await kit.pass(100);
    expect(arrived(kit.ben)).toEqual(keysOf(words));
    await carrying?.stop();
  });

  test("of which the shell cannot say anything is told as one that may not be used, and nothing else suffers", async () => {
    const [carrier] = await carriersBy({
      ...shellIn("ready"),
      folder: async () => Promise.reject(new Error("no answer")),
    });
    const told: unknown[] = [];
    const carrying = carrier?.carry(kit.ada.airlock().doc, (event) => told.push(event));
    await kit.pass(1);
    expect(told).toEqual([{ type: "trouble", code: "FOLDER_REFUSED" }]);
    await carrying?.stop();
  });

  test("that the browser has to ask for again is said, and nothing is done to it", async () => {
    const [carrier] = await carriersIn("asks");
    const told: unknown[] = [];
    kit.ada.airlock().offer(some(2));
    const carrying = carrier?.carry(kit.ada.airlock().doc, (event) => told.push(event));
    expect(told).toEqual([]);
    await kit.pass(100);
    expect(told).toEqual([{ type: "trouble", code: "FOLDER_REFUSED" }]);
    expect(kit.folder.entries.size).toBe(0);
    await carrying?.stop();
  });
});

test("two who have nothing to say look once a minute and do nothing else", async () => {
  kit.ada.carry();
  kit.ben.carry();
  await kit.pass(1_800);
  for (const end of [kit.ada, kit.ben]) {
    expect(end.done.every(({ op }) => op === "list")).toBe(true);
    expect(end.done.length).toBeLessThanOrEqual(31);
    expect(end.done.length).toBeGreaterThanOrEqual(19);
  }
});
