import { beforeAll, describe, expect, test } from "vitest";
import { idBytes } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { firstSteps } from "../../shared/ledger/paddedDrawers.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must, typeWords, wordsOf } from "../support/twoPartners.ts";
import { asOfBefore, createHouse, createIn, passphrase, unlockIn, type House } from "./doorKit.ts";
import { shapeOf } from "./paddedKit.ts";

beforeAll(loadSodium);

const roomSecret = "only for my room";

const writeInRoom = async (
  journal: Awaited<ReturnType<typeof unlockIn>>,
  words: string,
): Promise<void> => {
  const page = must(
    await journal.room.entries.openPage(must(await journal.room.entries.draftEntry())),
  );
  typeWords(page, words);
  must(await page.flush());
  await page.close();
};

const houseWithRoom = async (): Promise<House> => {
  const house = createHouse(3);
  const { journal } = await createIn(house);
  must(await journal.room.setUp(roomSecret));
  await writeInRoom(journal, "nobody's business");
  await journal.lock();
  return house;
};

describe("a room that was never set up", () => {
  test("has its file from the first day, of the size of one that was", async () => {
    const house = createHouse(1);
    const { journal } = await createIn(house);
    const before = house.files.get("room-vault") ?? new Uint8Array();
    expect(before.length).toBe(house.files.get("vault")?.length);
    must(await journal.room.setUp(roomSecret));
    const after = house.files.get("room-vault") ?? new Uint8Array();
    expect(after.length).toBe(before.length);
    expect(after.subarray(0, 16)).toEqual(before.subarray(0, 16));
  });

  test("opens to no passphrase, and says no more than that it was the wrong one", async () => {
    const house = createHouse(1);
    const { journal } = await createIn(house);
    expect(await journal.room.unlock(roomSecret)).toEqual({ ok: false, code: "WRONG_SECRET" });
    expect(await journal.room.unlock(passphrase)).toEqual({ ok: false, code: "WRONG_SECRET" });
    expect(await journal.room.entries.draftEntry()).toMatchObject({
      ok: false,
      code: "ROOM_LOCKED",
    });
  });
});

describe("setting it up", () => {
  test("refuses the passphrase of the shared side, in whatever form it is typed", async () => {
    const house = createHouse(1);
    const { journal } = await createIn(house);
    const before = house.files.get("room-vault");
    expect(await journal.room.setUp(passphrase)).toMatchObject({
      ok: false,
      code: "SAME_PASSPHRASE",
    });
    expect(await journal.room.setUp(passphrase.normalize("NFD"))).toMatchObject({
      ok: false,
      code: "SAME_PASSPHRASE",
    });
    expect(await journal.room.setUp("short")).toMatchObject({
      ok: false,
      code: "PASSPHRASE_SHORT",
    });
    expect(house.files.get("room-vault")).toEqual(before);
    expect(journal.room.state.read()).toEqual({ state: "closed", made: false });
  });

  test("a second time is refused, before and after a restart: it would lock away what was written", async () => {
    const house = await houseWithRoom();
    const before = house.files.get("room-vault");
    const journal = await unlockIn(house);
    expect(journal.room.state.read()).toEqual({ state: "closed", made: true });
    expect(await journal.room.setUp("another passphrase")).toMatchObject({
      ok: false,
      code: "ROOM_EXISTS",
    });
    expect(house.files.get("room-vault")).toEqual(before);
  });

  test.each([
    [0, "now"],
    [0, "before"],
    [1, "before"],
    [2, "before"],
  ])(
    "cut short by the disk after %i files, in a journal of %s, it can be done again",
    async (count, day) => {
      const house = createHouse(1);
      await (await createIn(house)).journal.lock();
      if (day === "before") await asOfBefore(house, seededRandom(2));
      const journal = await unlockIn(house);
      house.failWrite(count, "DISK_FULL");
      expect((await journal.room.setUp(roomSecret)).ok).toBe(false);
      expect(journal.room.state.read()).toEqual({ state: "closed", made: false });
      must(await journal.room.setUp(roomSecret));
      await writeInRoom(journal, "after all");
      await journal.lock();
      const again = await unlockIn(house);
      must(await again.room.unlock(roomSecret));
      expect(again.room.entries.cards.read()).toMatchObject([{ excerpt: "after all" }]);
    },
  );

  test("cut short after its vault was written, it is made: nothing replaces it, and it opens", async () => {
    const house = createHouse(1);
    const { journal } = await createIn(house);
    house.failWrite(0, "DISK_FULL", "written");
    expect((await journal.room.setUp(roomSecret)).ok).toBe(false);
    expect(journal.room.state.read()).toEqual({ state: "closed", made: true });
    const there = house.files.get("room-vault");
    expect(await journal.room.setUp("another passphrase")).toMatchObject({ code: "ROOM_EXISTS" });
    expect(house.files.get("room-vault")).toEqual(there);
    must(await journal.room.unlock(roomSecret));
    await writeInRoom(journal, "written meanwhile");
    await journal.room.lock();
    expect(await journal.room.setUp("another passphrase")).toMatchObject({
      ok: false,
      code: "ROOM_EXISTS",
    });
    must(await journal.room.unlock(roomSecret));
    expect(journal.room.entries.cards.read()).toMatchObject([{ excerpt: "written meanwhile" }]);
  });
});

describe("the room's door", () => {
  test("closes with the shared side, and opens again with its own passphrase alone", async () => {
    const house = await houseWithRoom();
    const journal = await unlockIn(house);
    expect(journal.room.entries.cards.read()).toEqual([]);
    expect(await journal.room.unlock(passphrase)).toMatchObject({
      ok: false,
      code: "WRONG_SECRET",
    });
    must(await journal.room.unlock(roomSecret));
    const [card] = journal.room.entries.cards.read();
    if (card === undefined) throw new Error("no card");
    const page = must(await journal.room.entries.openPage(card.id));
    expect(wordsOf(page)).toContain("nobody's business");
    await journal.lock();
    expect(journal.room.entries.cards.read()).toEqual([]);
    expect(await journal.room.entries.openPage(card.id)).toMatchObject({
      ok: false,
      code: "ROOM_LOCKED",
    });
  });

  test("waits longer with each wrong try, and not for ever where the clock is set back", async () => {
    const house = await houseWithRoom();
    const journal = await unlockIn(house);
    for (let count = 0; count < 4; count++) await journal.room.unlock("not the passphrase");
    expect(await journal.room.unlock(roomSecret)).toMatchObject({ ok: false, code: "WAIT" });
    const past = house.clock.now() - 86_400_000;
    Object.assign(house.clock, { now: () => past });
    expect(await journal.room.unlock(roomSecret)).toMatchObject({ ok: false, code: "WAIT" });
    Object.assign(house.clock, { now: () => past + 2_000 });
    expect((await journal.room.unlock(roomSecret)).ok).toBe(true);
  });

  test("stays where it is when the shared side gets a new passphrase by its recovery words", async () => {
    const house = createHouse(3);
    const { journal, recoveryWords } = await createIn(house);
    must(await journal.room.setUp(roomSecret));
    await writeInRoom(journal, "still here");
    await journal.lock();
    const again = must(await house.door().unlockWithWords(recoveryWords, "a new passphrase"));
    must(await again.room.unlock(roomSecret));
    expect(again.room.entries.cards.read()).toMatchObject([{ excerpt: "still here" }]);
  });

  test.each<readonly [string, (bytes: Uint8Array) => Uint8Array]>([
    ["BAD_MAGIC", () => new Uint8Array(4)],
    ["BAD_SLOT", (bytes) => bytes.subarray(0, 60)],
    ["KDF_TOO_STRONG", (bytes) => bytes.fill(0xff, 8, 16)],
  ])("with a damaged vault says %s and leaves it as it is", async (code, damage) => {
    const house = await houseWithRoom();
    const bytes = damage((house.files.get("room-vault") ?? new Uint8Array()).slice());
    house.files.set("room-vault", bytes);
    const journal = await unlockIn(house);
    expect(await journal.room.unlock(roomSecret)).toMatchObject({ ok: false, code });
    expect(await journal.room.setUp("another passphrase")).toMatchObject({
      ok: false,
      code: "ROOM_EXISTS",
    });
    expect(house.files.get("room-vault")).toEqual(bytes);
  });
});

/** Everything that lies outside of the room, in one piece. */
const outsideOf = async (house: House): Promise<Buffer> => {
  const stores = house.disk.start();
  const found: (Uint8Array | string)[] = [...house.files.values()];
  for (const ledger of [stores.kept, stores.carried, stores.room]) {
    for (const section of ["pages", "cards", "index"] as const)
      for (const entry of must(await ledger.cache.readAll(section))) found.push(...entry);
    for (const number of must(await ledger.volumes.list())) {
      const volume = must(await ledger.volumes.open(number));
      for (const key of volume.keys()) found.push(key, volume.get(key) ?? "");
    }
    found.push(...must(await ledger.chunks.names()));
  }
  return Buffer.concat(found.map((each) => Buffer.from(each)));
};

describe("from outside", () => {
  test("nothing of the room is among the files or the databases of the shared side, its lists or its troubles", async () => {
    const house = await houseWithRoom();
    const journal = await unlockIn(house);
    must(await journal.room.unlock(roomSecret));
    const [card] = journal.room.entries.cards.read();
    if (card === undefined) throw new Error("no card");
    house.disk.failNext("put", "DISK_FULL", 9);
    const page = must(await journal.room.entries.openPage(card.id));
    typeWords(page, "more of it");
    await page.flush();
    expect(journal.room.troubles.read()).toMatchObject([{ code: "DISK_FULL" }]);
    house.disk.makeRoom();
    expect(journal.cards.read()).toEqual([]);
    expect(journal.entries.cards.read()).toEqual([]);
    expect(await journal.entries.find("nobody's")).toEqual([]);
    await journal.room.lock();
    expect(journal.room.troubles.read()).toEqual([]);
    expect(journal.troubles.read()).toEqual([]);
    const outside = await outsideOf(house);
    expect(outside.includes(Buffer.from(idBytes(card.id)))).toBe(false);
    expect(outside.includes(card.id)).toBe(false);
    const drawers = house.disk.start().drawers;
    const labels = must(await drawers.labels());
    for (const label of labels) expect(outside.includes(label)).toBe(false);
    await journal.lock();
  });

  test("a house whose room holds thirty entries looks like one where it was never made", async () => {
    const used = await houseWithRoom();
    const journal = await unlockIn(used);
    must(await journal.room.unlock(roomSecret));
    for (let count = 0; count < 29; count++) await writeInRoom(journal, `entry ${count}`);
    await journal.lock();
    const unused = createHouse(9);
    await (await createIn(unused)).journal.lock();
    const looks = async (house: House) => ({
      drawers: await shapeOf(house.disk.start().drawers),
      old: must(await house.disk.start().room.volumes.list()),
      files: [...house.files].map(([name, { length }]) => `${name} ${length}`).toSorted(),
    });
    expect(await looks(used)).toEqual(await looks(unused));
    const again = await unlockIn(used);
    must(await again.room.unlock(roomSecret));
    expect(again.room.entries.cards.read()).toHaveLength(30);
  });

  test("after words were written and taken away many times the rest is all there, and the size is the same", async () => {
    const house = await houseWithRoom();
    const journal = await unlockIn(house);
    for (let round = 0; round < 12; round++) {
      must(await journal.room.unlock(roomSecret));
      await writeInRoom(journal, `stays ${round}`);
      await writeInRoom(journal, `goes ${round}`);
      const goes = journal.room.entries.cards
        .read()
        .find(({ excerpt }) => excerpt === `goes ${round}`);
      if (goes === undefined) throw new Error("no card");
      must(await journal.room.entries.putInTrash(goes.id));
      must(await journal.room.entries.destroy(goes.id));
      await journal.room.lock();
      expect(await shapeOf(house.disk.start().drawers)).toEqual({ steps: firstSteps });
    }
    must(await journal.room.unlock(roomSecret));
    const left = journal.room.entries.cards.read().map(({ excerpt }) => excerpt);
    expect(left.filter((words) => words.startsWith("stays"))).toHaveLength(12);
    expect(left.filter((words) => words.startsWith("goes"))).toEqual([]);
  });

  test("a profile from before the room had its size gets it at the next unlocking; an old room comes along", async () => {
    const house = createHouse(4);
    await (await createIn(house)).journal.lock();
    const before = house.disk.start().drawers;
    must(await before.swap(must(await before.labels()), []));
    const old = must(await house.disk.start().room.volumes.open(1));
    await old.close();
    await (await unlockIn(house)).lock();
    expect(await shapeOf(house.disk.start().drawers)).toEqual({ steps: firstSteps });
    expect(must(await house.disk.start().room.volumes.list())).toEqual([]);
  });

  test("its key file is written again at each unlocking, byte for byte", async () => {
    const house = await houseWithRoom();
    const before = house.files.get("room-vault");
    const journal = await unlockIn(house);
    expect(house.files.get("room-vault")).not.toBe(before);
    expect(house.files.get("room-vault")).toEqual(before);
    must(await journal.room.unlock(roomSecret));
  });
});
