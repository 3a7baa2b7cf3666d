import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { createHouse, createIn, type House, passphrase, snapshotOf, unlockIn } from "./doorKit.ts";

beforeAll(loadSodium);

const newWords = async (journal: Journal): Promise<readonly string[]> => {
  const made = await journal.newRecoveryWords(passphrase);
  if (!made.ok) throw new Error(made.code);
  return made.value;
};

const openWith = (house: House, words: readonly string[]) =>
  house.door().unlockWithWords(words, "another calm passphrase");

test("words that nobody confirmed are not taken for kept, however often the journal is opened", async () => {
  const house = createHouse();
  const { journal } = await createIn(house);
  expect(journal.wordsKept.read()).toBe(false);
  await journal.lock();
  expect((await unlockIn(house)).wordsKept.read()).toBe(false);
});

test("that the words were confirmed is still known after a restart", async () => {
  const house = createHouse();
  const { journal } = await createIn(house);
  expect(await journal.keepWords()).toMatchObject({ ok: true });
  expect(journal.wordsKept.read()).toBe(true);
  await journal.lock();
  expect((await unlockIn(house)).wordsKept.read()).toBe(true);
});

test("a change of settings does not forget that the words are kept", async () => {
  const house = createHouse();
  const { journal } = await createIn(house);
  await journal.keepWords();
  await journal.changeSettings({ lockAfterMinutes: 5 });
  await journal.lock();
  expect((await unlockIn(house)).wordsKept.read()).toBe(true);
});

test("new words open the journal, the lost ones do not, and the passphrase still does", async () => {
  const house = createHouse();
  const { journal, recoveryWords } = await createIn(house);
  const words = await newWords(journal);
  expect(words).toHaveLength(12);
  expect(words).not.toEqual(recoveryWords);
  await journal.lock();
  expect(await openWith(house, recoveryWords)).toMatchObject({ ok: false, code: "WRONG_SECRET" });
  await (await unlockIn(house)).lock();
  const opened = await openWith(house, words);
  expect(opened).toMatchObject({ ok: true });
  // Whoever types them has them.
  expect(opened.ok && opened.value.wordsKept.read()).toBe(true);
});

test("new words are unconfirmed from the moment they work, also after the process died", async () => {
  const house = createHouse();
  const { journal } = await createIn(house);
  await journal.keepWords();
  await newWords(journal);
  expect(journal.wordsKept.read()).toBe(false);
  house.disk.kill();
  expect((await unlockIn(house)).wordsKept.read()).toBe(false);
});

test("a wrong passphrase makes no words and changes no file", async () => {
  const house = createHouse();
  const { journal, recoveryWords } = await createIn(house);
  await journal.keepWords();
  const before = snapshotOf(house);
  expect(await journal.newRecoveryWords("four calm words her")).toEqual({
    ok: false,
    code: "WRONG_SECRET",
  });
  expect(snapshotOf(house)).toEqual(before);
  expect(journal.wordsKept.read()).toBe(true);
  await journal.lock();
  expect(await openWith(house, recoveryWords)).toMatchObject({ ok: true });
});

test("wrong passphrases inside and at the door make one wait together", async () => {
  const house = createHouse();
  const { journal } = await createIn(house);
  for (let count = 0; count < 4; count++)
    expect(await journal.newRecoveryWords("not this one")).toMatchObject({ code: "WRONG_SECRET" });
  const derived = house.derived.length;
  expect(await journal.newRecoveryWords(passphrase)).toMatchObject({ ok: false, code: "WAIT" });
  expect(await house.door().unlock(passphrase)).toMatchObject({ ok: false, code: "WAIT" });
  expect(house.derived.length).toBe(derived);
  house.clock.advance(2_000);
  await newWords(journal);
  expect(house.tries().wrong).toBe(0);
});

test("a disk that refuses the new vault leaves the old words working", async () => {
  const house = createHouse();
  const { journal, recoveryWords } = await createIn(house);
  await journal.keepWords();
  // The first write is the keyring's, the second the vault's.
  house.failWrite(1, "DISK_FULL");
  expect(await journal.newRecoveryWords(passphrase)).toMatchObject({
    ok: false,
    code: "DISK_FAILED",
  });
  await journal.lock();
  expect(await openWith(house, recoveryWords)).toMatchObject({ ok: true });
});

test("a keyring that cannot be written leaves the vault and its words as they were", async () => {
  const house = createHouse();
  const { journal } = await createIn(house);
  await journal.keepWords();
  const before = snapshotOf(house);
  house.failWrite(0, "DISK_FULL");
  expect(await journal.newRecoveryWords(passphrase)).toMatchObject({
    ok: false,
    code: "DISK_FAILED",
  });
  expect(snapshotOf(house)).toEqual(before);
  expect(journal.wordsKept.read()).toBe(true);
});

test("whoever locks while the words are being made keeps the old ones", async () => {
  const house = createHouse();
  const { journal } = await createIn(house);
  await journal.keepWords();
  const before = snapshotOf(house);
  const making = journal.newRecoveryWords(passphrase);
  await journal.lock();
  expect(await making).toMatchObject({ ok: false, code: "DISK_FAILED" });
  expect(snapshotOf(house)).toEqual(before);
});
