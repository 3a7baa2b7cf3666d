import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSharedFolder } from "../../electron/sharedFolder.ts";
import { watchFolder, type WatchFolder } from "../../electron/systemWatch.ts";
import type { SharedFolder } from "../../shared/bridge/sharedFolder.ts";
import { namesAtOnce } from "../../shared/bridge/sharedFileNames.ts";
import { sharedFilesContract } from "../contract/sharedFiles.suite.ts";
import { createManualClock } from "../support/manualClock.ts";
import { must } from "../support/twoPartners.ts";
import { until } from "../support/until.ts";

/** Problems that a real disk has and a test machine does not; `killed`: nothing more is done before `after`. */
const disk = vi.hoisted(() => ({
  does: new Map<string, string>(),
  after: new Set<() => void>(),
  killed: () => {},
}));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const act = async (call: string): Promise<void> => {
    const code = disk.does.get(call);
    if (code === "killed")
      await new Promise<void>((resolve) => {
        disk.after.add(resolve);
        disk.killed();
      });
    if (code !== undefined) throw Object.assign(new Error(`${code}: /home/sam/secret`), { code });
  };
  const inFolder = (path: unknown) => String(path).includes("Stick");
  return {
    ...real,
    link: async (from: string, to: string) => {
      await act("link");
      return real.link(from, to);
    },
    rename: async (from: string, to: string) => {
      if (inFolder(to)) await act("rename");
      return real.rename(from, to);
    },
    unlink: async (path: string) => {
      if (inFolder(path)) await act("unlink");
      return real.unlink(path);
    },
    readdir: async (...values: Parameters<typeof real.readdir>) => {
      if (inFolder(values[0])) await act("readdir");
      return real.readdir(...values);
    },
    open: async (...values: Parameters<typeof real.open>) => {
      const fresh = inFolder(values[0]) && values[1] === "wx";
      if (fresh) await act("create");
      if (inFolder(values[0]) && values[1] === "r") await act("folder sync");
      const file = await real.open(...values);
      const write = file.writeFile.bind(file);
      const sync = file.sync.bind(file);
      return Object.assign(file, {
        writeFile: async (bytes: Uint8Array) => {
          if (fresh && disk.does.has("write")) await write(bytes.subarray(0, 1));
          if (fresh) await act("write");
          return write(bytes);
        },
        sync: async () => {
          if (fresh) await act("sync");
          return sync();
        },
      });
    },
  };
});

const bytes = Uint8Array.of(1, 2, 3);
const name = "one.twofold";

let home = "";
let folder = "";
let chosen: string | undefined;
let clock = createManualClock();
const stops: (() => void)[] = [];
/** What a killed process had begun: let go of at the end, so that nothing of it stays open. */
const cutOff: Promise<unknown>[] = [];

beforeEach(async () => {
  disk.does.clear();
  home = await mkdtemp(join(tmpdir(), "twofold-shared-"));
  folder = join(home, "Stick");
  await mkdir(folder);
  chosen = folder;
  clock = createManualClock();
});
afterEach(async () => {
  disk.does.clear();
  for (const resolve of disk.after) resolve();
  disk.after.clear();
  await Promise.all(cutOff.splice(0));
  for (const stop of stops.splice(0)) stop();
  await rm(home, { recursive: true, force: true });
});

/** When the next call that is killed was reached; a busy disk takes its time until then. */
const nextKill = (): Promise<void> => new Promise((resolve) => (disk.killed = resolve));

const noWatch: WatchFolder = () => () => undefined;

/** As the app is after a start. */
const start = (watch: WatchFolder = noWatch): SharedFolder =>
  createSharedFolder({
    path: join(home, "shared-folder.json"),
    askFolder: async () => chosen,
    watch,
    clock,
  });

const ready = async (watch?: WatchFolder): Promise<SharedFolder> => {
  const shared = start(watch);
  must(await shared.chooseFolder());
  return shared;
};

const listed = async (shared: SharedFolder) => must(await shared.list()).map((file) => file.name);

describe("as every shared folder", () => {
  const make = async () => ({
    files: await ready(),
    names: async () => (await readdir(folder)).toSorted(),
    lay: (to: string, content: Uint8Array) => writeFile(join(folder, to), content),
    takeFolderAway: () => rm(folder, { recursive: true }),
  });
  for (const { name: promise, run } of sharedFilesContract(make))
    test(`on a disk: ${promise}`, run);
});

describe("the folder", () => {
  test("is chosen in the system's window, remembered, and only its own name is told", async () => {
    const shared = start();
    expect(await shared.folder()).toEqual({ state: "none" });
    expect(await shared.list()).toMatchObject({ code: "FOLDER_GONE" });
    expect(must(await shared.chooseFolder())).toEqual({ state: "ready", name: "Stick" });
    expect(await start().folder()).toEqual({ state: "ready", name: "Stick" });
    chosen = undefined;
    expect(must(await shared.chooseFolder())).toEqual({ state: "ready", name: "Stick" });
  });

  test("that is forgotten keeps what is in it, and nothing more is put there", async () => {
    const shared = await ready();
    must(await shared.put(name, bytes));
    must(await shared.forgetFolder());
    must(await shared.forgetFolder());
    expect(await start().folder()).toEqual({ state: "none" });
    expect(await shared.put("two.twofold", bytes)).toMatchObject({ code: "FOLDER_GONE" });
    expect(await shared.remove(name)).toMatchObject({ code: "FOLDER_GONE" });
    expect(await readdir(folder)).toEqual([name]);
  });

  test("that comes back, as a stick does, is used again without being chosen again", async () => {
    const shared = await ready();
    must(await shared.put(name, bytes));
    await rename(folder, join(home, "pulled"));
    expect(await shared.list()).toMatchObject({ code: "FOLDER_GONE" });
    await rename(join(home, "pulled"), folder);
    expect(await listed(shared)).toEqual([name]);
  });

  test("that holds more than is looked at gives the same first ones each time", async () => {
    const shared = await ready();
    const names = Array.from(
      { length: namesAtOnce + 5 },
      (_, index) => `${10_000 + index}.twofold`,
    );
    for (const one of names) writeFileSync(join(folder, one), "");
    for (let time = 0; time < 2; time++)
      expect(await listed(shared)).toEqual(names.slice(0, namesAtOnce));
  });
});

describe("what is no file", () => {
  test("a folder with the ending of a capsule is not seen, read, put over or taken away", async () => {
    const shared = await ready();
    await mkdir(join(folder, name));
    expect(await listed(shared)).toEqual([]);
    expect(await shared.read(name)).toMatchObject({ code: "FILE_GONE" });
    expect(await shared.put(name, bytes)).toMatchObject({ code: "BAD_REQUEST" });
    expect(await shared.remove(name)).toMatchObject({ code: "BAD_REQUEST" });
    expect((await stat(join(folder, name))).isDirectory()).toBe(true);
  });

  test("a link leads nowhere: what it points at is not read, written or taken away", async () => {
    const shared = await ready();
    const secret = join(home, "secret");
    await writeFile(secret, "secret");
    await symlink(secret, join(folder, name));
    await symlink(join(home, "absent"), join(folder, "two.twofold"));
    expect(await listed(shared)).toEqual([]);
    for (const link of [name, "two.twofold"]) {
      expect(await shared.read(link)).toMatchObject({ code: "FILE_GONE" });
      expect(await shared.put(link, bytes)).toMatchObject({ code: "BAD_REQUEST" });
      expect(await shared.remove(link)).toMatchObject({ code: "BAD_REQUEST" });
    }
    expect(await readFile(secret, "utf8")).toBe("secret");
    expect(await readdir(home)).not.toContain("absent");
  });

  test.skipIf(process.platform === "win32")("a pipe is not waited for", async () => {
    const shared = await ready();
    execFileSync("mkfifo", [join(folder, name)]);
    expect(await listed(shared)).toEqual([]);
    expect(await shared.read(name)).toMatchObject({ code: "FILE_GONE" });
  });
});

describe("putting", () => {
  const hidden = async () => (await readdir(folder)).filter((one) => one.startsWith("."));

  test.each(["create", "write", "sync", "link"])(
    "cut off while it is at %s leaves nothing under the name, and its leftover goes at the next look",
    async (call) => {
      const shared = await ready();
      must(await shared.put("before.twofold", bytes));
      disk.does.set(call, "killed");
      const killed = nextKill();
      cutOff.push(shared.put(name, bytes));
      await killed;
      expect(await hidden()).toHaveLength(call === "create" ? 0 : 1);
      disk.does.clear();
      await writeFile(join(folder, ".twofold-00000000-0123456789abcdef.new"), "another's");
      const again = start();
      expect(await listed(again)).toEqual(["before.twofold"]);
      expect((await readdir(folder)).toSorted()).toEqual([
        ".twofold-00000000-0123456789abcdef.new",
        "before.twofold",
      ]);
      must(await again.put(name, bytes));
      expect(await listed(again)).toEqual(["before.twofold", name]);
    },
  );

  test("goes on while somebody looks: what is being written is no leftover", async () => {
    const shared = await ready();
    disk.does.set("link", "killed");
    const killed = nextKill();
    const putting = shared.put(name, bytes);
    await killed;
    expect(await listed(shared)).toEqual([]);
    expect(await hidden()).toHaveLength(1);
    disk.does.clear();
    for (const resolve of disk.after) resolve();
    must(await putting);
    expect(await readdir(folder)).toEqual([name]);
  });

  test.each([
    ["create", "EACCES", "NO_PERMISSION"],
    ["create", "EROFS", "NO_PERMISSION"],
    ["create", "ENOENT", "FOLDER_GONE"],
    ["write", "ENOSPC", "DISK_FULL"],
    ["write", "EDQUOT", "DISK_FULL"],
    ["sync", "EIO", "DISK_FAILED"],
    ["rename", "EPERM", "NO_PERMISSION"],
  ])(
    "where the disk refuses to %s (%s) says %s, names no path, leaves nothing",
    async (call, code, said) => {
      const shared = await ready();
      if (call === "rename") disk.does.set("link", "EPERM");
      disk.does.set(call, code);
      expect(await shared.put(name, bytes)).toEqual({ ok: false, code: said, detail: code });
      disk.does.clear();
      expect(await readdir(folder)).toEqual([]);
      must(await shared.put(name, bytes));
    },
  );

  test.each(["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP"])(
    "works on a stick that knows no second names (%s), and still not over a file that is there",
    async (code) => {
      const shared = await ready();
      disk.does.set("link", code);
      must(await shared.put(name, bytes));
      expect(await shared.put(name, Uint8Array.of(9))).toMatchObject({ code: "BAD_REQUEST" });
      expect([...must(await shared.read(name))]).toEqual([1, 2, 3]);
      expect(await readdir(folder)).toEqual([name]);
    },
  );

  test("is done where the folder itself cannot be synced: the file is there whole", async () => {
    const shared = await ready();
    disk.does.set("folder sync", "EINVAL");
    must(await shared.put(name, bytes));
    expect(await readdir(folder)).toEqual([name]);
  });

  test("two at once under one name: one is there whole, the other is refused", async () => {
    const shared = await ready();
    const puts = [1, 2, 3, 4].map((one) => shared.put(name, new Uint8Array(1000).fill(one)));
    const done = await Promise.all(puts);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await readdir(folder)).toEqual([name]);
    expect(new Set(must(await shared.read(name))).size).toBe(1);
  });
});

test("a folder that may not be looked into says so", async () => {
  const shared = await ready();
  disk.does.set("readdir", "EACCES");
  expect(await shared.list()).toEqual({ ok: false, code: "NO_PERMISSION", detail: "EACCES" });
});

test("a file that another program holds is not taken away, and that is said", async () => {
  const shared = await ready();
  must(await shared.put(name, bytes));
  disk.does.set("unlink", "EPERM");
  expect(await shared.remove(name)).toMatchObject({ code: "NO_PERMISSION" });
});

describe("a hint that something changed", () => {
  /** A watch in the test's hand. */
  const watchInHand = () => {
    const seen = { begun: 0, closed: 0, changed: () => {}, ended: () => {} };
    const watch: WatchFolder = (_folder, changed, ended) => {
      seen.begun++;
      Object.assign(seen, { changed, ended });
      return () => {
        seen.closed++;
      };
    };
    return { watch, seen };
  };

  test("comes once for many changes, and again for later ones", async () => {
    const { watch, seen } = watchInHand();
    const shared = await ready(watch);
    const heard = vi.fn();
    const stop = shared.onChange(heard);
    must(await shared.list());
    for (let count = 0; count < 20; count++) seen.changed();
    expect(heard).not.toHaveBeenCalled();
    clock.advance(1000);
    expect(heard).toHaveBeenCalledTimes(1);
    seen.changed();
    clock.advance(1000);
    expect(heard).toHaveBeenCalledTimes(2);
    seen.changed();
    stop();
    clock.advance(5000);
    expect(heard).toHaveBeenCalledTimes(2);
    expect(clock.waiting()).toBe(0);
  });

  test("one folder is watched at a time, from a look at it until it is forgotten", async () => {
    const { watch, seen } = watchInHand();
    const shared = await ready(watch);
    expect(seen.begun).toBe(0);
    await Promise.all([shared.list(), shared.list(), shared.list()]);
    expect(seen).toMatchObject({ begun: 1, closed: 0 });
    const other = join(home, "other Stick");
    await mkdir(other);
    chosen = other;
    must(await shared.chooseFolder());
    must(await shared.list());
    expect(seen).toMatchObject({ begun: 2, closed: 1 });
    must(await shared.forgetFolder());
    expect(seen).toMatchObject({ begun: 2, closed: 2 });
  });

  test("a watch that ended, or whose folder went away, begins again with the next look", async () => {
    const { watch, seen } = watchInHand();
    const shared = await ready(watch);
    must(await shared.list());
    seen.ended();
    must(await shared.list());
    expect(seen.begun).toBe(2);
    await rm(folder, { recursive: true });
    expect(await shared.list()).toMatchObject({ code: "FOLDER_GONE" });
    expect(seen.closed).toBe(1);
    await mkdir(folder);
    must(await shared.list());
    expect(seen.begun).toBe(3);
  });

  test("a system that cannot watch lists all the same", async () => {
    const shared = await ready((_folder, _changed, ended) => {
      ended();
      return () => undefined;
    });
    must(await shared.put(name, bytes));
    expect(await listed(shared)).toEqual([name]);
  });

  /** The system's own watch, waited for as long as it takes. */
  const watchReally = (of: string) => {
    const told = { changed: 0, ended: 0 };
    stops.push(
      watchFolder(
        of,
        () => told.changed++,
        () => told.ended++,
      ),
    );
    return told;
  };

  test.skipIf(process.platform !== "linux")(
    "the system tells of capsules and of nothing else, and of the folder's end, and breaks nothing",
    async () => {
      const told = watchReally(folder);
      await writeFile(join(folder, "letter.odt"), "x");
      await writeFile(join(folder, ".twofold-00000000-0123456789abcdef.new"), "x");
      await writeFile(join(folder, name), "");
      // In the order in which it happened: had the others been told of, it was before this one.
      await until(() => expect(told.changed).toBeGreaterThan(0));
      expect(told.changed).toBeLessThan(4);
      await rm(folder, { recursive: true });
      await until(() => expect(told.ended).toBe(1));
      expect(watchReally(join(home, "absent"))).toMatchObject({ ended: 1 });
    },
  );

  test.skipIf(process.platform !== "linux")(
    "comes of the real folder, also after it went away and came back",
    async () => {
      const shared = await ready(watchFolder);
      const heard = vi.fn();
      stops.push(shared.onChange(heard), () => void shared.forgetFolder());
      const hintAfter = async (act: () => Promise<unknown>) => {
        clock.advance(1000);
        heard.mockClear();
        await act();
        await until(() => expect(clock.waiting()).toBe(1));
        clock.advance(1000);
        expect(heard).toHaveBeenCalledTimes(1);
      };
      for (let time = 0; time < 2; time++) {
        must(await shared.list());
        await hintAfter(() => writeFile(join(folder, name), "x"));
        await hintAfter(() => rm(folder, { recursive: true }));
        expect(await shared.list()).toMatchObject({ code: "FOLDER_GONE" });
        await mkdir(folder);
      }
    },
  );
});
