import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { must } from "../support/twoPartners.ts";
import { memoryFile, patient } from "./backupKit.ts";
import { createHouse, createIn, type House, passphrase, snapshotOf, unlockIn } from "./doorKit.ts";

beforeAll(loadSodium);

const day = 86_400_000;
const next = "seven new quiet words";
const roomPassphrase = "a room of my own here";

const opens = async (house: House, secret: string): Promise<boolean> => {
  const opened = await house.door().unlock(secret);
  if (opened.ok) await opened.value.lock();
  return opened.ok;
};

describe("another passphrase", () => {
  test("opens the journal from then on; the old one does not, and the words still do", async () => {
    const house = createHouse();
    const { journal, recoveryWords } = await createIn(house);
    must(await journal.changePassphrase(passphrase, next));
    await journal.lock();
    expect(await opens(house, passphrase)).toBe(false);
    expect(await opens(house, next)).toBe(true);
    expect((await house.door().unlockWithWords(recoveryWords, passphrase)).ok).toBe(true);
  });

  test.each([
    ["the old one is wrong", "not the passphrase", next, "WRONG_SECRET"],
    ["the new one is too short", passphrase, "short", "PASSPHRASE_SHORT"],
  ])("is not taken where %s, and no file is touched", async (_, current, wanted, code) => {
    const house = createHouse();
    const { journal } = await createIn(house);
    const before = snapshotOf(house);
    expect(await journal.changePassphrase(current, wanted)).toMatchObject({ ok: false, code });
    expect(snapshotOf(house)).toEqual(before);
  });

  test("cannot be guessed at faster than at the door", async () => {
    const house = createHouse();
    const { journal } = await createIn(house);
    for (let count = 0; count < 4; count++)
      await journal.changePassphrase("wrong guess here", next);
    expect(await journal.changePassphrase(passphrase, next)).toMatchObject({ code: "WAIT" });
    expect(await house.door().look()).toMatchObject({ state: "locked", waitMs: 2_000 });
  });

  test("is what another computer is added with, and cannot be guessed at there any faster", async () => {
    const house = createHouse();
    const { journal } = await createIn(house);
    const before = snapshotOf(house);
    const ways = must(await journal.pairing.adding(passphrase));
    expect(await ways.invite("here")).toMatchObject({ ok: false, code: "ALREADY_PAIRED" });
    for (let count = 0; count < 4; count++)
      expect(await journal.pairing.adding("wrong guess here")).toMatchObject({
        code: "WRONG_SECRET",
      });
    expect(await journal.pairing.adding(passphrase)).toMatchObject({ code: "WAIT" });
    expect(await house.door().look()).toMatchObject({ state: "locked", waitMs: 2_000 });
    expect(snapshotOf(house)).toEqual(before);
  });

  test("goes on into the backups that were set up, and old files open with the old one", async () => {
    const house = createHouse();
    const { journal } = await createIn(house);
    must(await journal.backups.setUp(passphrase));
    const old = memoryFile();
    must(await journal.backups.make(old, old.readBack, patient));
    must(await journal.changePassphrase(passphrase, next));
    expect(journal.backups.state.read().ready).toBe(true);
    const fresh = memoryFile();
    must(await journal.backups.make(fresh, fresh.readBack, patient));
    const back = (file: typeof old, secret: string, seed: number) =>
      createHouse(seed).door().restore(file.source(), { passphrase: secret }, patient);
    expect((await back(old, passphrase, 11)).ok).toBe(true);
    expect((await back(fresh, next, 12)).ok).toBe(true);
    expect(await back(fresh, passphrase, 13)).toMatchObject({ code: "WRONG_SECRET" });
  });

  test("and new words at once do not undo each other", async () => {
    const house = createHouse();
    const { journal, recoveryWords } = await createIn(house);
    const [changed, made] = await Promise.all([
      journal.changePassphrase(passphrase, next),
      journal.newRecoveryWords(next),
    ]);
    must(changed);
    const words = must(made);
    await journal.lock();
    expect(await opens(house, next)).toBe(true);
    expect(await house.door().unlockWithWords(recoveryWords, passphrase)).toMatchObject({
      code: "WRONG_SECRET",
    });
    expect((await house.door().unlockWithWords(words, passphrase)).ok).toBe(true);
  });

  test("that is being made while the journal locks is not written behind the lock", async () => {
    const house = createHouse();
    const { journal } = await createIn(house);
    const changing = journal.changePassphrase(passphrase, next);
    await journal.lock();
    await changing;
    // Before the lock or not at all: one of the two opens it, never neither.
    expect(Number(await opens(house, passphrase)) + Number(await opens(house, next))).toBe(1);
  });

  test("of my room changes my room alone", async () => {
    const house = createHouse();
    const { journal } = await createIn(house);
    must(await journal.room.setUp(roomPassphrase));
    must(await journal.room.changePassphrase(roomPassphrase, next));
    await journal.room.lock();
    expect(await journal.room.unlock(roomPassphrase)).toMatchObject({ code: "WRONG_SECRET" });
    must(await journal.room.unlock(next));
    await journal.lock();
    expect(await opens(house, next)).toBe(false);
    expect(await opens(house, passphrase)).toBe(true);
  });

  test("of my room is never the journal's own", async () => {
    const house = createHouse();
    const { journal } = await createIn(house);
    must(await journal.room.setUp(roomPassphrase));
    const before = snapshotOf(house);
    expect(await journal.room.changePassphrase(roomPassphrase, passphrase)).toMatchObject({
      code: "SAME_PASSPHRASE",
    });
    expect(snapshotOf(house)).toEqual(before);
  });
});

describe("whether the words still lie where they were put", () => {
  const kept = async (): Promise<{ house: House; journal: Journal; words: readonly string[] }> => {
    const house = createHouse();
    const { journal, recoveryWords } = await createIn(house);
    must(await journal.keepWords());
    return { house, journal, words: recoveryWords };
  };
  const reopened = async (house: House, journal: Journal): Promise<Journal> => {
    await journal.lock();
    return unlockIn(house);
  };

  test("is not asked before two weeks, and then until it is answered or put away", async () => {
    const { house, journal } = await kept();
    expect(journal.wordsCheck.due.read()).toBe(false);
    house.clock.advance(14 * day - 1);
    const before = await reopened(house, journal);
    expect(before.wordsCheck.due.read()).toBe(false);
    house.clock.advance(1);
    expect((await reopened(house, before)).wordsCheck.due.read()).toBe(true);
  });

  test("is never asked of somebody who has not written them down: that is said already", async () => {
    const house = createHouse();
    const { journal } = await createIn(house);
    house.clock.advance(400 * day);
    expect((await reopened(house, journal)).wordsCheck.due.read()).toBe(false);
  });

  test("put away with “not now” stays away for a month", async () => {
    const { house, journal } = await kept();
    house.clock.advance(20 * day);
    const asked = await reopened(house, journal);
    must(await asked.wordsCheck.later());
    expect(asked.wordsCheck.due.read()).toBe(false);
    house.clock.advance(30 * day - 1);
    const still = await reopened(house, asked);
    expect(still.wordsCheck.due.read()).toBe(false);
    house.clock.advance(1);
    expect((await reopened(house, still)).wordsCheck.due.read()).toBe(true);
  });

  test("is settled for a year by the right words, and nothing of them is kept", async () => {
    const { house, journal, words } = await kept();
    house.clock.advance(20 * day);
    const asked = await reopened(house, journal);
    const vault = house.files.get("vault");
    must(await asked.wordsCheck.check(words));
    expect(asked.wordsCheck.due.read()).toBe(false);
    expect(house.files.get("vault")).toEqual(vault);
    house.clock.advance(365 * day - 1);
    const later = await reopened(house, asked);
    expect(later.wordsCheck.due.read()).toBe(false);
    house.clock.advance(1);
    expect((await reopened(house, later)).wordsCheck.due.read()).toBe(true);
  });

  test("is not settled by other words, and nothing changes", async () => {
    const { house, journal, words } = await kept();
    const other = (await createIn(createHouse(5))).recoveryWords;
    house.clock.advance(20 * day);
    const asked = await reopened(house, journal);
    const before = snapshotOf(house);
    expect(await asked.wordsCheck.check(other)).toMatchObject({ code: "WRONG_SECRET" });
    expect(await asked.wordsCheck.check(words.slice(1))).toMatchObject({ code: "BAD_WORDS" });
    expect(asked.wordsCheck.due.read()).toBe(true);
    expect(snapshotOf(house)).toEqual(before);
  });

  test("after new words is asked of the new ones", async () => {
    const { house, journal, words } = await kept();
    const fresh = must(await journal.newRecoveryWords(passphrase));
    must(await journal.keepWords());
    house.clock.advance(15 * day);
    const asked = await reopened(house, journal);
    expect(asked.wordsCheck.due.read()).toBe(true);
    expect(await asked.wordsCheck.check(words)).toMatchObject({ code: "WRONG_SECRET" });
    must(await asked.wordsCheck.check(fresh));
  });

  test("is not put off for years by a clock that was wrong for a day", async () => {
    const { house, journal } = await kept();
    house.clock.advance(10 * 365 * day);
    const ahead = await reopened(house, journal);
    must(await ahead.wordsCheck.later());
    const right = house.clock.now() - 10 * 365 * day;
    Object.assign(house.clock, { now: () => right });
    expect((await reopened(house, ahead)).wordsCheck.due.read()).toBe(true);
  });

  test("is settled by coming in with them", async () => {
    const { house, journal, words } = await kept();
    house.clock.advance(20 * day);
    await journal.lock();
    const opened = must(await house.door().unlockWithWords(words, next));
    expect(opened.wordsCheck.due.read()).toBe(false);
    await opened.lock();
    house.clock.advance(300 * day);
    expect((await unlockIn(house, next)).wordsCheck.due.read()).toBe(false);
  });
});
