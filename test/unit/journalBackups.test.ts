import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import i18next from "i18next";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createBackupFiles } from "../../electron/backupFiles.ts";
import { createBackupKeeper, type BackupKeeper } from "../../renderer/backup/keeper.ts";
import errors from "../../renderer/i18n/en/errors.json";
import { troubleText } from "../../renderer/ui/troubleText.ts";
import { accept } from "../../shared/base/result.ts";
import type { BackupFiles } from "../../shared/bridge/backupFiles.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { must, writeDraft } from "../support/twoPartners.ts";
import { contentOf, makeBackup, patient, sourceOf } from "./backupKit.ts";
import { createHouse, createIn, passphrase, snapshotOf, unlockIn, type House } from "./doorKit.ts";

const texts = i18next.createInstance();
beforeAll(async () => {
  await loadSodium();
  await texts.init({ lng: "en", resources: { en: { errors } } });
});

const hour = 3_600_000;
let home = "";
let stick = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "twofold-schedule-"));
  stick = join(home, "Stick");
  await mkdir(stick);
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** So many calls of the shell are under way. */
let calls = 0;

/** The files that Electron's side keeps, in a folder of this computer. */
const filesOf = ({ clock }: House): BackupFiles =>
  counted(
    createBackupFiles({
      path: join(home, "backup-folder.json"),
      askFolder: async () => stick,
      askFile: async () => undefined,
      now: clock.now,
    }),
  );

const counted = (files: BackupFiles): BackupFiles =>
  Object.fromEntries(
    Object.entries(files).map(([name, act]) => [
      name,
      async (...values: readonly unknown[]) => {
        calls += 1;
        try {
          return await (act as (...all: readonly unknown[]) => Promise<unknown>)(...values);
        } finally {
          calls -= 1;
        }
      },
    ]),
  ) as unknown as BackupFiles;

type App = { readonly journal: Journal; readonly keeper: BackupKeeper; readonly end: () => void };

/** The app as it is started on that computer: unlocked, with whatever looks whether a backup is due. */
const startApp = async (house: House, files = filesOf(house)): Promise<App> => {
  const journal = await unlockIn(house);
  const keeper = createBackupKeeper(journal.backups, files, house.clock);
  return { journal, keeper, end: keeper.start() };
};

const onStick = async (): Promise<readonly string[]> => (await readdir(stick)).toSorted();

/** Real files take real turns: until nothing is asked of them, and no backup is under way. */
const pass = async ({ clock }: House, { keeper }: App, ms: number): Promise<void> => {
  clock.advance(ms);
  let quiet = 0;
  while (quiet < 8) {
    quiet = calls > 0 || keeper.state.read().at === "working" ? 0 : quiet + 1;
    await new Promise((next) => setImmediate(next));
    clock.advance(1);
  }
};

const write = async (journal: Journal, words: string): Promise<void> =>
  writeDraft(journal, must(await journal.entries.draftEntry()), words);

/** A computer with words, a folder, and a backup every day. */
const setUp = async (): Promise<House> => {
  const house = createHouse(31);
  const { journal } = await createIn(house);
  await write(journal, "the first evening");
  must(await filesOf(house).chooseFolder());
  must(await journal.backups.setUp(passphrase));
  must(await journal.backups.setEvery("day"));
  await journal.lock();
  return house;
};

const restoredFrom = async (name: string): Promise<readonly string[]> => {
  const bytes = new Uint8Array(await readFile(join(stick, name)));
  const house = createHouse(32);
  const journal = must(await house.door().restore(sourceOf(bytes), { passphrase }, patient));
  const words = journal.cards.read().map(({ excerpt }) => excerpt);
  await journal.lock();
  return words.toSorted();
};

describe("a backup on a schedule", { timeout: 120_000 }, () => {
  test("is made by itself in the folder, and again after a restart, each on its day and not before; each comes back whole", async () => {
    const house = await setUp();
    const first = await startApp(house);
    await pass(house, first, 60_000);
    expect(first.keeper.state.read()).toEqual({ at: "idle" });
    const [one = "", ...none] = await onStick();
    expect(none).toEqual([]);
    const madeAt = first.journal.backups.state.read().madeAt;
    expect(madeAt).toBeDefined();
    await write(first.journal, "the second evening");
    first.end();
    await first.journal.lock();

    // Nobody is asked for anything again: not for the folder, not for the passphrase.
    const second = await startApp(house);
    await pass(house, second, 2 * hour);
    expect(await onStick()).toEqual([one]);
    house.clock.advance(21 * hour);
    await pass(house, second, hour);
    expect(second.keeper.state.read()).toEqual({ at: "idle" });
    const [again, newest = "", ...more] = await onStick();
    expect([again, more]).toEqual([one, []]);
    expect(second.journal.backups.state.read().madeAt).toBeGreaterThan(madeAt ?? Infinity);
    second.end();
    await second.journal.lock();

    expect(await restoredFrom(one)).toEqual(["the first evening"]);
    expect(await restoredFrom(newest)).toEqual(["the first evening", "the second evening"]);
  });

  test("keeps the newest three, however many days pass", async () => {
    const house = await setUp();
    const made: string[] = [];
    for (let day = 0; day < 5; day++) {
      const app = await startApp(house);
      await pass(house, app, 60_000);
      made.push((await onStick()).at(-1) ?? "");
      app.end();
      await app.journal.lock();
      house.clock.advance(24 * hour);
    }
    expect(new Set(made).size).toBe(5);
    expect(await onStick()).toEqual(made.slice(-3));
  });

  test("says so when the folder is gone, writes nothing elsewhere, and goes on once it is back", async () => {
    const house = await setUp();
    await rename(stick, `${stick} pulled out`);
    const app = await startApp(house);
    await pass(house, app, 60_000);
    expect(app.keeper.state.read()).toEqual({ at: "refused", asked: false, code: "FOLDER_GONE" });
    expect(troubleText(texts, "backup", "FOLDER_GONE").happened).toBe(
      "The folder for backups is not there just now.",
    );
    expect(app.journal.backups.state.read().madeAt).toBeUndefined();
    expect((await readdir(home)).toSorted()).toEqual(["Stick pulled out", "backup-folder.json"]);
    await rename(`${stick} pulled out`, stick);
    await pass(house, app, hour);
    expect(app.keeper.state.read()).toEqual({ at: "idle" });
    expect(await onStick()).toHaveLength(1);
    expect(await restoredFrom((await onStick())[0] ?? "")).toEqual(["the first evening"]);
    app.end();
  });

  test.each<readonly [string, (bytes: Uint8Array) => Uint8Array]>([
    [
      "one byte of it is another",
      (bytes) => bytes.map((byte, at) => (at === 900_000 ? byte ^ 1 : byte)),
    ],
    ["it is cut", (bytes) => bytes.subarray(0, -1)],
    ["it is zeros", (bytes) => new Uint8Array(bytes.length)],
  ])(
    "that the folder gives back otherwise than it was written does not count, nor stay: %s",
    async (_, spoil) => {
      const house = await setUp();
      const files = filesOf(house);
      const lying = counted({
        ...files,
        // What lies under the name that it is not called yet, as a bad stick would keep it.
        finish: async (ticket) => {
          const finished = await files.finish(ticket);
          const [fresh = ""] = await onStick();
          const spoilt = spoil(new Uint8Array(await readFile(join(stick, fresh))));
          await writeFile(join(stick, fresh), spoilt);
          return finished.ok ? accept(spoilt.length) : finished;
        },
      });
      const app = await startApp(house, lying);
      await pass(house, app, 60_000);
      expect(app.keeper.state.read()).toMatchObject({ at: "refused", code: "NOT_READ_BACK" });
      expect(await onStick()).toEqual([]);
      expect(app.journal.backups.state.read().madeAt).toBeUndefined();
      app.end();
    },
  );
});

describe("a file that is no backup of this journal", () => {
  /** As it would be on a stick: whose it is, and what happened to it. */
  const spoilt = async () => {
    const house = createHouse(33);
    const { journal } = await createIn(house);
    await write(journal, "what is mine");
    must(await journal.room.setUp("a passphrase of my own"));
    const mine = new Uint8Array(await makeBackup(journal));
    const room = new Uint8Array(await makeBackup(journal.room, "a passphrase of my own"));
    const others = await createIn(createHouse(34));
    const foreign = new Uint8Array(await makeBackup(others.journal));
    await others.journal.lock();
    const with_ = (at: number, byte: number) => mine.with(at, byte);
    const files = {
      truncated: ["CUT_SHORT", mine.slice(0, -5_000)],
      altered: ["BACKUP_ALTERED", with_(600_000, (mine[600_000] ?? 0) ^ 4)],
      newer: ["NEWER_BACKUP", with_(4, 2)],
      "no backup": ["NOT_A_BACKUP", new TextEncoder().encode("%PDF-1.7 ".repeat(400))],
      "of my room": ["WRONG_KIND", room],
      foreign: ["OTHER_JOURNAL", foreign],
    } as const;
    return { house, journal, mine, files };
  };

  test("is refused with a sentence of its own when it is looked through, and nothing changes", async () => {
    const { house, journal, mine, files } = await spoilt();
    const before = [snapshotOf(house), await contentOf(house.disk.start())];
    const state = journal.backups.state.read();
    const sentences: string[] = [];
    for (const [what, [code, bytes]] of Object.entries(files)) {
      expect([what, await journal.backups.check(sourceOf(bytes), patient)]).toMatchObject([
        what,
        { ok: false, code },
      ]);
      const { happened, safe, next } = troubleText(texts, "backup", code);
      expect(happened).not.toBe(errors.other.happened);
      sentences.push(`${happened} ${safe} ${next}`);
    }
    expect(new Set(sentences).size).toBe(Object.keys(files).length);
    expect([snapshotOf(house), await contentOf(house.disk.start())]).toEqual(before);
    expect(journal.backups.state.read()).toEqual(state);
    expect(await journal.backups.check(sourceOf(mine), patient)).toMatchObject({ ok: true });
  });

  test("is refused on a new computer with a sentence of its own; nothing is there afterwards, and the right one still comes", async () => {
    const { mine, files } = await spoilt();
    const fresh = createHouse(35);
    const { foreign, ...refused } = files;
    const before = [snapshotOf(fresh), await contentOf(fresh.disk.start())];
    const sentences: string[] = [];
    const restore = (bytes: Uint8Array, secret = passphrase) =>
      fresh.door().restore(sourceOf(bytes), { passphrase: secret }, patient);
    for (const [what, [code, bytes]] of Object.entries(refused)) {
      expect([what, await restore(bytes)]).toMatchObject([what, { ok: false, code }]);
      sentences.push(troubleText(texts, "restore", code).happened);
      expect([snapshotOf(fresh), await contentOf(fresh.disk.start())]).toEqual(before);
    }
    expect(new Set(sentences).size).toBe(Object.keys(refused).length);
    // Nobody can tell whose it is before it opens: another's is one that this passphrase does not open.
    expect(await restore(foreign[1], "not the passphrase of theirs")).toMatchObject({
      code: "WRONG_SECRET",
    });
    expect([snapshotOf(fresh), await contentOf(fresh.disk.start())]).toEqual(before);
    const journal = must(await restore(mine));
    expect(journal.cards.read().map(({ excerpt }) => excerpt)).toEqual(["what is mine"]);
  });
});
