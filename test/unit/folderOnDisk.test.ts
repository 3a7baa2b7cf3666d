import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createSharedFolder } from "../../electron/sharedFolder.ts";
import type { SharedFiles } from "../../shared/base/files.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { must, sharedCards, shareEntry, type Desk } from "../support/twoPartners.ts";
import {
  createFolderPartners,
  turns,
  type FolderPartners,
  type FolderPartnersParts,
} from "./folderKit.ts";
import { markOf, picture, readAll, sharePhotos } from "./photoKit.ts";

// The app's own shell on a real disk, one of its own for each; what a program copies between them is copied here.

beforeAll(loadSodium);

let home = "";
let open: FolderPartners | undefined;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "twofold-on-disk-"));
});
afterEach(async () => {
  // What is under way on the disk ends first.
  const locking = Promise.all([open?.anna.lock(), open?.sam.lock()]);
  if (open !== undefined) await pass(open, 5);
  await locking;
  await rm(home, { recursive: true, force: true });
});

const shellOf = async (who: string, folder: string): Promise<SharedFiles> => {
  await mkdir(folder, { recursive: true });
  const shell = createSharedFolder({
    path: join(home, `${who}.json`),
    askFolder: async () => folder,
    watch: () => () => undefined,
    clock: systemClock,
  });
  must(await shell.chooseFolder());
  const note = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    underWay += 1;
    try {
      return await run();
    } finally {
      underWay -= 1;
    }
  };
  return {
    list: () => note(shell.list),
    read: (name) => note(() => shell.read(name)),
    put: (name, bytes) => note(() => shell.put(name, bytes)),
    remove: (name) => note(() => shell.remove(name)),
    onChange: shell.onChange,
  };
};

/** The clock is moved by hand and the disk is a real one: no time passes while it is at work. */
let underWay = 0;
const pass = async ({ clock }: FolderPartners, seconds: number): Promise<void> => {
  for (let past = 0; past < seconds * 1_000; past += 500) {
    do await turns();
    while (underWay > 0);
    clock.advance(500);
  }
};

const openBoth = async (parts: FolderPartnersParts): Promise<FolderPartners> => {
  open = await createFolderPartners(parts);
  return open;
};

const words = (desk: Desk): readonly (string | undefined)[] =>
  sharedCards(desk.journal())
    .map(({ excerpt }) => excerpt)
    .toSorted();
const stateOf = (desk: Desk): string => desk.journal().sync.read().state;

/** Time passes for the two, and the disk has its turns, until it is so. */
const until = async (
  both: FolderPartners,
  isSo: () => boolean | Promise<boolean>,
  between: () => Promise<void> = async () => {},
): Promise<void> => {
  for (let step = 0; step < 400; step++) {
    if (await isSo()) return;
    await between();
    await pass(both, 2);
  }
  throw new Error("it did not come to that");
};

test("words and photos go by a folder on a disk, and what was acknowledged leaves it", async () => {
  const stick = join(home, "Stick");
  const both = await openBoth({
    seed: 6_201,
    shells: { anna: await shellOf("anna", stick), sam: await shellOf("sam", stick) },
  });
  const { anna, sam } = both;
  await writeFile(join(stick, "holiday.twofold"), "somebody else’s file");
  const photos = [picture(300_000, 1)];
  const { page, refs } = await sharePhotos(anna.journal(), "from her to him", photos);
  await shareEntry(sam.journal(), "from him to her");
  await until(both, () => words(anna).length === 2 && words(sam).length === 2);
  await until(
    both,
    async () => (await readAll(sam.journal(), page, refs))[0] === markOf(picture(300_000, 1).bytes),
  );
  await until(both, () => stateOf(anna) === "upToDate" && stateOf(sam) === "upToDate");
  await until(both, async () => (await readdir(stick)).length <= 3);
  expect(await readFile(join(stick, "holiday.twofold"), "utf8")).toBe("somebody else’s file");
  for (const name of await readdir(stick)) expect(name).toMatch(/\.twofold$/);
  for (const desk of [anna, sam]) expect(desk.journal().troubles.read()).toEqual([]);
}, 60_000);

test("two folders that a program keeps alike, half copied, copied twice and renamed, bring everything", async () => {
  const [hers, his] = [join(home, "Anna"), join(home, "Sam")];
  const both = await openBoth({
    seed: 6_202,
    shells: { anna: await shellOf("anna", hers), sam: await shellOf("sam", his) },
  });
  const { anna, sam } = both;
  const known = new Set<string>();
  let copied = 0;
  /** As Syncthing and Dropbox do: what is new is copied, what went from one side goes from the other. */
  const keepAlike = async (): Promise<void> => {
    const [left, right] = await Promise.all([readdir(hers), readdir(his)]);
    for (const [from, to, here, there] of [
      [hers, his, left, right],
      [his, hers, right, left],
    ] as const)
      for (const name of here) {
        if (there.includes(name) || !name.endsWith(".twofold")) continue;
        if (known.has(name)) {
          await rm(join(from, name));
          continue;
        }
        copied += 1;
        const bytes = await readFile(join(from, name));
        if (copied % 3 === 1) {
          // Half of it first, under its own name, as some programs do.
          await writeFile(join(to, name), bytes.subarray(0, bytes.length / 2));
          await pass(both, 3);
        }
        await writeFile(join(to, name), bytes);
        known.add(name);
        if (copied % 3 === 2) {
          const conflict = name.replace(".twofold", " (conflicted copy).twofold");
          await copyFile(join(to, name), join(to, conflict));
        }
        if (copied % 4 === 0) {
          await rename(join(from, name), join(from, `renamed ${name}`));
        }
      }
  };
  for (let round = 0; round < 4; round++) {
    await shareEntry(anna.journal(), `hers ${round}`);
    await shareEntry(sam.journal(), `his ${round}`);
    await until(
      both,
      () => words(anna).length === 2 * round + 2 && words(sam).length === 2 * round + 2,
      keepAlike,
    );
  }
  expect(words(sam)).toEqual(words(anna));
  await until(both, () => stateOf(anna) === "upToDate" && stateOf(sam) === "upToDate", keepAlike);
  expect(copied).toBeGreaterThan(6);
}, 120_000);
