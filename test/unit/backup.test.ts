import { beforeAll, describe, expect, test } from "vitest";
import { accept, refuse } from "../../shared/base/result.ts";
import { paddedPieces } from "../../shared/backup/writeBackup.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { must, writeDraft } from "../support/twoPartners.ts";
import { cancelAfter, contentOf, makeBackup, memoryFile, patient, sourceOf } from "./backupKit.ts";
import { createHouse, createIn, first, passphrase, unlockIn, type House } from "./doorKit.ts";

beforeAll(loadSodium);

const words = "what I wrote before the computer broke";

const houseWithWords = async (seed = 1) => {
  const house = createHouse(seed);
  const { journal, recoveryWords } = await createIn(house);
  await writeDraft(journal, must(await journal.entries.draftEntry()), words);
  return { house, journal, recoveryWords };
};

const excerpts = (journal: Awaited<ReturnType<typeof unlockIn>>) =>
  journal.cards.read().map(({ excerpt }) => excerpt);

const restoreIn = (house: House, bytes: Uint8Array, secret = passphrase) =>
  house.door().restore(sourceOf(bytes), { passphrase: secret }, patient);

describe("a backup", () => {
  test("brings every word back on another computer, with the passphrase", async () => {
    const { journal, house } = await houseWithWords();
    const bytes = await makeBackup(journal);
    const other = createHouse(2);
    const back = must(await restoreIn(other, bytes));
    expect(excerpts(back)).toEqual([words]);
    expect(back.me.read()).toEqual({ name: "Anna", role: "hurt" });
    expect(await contentOf(other.disk.start())).toEqual(await contentOf(house.disk.start()));
    await back.lock();
    expect(excerpts(await unlockIn(other))).toEqual([words]);
  });

  test("opens with the twelve words too, and then has the new passphrase", async () => {
    const { journal, recoveryWords } = await houseWithWords();
    const bytes = await makeBackup(journal);
    const other = createHouse(2);
    const secret = { words: recoveryWords, newPassphrase: "a new calm passphrase" };
    const back = must(await other.door().restore(sourceOf(bytes), secret, patient));
    expect(excerpts(back)).toEqual([words]);
    expect(back.wordsKept.read()).toBe(true);
    await back.lock();
    expect(await other.door().unlock(passphrase)).toMatchObject({ code: "WRONG_SECRET" });
    await (await unlockIn(other, "a new calm passphrase")).lock();
    expect(
      await other.door().unlockWithWords(recoveryWords, "a third calm passphrase"),
    ).toMatchObject({ ok: true });
  });

  test("holds no word, name or passphrase that could be read", async () => {
    const { journal } = await houseWithWords();
    const text = Buffer.from(await makeBackup(journal)).toString("latin1");
    for (const secret of ["computer broke", "Anna", passphrase]) expect(text).not.toContain(secret);
  });

  test("is a whole number of MiB, so that its size says little", async () => {
    const { journal } = await houseWithWords();
    const small = await makeBackup(journal);
    await writeDraft(journal, must(await journal.entries.draftEntry()), "some more ".repeat(900));
    expect((await makeBackup(journal)).length).toBe(small.length);
    expect(small.length).toBeGreaterThan(1024 * 1024);
    expect(small.length).toBeLessThan(1024 * 1024 + 1024);
    for (const pieces of [1, 4, 5, 63, 64, 65, 4_001]) {
      expect(paddedPieces(pieces)).toBeGreaterThanOrEqual(pieces);
      expect(paddedPieces(pieces)).toBeLessThanOrEqual(Math.max(4, pieces * 1.0667 + 4));
    }
  });

  test("is written in pieces that fit into memory, however much there is", async () => {
    const { journal } = await houseWithWords();
    for (let count = 0; count < 12; count++)
      await writeDraft(
        journal,
        must(await journal.entries.draftEntry()),
        String(Math.random()).repeat(12_000),
      );
    must(await journal.backups.setUp(passphrase));
    const file = memoryFile();
    must(await journal.backups.make(file, file.readBack, patient));
    expect(file.bytes()?.length).toBeGreaterThan(2 * 1024 * 1024);
    expect(file.longest()).toBeLessThanOrEqual(256 * 1024 + 17);
  });

  test("goes on with what is being written meanwhile, and the journal stays usable", async () => {
    const { journal, house } = await houseWithWords();
    must(await journal.backups.setUp(passphrase));
    const file = memoryFile();
    const making = journal.backups.make(file, file.readBack, patient);
    await writeDraft(journal, must(await journal.entries.draftEntry()), "written meanwhile");
    must(await making);
    await writeDraft(journal, must(await journal.entries.draftEntry()), "and afterwards");
    await journal.lock();
    expect(excerpts(await unlockIn(house))).toHaveLength(3);
    const back = must(await restoreIn(createHouse(3), file.bytes() ?? new Uint8Array()));
    expect(excerpts(back)).toContain(words);
    expect(back.troubles.read()).toEqual([]);
  });

  test("shows how far it is, in bytes, never backwards", async () => {
    const { journal } = await houseWithWords();
    must(await journal.backups.setUp(passphrase));
    const file = memoryFile();
    const shares: number[] = [];
    const progress = (done: number, all: number) => shares.push(done / all);
    must(await journal.backups.make(file, file.readBack, { ...patient, progress }));
    expect(shares.length).toBeGreaterThan(4);
    expect(shares).toEqual(shares.toSorted((one, two) => one - two));
    expect(shares.at(-1)).toBe(1);
  });
});

describe("before it is called made", () => {
  test("nothing is written where the passphrase was not asked", async () => {
    const { journal } = await houseWithWords();
    const file = memoryFile();
    expect(await journal.backups.make(file, file.readBack, patient)).toMatchObject({
      code: "NOT_SET_UP",
    });
    expect(file.writes()).toBe(0);
  });

  test("a wrong passphrase is counted with those at the door", async () => {
    const { journal, house } = await houseWithWords();
    for (let count = 0; count < 4; count++)
      expect(await journal.backups.setUp("not the passphrase")).toMatchObject({
        code: "WRONG_SECRET",
      });
    expect(await journal.backups.setUp(passphrase)).toMatchObject({ code: "WAIT" });
    expect(await house.door().unlock(passphrase)).toMatchObject({ code: "WAIT" });
    expect(journal.backups.state.read().ready).toBe(false);
  });

  test.each<readonly [string, (bytes: Uint8Array) => Uint8Array]>([
    ["one flipped bit", (bytes) => bytes.fill((bytes[700_000] ?? 0) ^ 4, 700_000, 700_001)],
    ["a missing end", (bytes) => bytes.subarray(0, bytes.length - 1)],
    ["one byte more", (bytes) => Uint8Array.from([...bytes, 0])],
    ["an earlier backup in its place", () => new Uint8Array(earlier)],
  ])("%s on the disk is noticed, and it does not count", async (_what, damage) => {
    const { journal } = await houseWithWords();
    earlier = new Uint8Array(await makeBackup(journal));
    const before = journal.backups.state.read().madeAt;
    const file = memoryFile();
    const readBack = async () =>
      accept(sourceOf(damage((file.bytes() ?? new Uint8Array()).slice())));
    expect(await journal.backups.make(file, readBack, patient)).toMatchObject({
      code: "NOT_READ_BACK",
    });
    expect(journal.backups.state.read().madeAt).toBe(before);
  });
  let earlier = new Uint8Array();

  test("the folder that is gone says so, and nothing is noted", async () => {
    const { journal } = await houseWithWords();
    must(await journal.backups.setUp(passphrase));
    const readBack = async () => refuse("FOLDER_GONE" as const);
    expect(await journal.backups.make(memoryFile(), readBack, patient)).toMatchObject({
      code: "FOLDER_GONE",
    });
    expect(journal.backups.state.read().madeAt).toBeUndefined();
  });

  test("one that cannot be read back here is written and not noted, until it is looked through", async () => {
    const { journal, house } = await houseWithWords();
    must(await journal.backups.setUp(passphrase));
    const file = memoryFile();
    must(await journal.backups.make(file, undefined, patient));
    expect(journal.backups.state.read().madeAt).toBeUndefined();
    const madeAt = house.clock.now();
    house.clock.advance(60_000);
    expect(must(await journal.backups.check(file.source(), patient))).toEqual({ madeAt });
    expect(journal.backups.state.read().madeAt).toBe(madeAt);
  });

  test.each([0, 1, 2, 3, 4, 5])("a disk that refuses write %i leaves no file", async (writes) => {
    const { journal } = await houseWithWords();
    must(await journal.backups.setUp(passphrase));
    const file = memoryFile();
    file.refuseAfter(writes, "DISK_FULL");
    expect(await journal.backups.make(file, file.readBack, patient)).toMatchObject({
      code: "DISK_FULL",
    });
    expect(file.aborted()).toBe(true);
    expect(file.bytes()).toBeUndefined();
    expect(journal.backups.state.read().madeAt).toBeUndefined();
  });

  test.each([0, 1, 2, 5])("one that is cancelled leaves no file (%i)", async (times) => {
    const { journal } = await houseWithWords();
    must(await journal.backups.setUp(passphrase));
    const file = memoryFile();
    const made = await journal.backups.make(file, file.readBack, cancelAfter(times));
    expect(made).toMatchObject({ code: "CANCELLED" });
    expect(journal.backups.state.read().madeAt).toBeUndefined();
    expect(file.bytes()).toBeUndefined();
  });

  test("locking ends one that is under way, and leaves no file", async () => {
    const { journal } = await houseWithWords();
    must(await journal.backups.setUp(passphrase));
    const file = memoryFile();
    const making = journal.backups.make(file, file.readBack, patient);
    await journal.lock();
    expect(await making).toMatchObject({ ok: false });
    expect(file.bytes()).toBeUndefined();
  });
});

describe("looking through a file", () => {
  test("of another journal says so", async () => {
    const { journal } = await houseWithWords(1);
    const { journal: others } = await houseWithWords(2);
    const bytes = await makeBackup(others);
    expect(await journal.backups.check(sourceOf(bytes), patient)).toMatchObject({
      code: "OTHER_JOURNAL",
    });
    expect(await journal.backups.check(sourceOf(new Uint8Array(900)), patient)).toMatchObject({
      code: "NOT_A_BACKUP",
    });
  });
});

describe("the schedule", () => {
  test("is due a day or a week later by this computer's clock, and never by itself", async () => {
    const { journal, house } = await houseWithWords();
    const { backups } = journal;
    const hours = (count: number) => house.clock.advance(count * 3_600_000);
    expect(backups.isDue()).toBe(false);
    must(await backups.setEvery("day"));
    expect(backups.isDue()).toBe(false);
    await makeBackup(journal);
    expect(backups.isDue()).toBe(false);
    hours(19);
    expect(backups.isDue()).toBe(false);
    hours(2);
    expect(backups.isDue()).toBe(true);
    must(await backups.setEvery("week"));
    expect(backups.isDue()).toBe(false);
    hours(24 * 6);
    expect(backups.isDue()).toBe(true);
    must(await backups.setEvery("never"));
    expect(backups.isDue()).toBe(false);
  });

  test("and what was set up are still known after a restart", async () => {
    const { journal, house } = await houseWithWords();
    must(await journal.backups.setEvery("week"));
    await makeBackup(journal);
    const state = journal.backups.state.read();
    expect(state).toMatchObject({ ready: true, every: "week" });
    await journal.lock();
    const again = await unlockIn(house);
    expect(again.backups.state.read()).toEqual(state);
    must(await again.backups.make(memoryFile(), undefined, patient));
  });

  test("backups that were set up go on after a changed passphrase, under the new one; the old one never gets into a backup again", async () => {
    const { journal, house, recoveryWords } = await houseWithWords();
    await makeBackup(journal);
    await journal.lock();
    const again = must(
      await house.door().unlockWithWords(recoveryWords, "another calm passphrase"),
    );
    expect(again.backups.state.read().ready).toBe(true);
    const file = memoryFile();
    must(await again.backups.make(file, file.readBack, patient));
    const bytes = file.bytes() ?? new Uint8Array();
    expect(await restoreIn(createHouse(5), bytes)).toMatchObject({ code: "WRONG_SECRET" });
    expect(await restoreIn(createHouse(6), bytes, "another calm passphrase")).toMatchObject({
      ok: true,
    });
  });

  test("new recovery words open the backups that are made after them", async () => {
    const { journal, recoveryWords } = await houseWithWords();
    await makeBackup(journal);
    const fresh = must(await journal.newRecoveryWords(passphrase));
    expect(journal.backups.state.read().ready).toBe(true);
    const file = memoryFile();
    must(await journal.backups.make(file, file.readBack, patient));
    const open = (with_: readonly string[], seed: number) =>
      createHouse(seed)
        .door()
        .restore(file.source(), { words: with_, newPassphrase: "yet another passphrase" }, patient);
    expect(await open(recoveryWords, 7)).toMatchObject({ code: "WRONG_SECRET" });
    expect(await open(fresh, 8)).toMatchObject({ ok: true });
  });

  test("a first run asks for nothing of it", async () => {
    const created = must(
      await createHouse(9)
        .door()
        .create(first, () => {}),
    );
    expect(created.journal.backups.state.read()).toEqual({
      ready: false,
      every: "never",
      madeAt: undefined,
    });
  });
});
