import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { BrowserWindow } from "electron";
import { backupDialogs } from "../../electron/backupDialogs.ts";
import { createBackupFiles } from "../../electron/backupFiles.ts";
import type { BackupFiles } from "../../shared/bridge/backupFiles.ts";
import { backupName, spareBackups } from "../../shared/bridge/backupNames.ts";
import { createStandIn } from "../electron/standIn.ts";
import { must } from "../support/twoPartners.ts";

/** Problems that a real disk has and a test machine does not. */
const disk = vi.hoisted(() => ({ fails: new Map<string, string>() }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const problem = (call: string) => {
    const code = disk.fails.get(call);
    if (code !== undefined) throw Object.assign(new Error(`${code}: /home/sam/secret`), { code });
  };
  return {
    ...real,
    rename: async (from: string, to: string) => {
      if (to.endsWith(".twofold")) problem("rename");
      return real.rename(from, to);
    },
    open: async (...values: Parameters<typeof real.open>) => {
      if (values[1] === "wx+") problem("create");
      const file = await real.open(...values);
      const write = file.writeFile.bind(file);
      const sync = file.sync.bind(file);
      return Object.assign(file, {
        writeFile: async (bytes: Uint8Array) => {
          problem("write");
          return write(bytes);
        },
        sync: async () => {
          problem("sync");
          return sync();
        },
      });
    },
  };
});

let home = "";
let folder = "";
let time = Date.UTC(2026, 10, 22, 7, 15, 30);
let chosen: string | undefined;
let file: string | undefined;

beforeEach(async () => {
  disk.fails.clear();
  home = await mkdtemp(join(tmpdir(), "twofold-backups-"));
  folder = join(home, "Stick");
  await mkdir(folder);
  chosen = folder;
  file = undefined;
  time = Date.UTC(2026, 10, 22, 7, 15, 30);
});
const opened: BackupFiles[] = [];
afterEach(async () => {
  disk.fails.clear();
  file = undefined;
  // Beginning lets go of what is in hand.
  for (const backups of opened.splice(0)) await backups.begin("ask");
  await rm(home, { recursive: true, force: true });
});

const files = (): BackupFiles => {
  const made = createBackupFiles({
    path: join(home, "backup-folder.json"),
    askFolder: async () => chosen,
    askFile: async () => file,
    now: () => time,
  });
  opened.push(made);
  return made;
};

const begin = async (backups: BackupFiles, where: "folder" | "ask" = "folder"): Promise<number> => {
  const begun = must(await backups.begin(where));
  if (begun === undefined) throw new Error("nothing chosen");
  return begun.ticket;
};

const writeOne = async (backups: BackupFiles, text = "sealed"): Promise<void> => {
  const ticket = await begin(backups);
  must(await backups.write(ticket, new TextEncoder().encode(text)));
  must(await backups.finish(ticket));
  must(await backups.keep(ticket));
  time += 60_000;
};

describe("the folder", () => {
  test("is chosen in the system's window, remembered, and only its own name is told", async () => {
    const backups = files();
    expect(await backups.folder()).toEqual({ state: "none" });
    expect(must(await backups.chooseFolder())).toEqual({ state: "ready", name: "Stick" });
    expect(await files().folder()).toEqual({ state: "ready", name: "Stick" });
    chosen = undefined;
    expect(must(await backups.chooseFolder())).toEqual({ state: "ready", name: "Stick" });
    must(await backups.forgetFolder());
    expect(await files().folder()).toEqual({ state: "none" });
    expect(await files().begin("folder")).toMatchObject({ code: "FOLDER_GONE" });
  });

  test("is remembered also where its path is as long as a path may be", async () => {
    // Each letter takes two in the note.
    chosen = `${'/"'.repeat(2_045)}/Stick`;
    must(await files().chooseFolder());
    expect(await files().folder()).toEqual({ state: "ready", name: "Stick" });
  });

  test("that was written down by somebody else, or badly, is none", async () => {
    for (const text of ["", "{", '{"folder":"Stick","mark":"1a2b3c4d"}', '{"folder":"/x"}']) {
      await writeFile(join(home, "backup-folder.json"), text);
      expect(await files().folder()).toEqual({ state: "none" });
    }
  });

  test("that is gone says so, and writing goes on once it is back", async () => {
    const backups = files();
    must(await backups.chooseFolder());
    await rm(folder, { recursive: true });
    expect(await backups.begin("folder")).toMatchObject({ ok: false, code: "FOLDER_GONE" });
    await mkdir(folder);
    await writeOne(backups);
    expect(await readdir(folder)).toHaveLength(1);
  });
});

describe("a file", () => {
  test("stands under its name only once it was read back and kept", async () => {
    const backups = files();
    must(await backups.chooseFolder());
    const ticket = await begin(backups);
    must(await backups.write(ticket, Uint8Array.of(1, 2, 3)));
    must(await backups.write(ticket, Uint8Array.of(4, 5)));
    expect(must(await backups.finish(ticket))).toBe(5);
    expect(must(await backups.read(ticket, 1, 3))).toEqual(Uint8Array.of(2, 3, 4));
    expect(must(await backups.read(ticket, 4, 9))).toEqual(Uint8Array.of(5));
    expect((await readdir(folder)).filter((name) => name.endsWith(".twofold"))).toEqual([]);
    must(await backups.keep(ticket));
    const [name = "", ...more] = await readdir(folder);
    expect(more).toEqual([]);
    expect(name).toMatch(/^Twofold-[0-9a-f]{8}-20261122-071530\.twofold$/);
    expect([...(await readFile(join(folder, name)))]).toEqual([1, 2, 3, 4, 5]);
    const { mode } = await stat(join(folder, name));
    expect(process.platform === "win32" ? 0 : mode & 0o077).toBe(0);
  });

  test("that is discarded, or given up for the next, leaves nothing", async () => {
    const backups = files();
    must(await backups.chooseFolder());
    const first = await begin(backups);
    must(await backups.write(first, Uint8Array.of(1)));
    const second = await begin(backups);
    expect(await backups.write(first, Uint8Array.of(1))).toMatchObject({ code: "BAD_REQUEST" });
    expect(await readdir(folder)).toHaveLength(1);
    must(await backups.discard(second));
    expect(await readdir(folder)).toEqual([]);
    for (const ticket of [first, second, 99])
      expect(await backups.keep(ticket)).toMatchObject({ code: "BAD_REQUEST" });
  });

  test("is not kept before it is finished, nor written after", async () => {
    const backups = files();
    must(await backups.chooseFolder());
    const ticket = await begin(backups);
    expect(await backups.keep(ticket)).toMatchObject({ code: "BAD_REQUEST" });
    expect(await backups.read(ticket, 0, 1)).toMatchObject({ code: "BAD_REQUEST" });
    must(await backups.finish(ticket));
    expect(await backups.write(ticket, Uint8Array.of(1))).toMatchObject({ code: "BAD_REQUEST" });
    expect(await backups.read(ticket, 0, 2 * 1024 * 1024)).toMatchObject({ code: "BAD_REQUEST" });
  });

  test.each([
    ["create", "EACCES", "NO_PERMISSION"],
    ["write", "ENOSPC", "DISK_FULL"],
    ["sync", "EIO", "DISK_FAILED"],
    ["rename", "EROFS", "NO_PERMISSION"],
  ])("where the disk refuses to %s (%s) says %s, and names no path", async (call, code, said) => {
    const backups = files();
    must(await backups.chooseFolder());
    await writeOne(backups);
    const before = await readdir(folder);
    disk.fails.set(call, code);
    const attempt = async () => {
      const begun = await backups.begin("folder");
      if (!begun.ok) return begun;
      const ticket = begun.value?.ticket ?? 0;
      for (const step of [
        () => backups.write(ticket, Uint8Array.of(1)),
        () => backups.finish(ticket),
        () => backups.keep(ticket),
      ]) {
        const done = await step();
        if (!done.ok) {
          disk.fails.clear();
          await backups.discard(ticket);
          return done;
        }
      }
      throw new Error("not refused");
    };
    expect(await attempt()).toEqual({ ok: false, code: said, detail: code });
    expect(await readdir(folder)).toEqual(before);
  });

  test("what a killed process left is cleared at the next one", async () => {
    const backups = files();
    must(await backups.chooseFolder());
    must(await backups.write(await begin(backups), Uint8Array.of(1)));
    await writeFile(join(folder, "someone's.twofold.0123456789abcdef.new"), "not ours");
    const again = files();
    await writeOne(again);
    expect((await readdir(folder)).filter((name) => name.endsWith(".new"))).toEqual([
      "someone's.twofold.0123456789abcdef.new",
    ]);
  });
});

describe("old ones", () => {
  test("go when a new one is kept: the newest three stay, and what is not ours", async () => {
    const backups = files();
    must(await backups.chooseFolder());
    const others = ["Twofold-00000000-20200101-000000.twofold", "Twofold.twofold", "letter.odt"];
    for (const name of others) await writeFile(join(folder, name), "x");
    for (let count = 0; count < 5; count++) await writeOne(backups, `backup ${count}`);
    const names = await readdir(folder);
    expect(names).toEqual(expect.arrayContaining(others));
    const ours = names.filter((name) => !others.includes(name)).toSorted();
    expect(ours).toHaveLength(3);
    const texts = await Promise.all(ours.map((name) => readFile(join(folder, name), "utf8")));
    expect(texts).toEqual(["backup 2", "backup 3", "backup 4"]);
  });

  test("the one just kept never goes, wherever the clock stands", () => {
    const mark = "1a2b3c4d";
    const at = (year: number) => backupName(mark, Date.UTC(year, 1, 2, 3, 4, 5));
    const names = [at(2020), at(2027), at(2028), at(2029)];
    expect(spareBackups(names, mark, at(2020), 3)).toEqual([at(2027)]);
    expect(spareBackups([at(2026)], mark, at(2026), 3)).toEqual([]);
  });

  test("stay where the new one was not kept", async () => {
    const backups = files();
    must(await backups.chooseFolder());
    for (let count = 0; count < 3; count++) await writeOne(backups);
    const before = await readdir(folder);
    const ticket = await begin(backups);
    must(await backups.finish(ticket));
    must(await backups.discard(ticket));
    expect(await readdir(folder)).toEqual(before);
  });
});

describe("a place that is said this once", () => {
  test("is not remembered, and nothing else there is touched", async () => {
    const backups = files();
    file = join(folder, "for my sister.twofold");
    await writeFile(join(folder, "old.twofold"), "old");
    const ticket = await begin(backups, "ask");
    must(await backups.write(ticket, Uint8Array.of(7)));
    must(await backups.finish(ticket));
    must(await backups.keep(ticket));
    expect((await readdir(folder)).toSorted()).toEqual(["for my sister.twofold", "old.twofold"]);
    expect(await readdir(home)).toEqual(["Stick"]);
  });

  test("closing the window is no refusal", async () => {
    expect(await files().begin("ask")).toEqual({ ok: true, value: undefined });
  });

  test("the windows belong to the app's own, and a closed one chooses nothing", async () => {
    const { electron, seen } = createStandIn();
    const window = {} as BrowserWindow;
    const dialogs = backupDialogs(electron.dialog, () => window);
    expect(await dialogs.askFolder()).toBeUndefined();
    expect(await dialogs.askFile("x.twofold")).toBeUndefined();
    seen.chosen = folder;
    expect(await dialogs.askFolder()).toBe(folder);
    expect(await dialogs.askFile("x.twofold")).toBe(folder);
    expect(await backupDialogs(electron.dialog, () => undefined).askFolder()).toBeUndefined();
  });
});
