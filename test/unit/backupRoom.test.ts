import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { must, typeWords } from "../support/twoPartners.ts";
import { cancelAfter, makeBackup, memoryFile, patient, sourceOf } from "./backupKit.ts";
import { createHouse, createIn, passphrase, unlockIn, type House } from "./doorKit.ts";

beforeAll(loadSodium);

const roomPassphrase = "a passphrase of my own";

const writeInRoom = async ({ room }: Journal, text: string): Promise<void> => {
  const page = must(await room.entries.openPage(must(await room.entries.draftEntry())));
  typeWords(page, text);
  must(await page.flush());
  await page.close();
};

const roomWords = ({ room }: Journal) => room.entries.cards.read().map(({ excerpt }) => excerpt);

const withRoom = async (seed = 1) => {
  const house = createHouse(seed);
  const { journal } = await createIn(house);
  must(await journal.room.setUp(roomPassphrase));
  await writeInRoom(journal, "what is mine alone");
  return { house, journal, bytes: await makeBackup(journal.room, roomPassphrase) };
};

const emptyHouse = async (seed = 2): Promise<{ house: House; journal: Journal }> => {
  const house = createHouse(seed);
  return { house, journal: (await createIn(house)).journal };
};

describe("a backup of my room", () => {
  test("brings it back into a room that was never made, with its own passphrase", async () => {
    const { bytes } = await withRoom();
    const { house, journal } = await emptyHouse();
    must(await journal.room.restore(sourceOf(bytes), roomPassphrase, patient));
    expect(journal.room.state.read()).toEqual({ state: "open", made: true });
    expect(roomWords(journal)).toEqual(["what is mine alone"]);
    await writeInRoom(journal, "and what came later");
    await journal.lock();
    const again = await unlockIn(house);
    must(await again.room.unlock(roomPassphrase));
    expect(roomWords(again)).toHaveLength(2);
    expect(again.troubles.read()).toEqual([]);
  });

  test("is in no backup of the journal, nor is anything that tells of it", async () => {
    const { house, journal } = await withRoom();
    const other = createHouse(3);
    const bytes = await makeBackup(journal);
    const back = must(await other.door().restore(sourceOf(bytes), { passphrase }, patient));
    expect(back.room.state.read()).toEqual({ state: "closed", made: false });
    expect(await back.room.unlock(roomPassphrase)).toMatchObject({ code: "WRONG_SECRET" });
    expect(house.files.get("room-vault")?.length).toBe(other.files.get("room-vault")?.length);
  });

  test("asks for the room's passphrase each time it was opened, and keeps nothing of having been made", async () => {
    const { journal, house } = await withRoom();
    expect(journal.room.backups.state.read().ready).toBe(true);
    const keyring = house.files.get("keyring");
    await makeBackup(journal.room, roomPassphrase);
    expect(house.files.get("keyring")).toEqual(keyring);
    await journal.room.lock();
    expect(journal.room.backups.state.read()).toEqual({
      ready: false,
      every: "never",
      madeAt: undefined,
    });
    expect(await journal.room.backups.setUp(roomPassphrase)).toMatchObject({ code: "ROOM_LOCKED" });
    const file = memoryFile();
    expect(await journal.room.backups.make(file, file.readBack, patient)).toMatchObject({
      code: "ROOM_LOCKED",
    });
    expect(file.writes()).toBe(0);
    must(await journal.room.unlock(roomPassphrase));
    expect(await journal.room.backups.make(file, file.readBack, patient)).toMatchObject({
      code: "NOT_SET_UP",
    });
  });

  test("ends with the room: locking leaves no file", async () => {
    const { journal } = await withRoom();
    const file = memoryFile();
    const making = journal.room.backups.make(file, file.readBack, patient);
    await journal.room.lock();
    expect(await making).toMatchObject({ ok: false });
    expect(file.bytes()).toBeUndefined();
  });
});

describe("refused, and the room is as it was", () => {
  test("at the journal's door, as a journal's is at the room's", async () => {
    const { bytes, journal } = await withRoom();
    const { journal: other } = await emptyHouse();
    const journals = await makeBackup(journal);
    expect(await other.room.restore(sourceOf(journals), passphrase, patient)).toMatchObject({
      code: "WRONG_KIND",
    });
    expect(
      await createHouse(4).door().restore(sourceOf(bytes), { passphrase: roomPassphrase }, patient),
    ).toMatchObject({ code: "WRONG_KIND" });
    expect(await journal.backups.check(sourceOf(bytes), patient)).toMatchObject({
      code: "WRONG_KIND",
    });
  });

  test("where a room was made already", async () => {
    const { bytes } = await withRoom();
    const { journal } = await emptyHouse();
    must(await journal.room.setUp("another room's passphrase"));
    await writeInRoom(journal, "written here");
    expect(await journal.room.restore(sourceOf(bytes), roomPassphrase, patient)).toMatchObject({
      code: "ROOM_EXISTS",
    });
    expect(roomWords(journal)).toEqual(["written here"]);
  });

  test("a wrong passphrase, counted; a damaged, a cut and a cancelled one", async () => {
    const { bytes } = await withRoom();
    const { journal } = await emptyHouse();
    const { room } = journal;
    const damaged = bytes.slice();
    damaged[600_000] = (damaged[600_000] ?? 0) ^ 1;
    const restore = (file: Uint8Array, secret: string, work = patient) =>
      room.restore(sourceOf(file), secret, work);
    expect(await restore(damaged, roomPassphrase)).toMatchObject({ code: "BACKUP_ALTERED" });
    expect(await restore(bytes.slice(0, -9), roomPassphrase)).toMatchObject({ code: "CUT_SHORT" });
    for (const times of [0, 2, 4, 6])
      expect(await restore(bytes, roomPassphrase, cancelAfter(times))).toMatchObject({
        code: "CANCELLED",
      });
    for (let count = 0; count < 4; count++)
      expect(await restore(bytes, "not the passphrase")).toMatchObject({ code: "WRONG_SECRET" });
    expect(await restore(bytes, roomPassphrase)).toMatchObject({ code: "WAIT" });
    expect(room.state.read()).toEqual({ state: "closed", made: false });
    must(await room.setUp("another room's passphrase"));
    expect(roomWords(journal)).toEqual([]);
    expect(journal.troubles.read()).toEqual([]);
  });

  test("one whose passphrase opens the journal here", async () => {
    const { bytes } = await withRoom();
    const house = createHouse(5);
    const made = await house
      .door()
      .create({ name: "Anna", role: "hurt", passphrase: roomPassphrase }, () => {});
    const { journal } = must(made);
    expect(await journal.room.restore(sourceOf(bytes), roomPassphrase, patient)).toMatchObject({
      code: "SAME_PASSPHRASE",
    });
    expect(journal.room.state.read().made).toBe(false);
  });
});
