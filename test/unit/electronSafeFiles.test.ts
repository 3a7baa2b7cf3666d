import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSafeFiles, isSafeFileThere } from "../../electron/safeFiles.ts";
import { safeFileLimit, type SafeFileName } from "../../shared/bridge/bridge.ts";
import { bundleForNode } from "../electron/bundle.ts";

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
      problem("rename");
      return real.rename(from, to);
    },
    open: async (...values: Parameters<typeof real.open>) => {
      problem(values[1] === "wx" ? "create" : "open");
      const file = await real.open(...values);
      const write = file.writeFile.bind(file);
      const sync = file.sync.bind(file);
      return Object.assign(file, {
        writeFile: async (bytes: Uint8Array) => {
          if (disk.fails.has("write")) await write(bytes.subarray(0, bytes.length / 2));
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

let folder = "";

beforeEach(async () => {
  disk.fails.clear();
  folder = join(await mkdtemp(join(tmpdir(), "twofold-safe-")), "safe");
});

afterEach(() => rm(dirname(folder), { recursive: true, force: true }));

const bytes = (...values: number[]) => Uint8Array.from(values);

describe("the safe files", () => {
  test("give back exactly what was written, each under its own name", async () => {
    const files = await createSafeFiles(folder);
    expect(await files.read("vault")).toEqual({ ok: true, value: undefined });
    expect(await files.write("vault", bytes(1, 2, 3))).toEqual({ ok: true, value: undefined });
    expect(await files.write("room-vault", bytes())).toEqual({ ok: true, value: undefined });
    expect(await files.read("vault")).toEqual({ ok: true, value: bytes(1, 2, 3) });
    expect(await files.read("room-vault")).toEqual({ ok: true, value: bytes() });
    expect(await files.read("keyring")).toEqual({ ok: true, value: undefined });
  });

  test("are still there after the app was closed", async () => {
    await (await createSafeFiles(folder)).write("keyring", bytes(9));
    expect(await (await createSafeFiles(folder)).read("keyring")).toEqual({
      ok: true,
      value: bytes(9),
    });
  });

  test("can be removed, also twice", async () => {
    const files = await createSafeFiles(folder);
    await files.write("vault", bytes(1));
    expect(await files.remove("vault")).toEqual({ ok: true, value: undefined });
    expect(await files.remove("vault")).toEqual({ ok: true, value: undefined });
    expect(await files.read("vault")).toEqual({ ok: true, value: undefined });
  });

  test("hold at most 1 MiB, and one byte more changes nothing", async () => {
    const files = await createSafeFiles(folder);
    expect((await files.write("vault", new Uint8Array(safeFileLimit))).ok).toBe(true);
    expect(await files.write("vault", new Uint8Array(safeFileLimit + 1))).toMatchObject({
      code: "TOO_LARGE",
    });
    expect(await files.read("vault")).toMatchObject({ value: { length: safeFileLimit } });
    await writeFile(join(folder, "keyring"), new Uint8Array(safeFileLimit + 1));
    expect(await files.read("keyring")).toMatchObject({ code: "TOO_LARGE" });
  });

  test.each(["../vault", "/etc/passwd", "device-secret", "vault/../x", "", "VAULT", "__proto__"])(
    "refuse the name %j",
    async (name) => {
      const files = await createSafeFiles(folder);
      const foreign = name as SafeFileName;
      expect(await files.read(foreign)).toMatchObject({ code: "BAD_REQUEST" });
      expect(await files.write(foreign, bytes(1))).toMatchObject({ code: "BAD_REQUEST" });
      expect(await files.remove(foreign)).toMatchObject({ code: "BAD_REQUEST" });
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test.skipIf(process.platform === "win32")("are readable by this account alone", async () => {
    const files = await createSafeFiles(folder);
    await files.write("vault", bytes(1));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, "vault"))).mode & 0o777).toBe(0o600);
  });

  test("of many writes at once the last one counts, and none is mixed", async () => {
    const files = await createSafeFiles(folder);
    const writes = Array.from({ length: 30 }, (_, round) =>
      files.write("vault", new Uint8Array(5_000).fill(round)),
    );
    const read = files.read("vault");
    expect((await Promise.all(writes)).every(({ ok }) => ok)).toBe(true);
    expect(await read).toEqual({ ok: true, value: new Uint8Array(5_000).fill(29) });
  });

  test.each([
    ["create", "EACCES", "NO_PERMISSION"],
    ["create", "EROFS", "NO_PERMISSION"],
    ["write", "ENOSPC", "DISK_FULL"],
    ["write", "EDQUOT", "DISK_FULL"],
    ["sync", "EIO", "DISK_FAILED"],
    ["rename", "EPERM", "NO_PERMISSION"],
    ["rename", "EIO", "DISK_FAILED"],
  ])(
    "when %s ends with %s, the old bytes stay and %s is told without a path",
    async (call, code, told) => {
      const files = await createSafeFiles(folder);
      await files.write("vault", bytes(1, 2, 3, 4));
      disk.fails.set(call, code);
      expect(await files.write("vault", bytes(5, 6, 7, 8))).toEqual({
        ok: false,
        code: told,
        detail: code,
      });
      disk.fails.clear();
      expect(await files.read("vault")).toEqual({ ok: true, value: bytes(1, 2, 3, 4) });
      expect(await readdir(folder)).toEqual(["vault"]);
    },
  );

  test("a file that cannot be read is said to be there, and is never taken for a missing one", async () => {
    const files = await createSafeFiles(folder);
    expect(await isSafeFileThere(folder, "vault")).toBe(false);
    await files.write("vault", bytes(1));
    expect(await isSafeFileThere(folder, "vault")).toBe(true);
    disk.fails.set("open", "EACCES");
    expect(await files.read("vault")).toMatchObject({ code: "NO_PERMISSION" });
    await rm(join(folder, "vault"));
    await mkdir(join(folder, "vault"));
    disk.fails.clear();
    expect((await files.read("vault")).ok).toBe(false);
    await chmod(folder, 0o700);
  });

  test("what an interrupted write left behind is cleared at the next start, and nothing else", async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "vault"), bytes(1));
    await writeFile(join(folder, "vault.0123456789abcdef.new"), bytes(2));
    await writeFile(join(folder, "somebody's.new"), bytes(3));
    await createSafeFiles(folder);
    expect((await readdir(folder)).toSorted()).toEqual(["somebody's.new", "vault"]);
  });
});

describe("a process killed in the middle of writing", () => {
  test("leaves the old bytes or the new ones, whole, every time", async () => {
    const length = 400_000;
    const files = await createSafeFiles(folder);
    await files.write("vault", new Uint8Array(length).fill(255));
    const bundle = await bundleForNode("electron/atomicFile.ts", "es");
    const script = `import { writeAtomically } from ${JSON.stringify(pathToFileURL(bundle).href)};
      const [path, length] = process.argv.slice(-2);
      process.stdout.write("begun");
      for (let round = 1; ; round++) {
        await writeAtomically(path, new Uint8Array(Number(length)).fill(round % 256));
      }`;
    let replaced = 0;
    let interrupted = 0;
    for (let round = 0; round < 8; round++) {
      const child = spawn(
        process.execPath,
        ["--input-type=module", "-e", script, "--", join(folder, "vault"), String(length)],
        {
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      await once(child.stdout, "data");
      const before = await readFile(join(folder, "vault"));
      // Kills at another moment of the write each time, without waiting for a clock.
      for (let turn = 0; turn < round * 6; turn++) await stat(folder);
      child.kill("SIGKILL");
      await once(child, "exit");
      const after = await readFile(join(folder, "vault"));
      expect(after.length).toBe(length);
      expect(after.every((byte) => byte === after[0])).toBe(true);
      if (!after.equals(before)) replaced++;
      if ((await readdir(folder)).length > 1) interrupted++;
      await createSafeFiles(folder);
      expect(await readdir(folder)).toEqual(["vault"]);
    }
    // Otherwise the loop would have tested nothing.
    expect(replaced + interrupted).toBeGreaterThan(0);
    await rm(dirname(bundle), { recursive: true, force: true });
  }, 60_000);
});
