import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { must, typeWords, wordsOf } from "../support/twoPartners.ts";
import { createHouse, createIn, passphrase, unlockIn, type House } from "./doorKit.ts";

beforeAll(loadSodium);

const roomSecret = "only for my room";

const writeInRoom = async (
  journal: Awaited<ReturnType<typeof unlockIn>>,
  words: string,
): Promise<void> => {
  const page = must(await journal.room.openPage(must(await journal.room.draftEntry())));
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
    expect(await journal.room.draftEntry()).toMatchObject({ ok: false, code: "ROOM_LOCKED" });
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

  test.each([0, 1])("cut short by the disk after %i files, it can be done again", async (count) => {
    const house = createHouse(1);
    const { journal } = await createIn(house);
    house.failWrite(count, "DISK_FULL");
    expect((await journal.room.setUp(roomSecret)).ok).toBe(false);
    expect(journal.room.state.read()).toEqual({ state: "closed", made: false });
    must(await journal.room.setUp(roomSecret));
    await writeInRoom(journal, "after all");
    await journal.lock();
    const again = await unlockIn(house);
    must(await again.room.unlock(roomSecret));
    expect(again.room.cards.read()).toMatchObject([{ excerpt: "after all" }]);
  });

  test("cut short after its vault was written: once opened and written in, it cannot be replaced", async () => {
    const house = createHouse(1);
    const { journal } = await createIn(house);
    house.failWrite(1, "DISK_FULL");
    expect((await journal.room.setUp(roomSecret)).ok).toBe(false);
    must(await journal.room.unlock(roomSecret));
    await writeInRoom(journal, "written meanwhile");
    await journal.room.lock();
    expect(await journal.room.setUp("another passphrase")).toMatchObject({
      ok: false,
      code: "ROOM_EXISTS",
    });
    must(await journal.room.unlock(roomSecret));
    expect(journal.room.cards.read()).toMatchObject([{ excerpt: "written meanwhile" }]);
  });
});

describe("the room's door", () => {
  test("closes with the shared side, and opens again with its own passphrase alone", async () => {
    const house = await houseWithRoom();
    const journal = await unlockIn(house);
    expect(journal.room.cards.read()).toEqual([]);
    expect(await journal.room.unlock(passphrase)).toMatchObject({
      ok: false,
      code: "WRONG_SECRET",
    });
    must(await journal.room.unlock(roomSecret));
    const [card] = journal.room.cards.read();
    if (card === undefined) throw new Error("no card");
    const page = must(await journal.room.openPage(card.id));
    expect(wordsOf(page)).toContain("nobody's business");
    await journal.lock();
    expect(journal.room.cards.read()).toEqual([]);
    expect(await journal.room.openPage(card.id)).toMatchObject({ ok: false, code: "ROOM_LOCKED" });
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
    expect(again.room.cards.read()).toMatchObject([{ excerpt: "still here" }]);
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

test("nothing that is written in the room is among the files or the databases of the shared side", async () => {
  const house = await houseWithRoom();
  const stores = house.disk.start();
  for (const ledger of [stores.kept, stores.carried]) {
    expect(must(await ledger.cache.readAll("pages")).size).toBe(0);
    for (const number of must(await ledger.volumes.list()))
      expect([...must(await ledger.volumes.open(number)).keys()]).toEqual([]);
  }
  const room = must(await stores.room.volumes.open(1));
  expect([...room.keys()].length).toBeGreaterThan(0);
});
