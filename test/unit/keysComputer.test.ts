import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { openVault } from "../../shared/vault/vaultFile.ts";
import {
  createHouse,
  createIn,
  type House,
  passphrase,
  snapshotOf,
  testDerive,
  unlockIn,
} from "./doorKit.ts";

beforeAll(loadSodium);

const roomPassphrase = "a room of my own here";

const houseWithRoom = async (): Promise<{
  house: House;
  journal: Journal;
  words: readonly string[];
}> => {
  const house = createHouse();
  const { journal, recoveryWords } = await createIn(house);
  const made = await journal.room.setUp(roomPassphrase);
  if (!made.ok) throw new Error(made.code);
  await journal.room.lock();
  return { house, journal, words: recoveryWords };
};

/** Both sides open, as on the day after. */
const bothOpen = async (house: House): Promise<boolean> => {
  const opened = await house.door().unlock(passphrase);
  if (!opened.ok) return false;
  const room = await opened.value.room.unlock(roomPassphrase);
  await opened.value.lock();
  return room.ok;
};

describe("renewing this computer's key", () => {
  test("changes the secret, forgets the old one, and both sides open as before", async () => {
    const { house, journal } = await houseWithRoom();
    const before = house.keychain.secret;
    expect(await journal.computerKey.renew(passphrase, roomPassphrase)).toMatchObject({ ok: true });
    expect(house.keychain.secret).not.toEqual(before);
    expect(house.keychain.earlier).toEqual([]);
    await journal.lock();
    expect(await bothOpen(house)).toBe(true);
  });

  test("makes an older copy of the vault useless with the secret that is kept now", async () => {
    const { house, journal } = await houseWithRoom();
    const old = new Map(house.files);
    await journal.computerKey.renew(passphrase, roomPassphrase);
    await journal.lock();
    for (const [name, secret] of [
      ["vault", passphrase],
      ["room-vault", roomPassphrase],
    ] as const) {
      const file = old.get(name) ?? new Uint8Array();
      const parts = { derive: testDerive, deviceSecret: house.keychain.secret };
      expect(await openVault(parts, file, secret)).toMatchObject({ code: "WRONG_SECRET" });
      const now = house.files.get(name) ?? new Uint8Array();
      expect(await openVault(parts, now, secret)).toMatchObject({ ok: true });
    }
  });

  test("leaves recovery words, words written before and the open journal as they are", async () => {
    const { house, journal, words } = await houseWithRoom();
    await journal.computerKey.renew(passphrase, roomPassphrase);
    expect(await journal.wordsCheck.check(words)).toMatchObject({ ok: true });
    // Whoever changes something afterwards does it under the new secret.
    expect((await journal.newRecoveryWords(passphrase)).ok).toBe(true);
    expect((await journal.room.unlock(roomPassphrase)).ok).toBe(true);
    await journal.lock();
    expect(await bothOpen(house)).toBe(true);
  });

  test.each([
    ["a wrong passphrase", "not the passphrase", roomPassphrase, "WRONG_SECRET"],
    ["a wrong passphrase of my room", passphrase, "not the room's one", "ROOM_WRONG_SECRET"],
    ["no passphrase of a room that is made", passphrase, undefined, "ROOM_WRONG_SECRET"],
  ])("with %s changes nothing", async (_, shared, room, code) => {
    const { house, journal } = await houseWithRoom();
    const secret = house.keychain.secret;
    const before = snapshotOf(house);
    expect(await journal.computerKey.renew(shared, room)).toMatchObject({ ok: false, code });
    expect(snapshotOf(house)).toEqual(before);
    expect(house.keychain).toMatchObject({ secret, earlier: [] });
  });

  test("that the keychain refuses changes nothing", async () => {
    const { house, journal } = await houseWithRoom();
    const before = snapshotOf(house);
    house.keychain.answer = "KEYCHAIN_REFUSED";
    expect(await journal.computerKey.renew(passphrase, roomPassphrase)).toMatchObject({
      code: "KEYCHAIN_REFUSED",
    });
    expect(snapshotOf(house)).toEqual(before);
    house.keychain.answer = "ok";
    await journal.lock();
    expect(await bothOpen(house)).toBe(true);
  });

  test("without a room changes its file too, so that the day of it tells nothing", async () => {
    const house = createHouse();
    const { journal } = await createIn(house);
    const before = house.files.get("room-vault");
    expect(await journal.computerKey.renew(passphrase, undefined)).toMatchObject({ ok: true });
    const after = house.files.get("room-vault");
    expect(after).not.toEqual(before);
    expect(after).toHaveLength(before?.length ?? 0);
    expect((await journal.room.setUp(roomPassphrase)).ok).toBe(true);
  });

  const steps = [0, 1, 2, 3];
  test.each(steps)(
    "killed before step %i leaves both sides open, and can be done again",
    async (step) => {
      const { house, journal } = await houseWithRoom();
      let left = step;
      house.gate.beforeFile = () => (left-- === 0 ? new Promise(() => {}) : Promise.resolve());
      void journal.computerKey.renew(passphrase, roomPassphrase);
      while (left >= 0) await new Promise((soon) => setImmediate(soon));
      house.gate.beforeFile = async () => {};
      house.disk.kill();
      expect(await bothOpen(house)).toBe(true);
      const again = await unlockIn(house);
      expect((await again.computerKey.renew(passphrase, roomPassphrase)).ok).toBe(true);
      expect(house.keychain.earlier).toEqual([]);
      await again.lock();
      expect(await bothOpen(house)).toBe(true);
    },
  );

  test("touches the disk and the keychain in no more steps than were killed above", async () => {
    const { house, journal } = await houseWithRoom();
    let count = 0;
    house.gate.beforeFile = async () => void count++;
    await journal.computerKey.renew(passphrase, roomPassphrase);
    expect(count).toBe(steps.length);
  });

  test.each([0, 1])("where the disk refuses file %i, both sides still open", async (count) => {
    const { house, journal } = await houseWithRoom();
    house.failWrite(count, "DISK_FULL");
    expect(await journal.computerKey.renew(passphrase, roomPassphrase)).toMatchObject({
      code: "DISK_FAILED",
    });
    expect(house.keychain.earlier).toHaveLength(1);
    await journal.lock();
    expect(await bothOpen(house)).toBe(true);
  });
});

describe("a keychain that was lost", () => {
  test("does not keep out whoever has the recovery words", async () => {
    const { house, journal, words } = await houseWithRoom();
    await journal.lock();
    house.keychain.answer = "KEYCHAIN_LOST";
    expect(await house.door().unlock(passphrase)).toMatchObject({ code: "KEYCHAIN_LOST" });
    const opened = await house.door().unlockWithWords(words, "another calm passphrase");
    expect(opened).toMatchObject({ ok: true });
    if (opened.ok) await opened.value.lock();
    expect((await house.door().unlock("another calm passphrase")).ok).toBe(true);
  });

  test("is not made anew for words that open nothing", async () => {
    const { house, journal } = await houseWithRoom();
    const other = await createIn(createHouse(9));
    await journal.lock();
    const secret = house.keychain.secret;
    house.keychain.answer = "KEYCHAIN_LOST";
    expect(
      await house.door().unlockWithWords(other.recoveryWords, "another calm passphrase"),
    ).toMatchObject({ code: "WRONG_SECRET" });
    expect(house.keychain.secret).toBe(secret);
  });

  test("that comes back opens my room again, which has no words of its own", async () => {
    const { house, journal, words } = await houseWithRoom();
    const lost = house.keychain.secret;
    await journal.lock();
    house.keychain.answer = "KEYCHAIN_LOST";
    const opened = await house.door().unlockWithWords(words, "another calm passphrase");
    if (!opened.ok) throw new Error(opened.code);
    expect(await opened.value.room.unlock(roomPassphrase)).toMatchObject({ code: "WRONG_SECRET" });
    await opened.value.lock();
    house.keychain.earlier = [lost];
    const again = await unlockIn(house, "another calm passphrase");
    expect((await again.room.unlock(roomPassphrase)).ok).toBe(true);
  });
});
