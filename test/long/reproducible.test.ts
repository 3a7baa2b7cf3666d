import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject, packageInto } from "../electron/packageKit.ts";
import { makeStubDist } from "../electron/stubDist.ts";

const run = promisify(execFile);
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-reproducible-"));
  // Once for both: while these tests run, somebody may go on writing.
  for (const name of [...sources, ...files])
    await cp(resolve(name), join(folder, "source", name), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sources = ["renderer", "shared", "electron", "server", "scripts", "build"];
const files = ["package.json", "package-lock.json", "tsconfig.base.json", "vite.config.ts"];

/** Built from a copy at a place of its own, at a moment of its own. */
const buildAt = async (place: string, epoch: string): Promise<Map<string, Buffer>> => {
  await cp(join(folder, "source"), place, { recursive: true });
  await symlink(resolve("node_modules"), join(place, "node_modules"), "junction");
  await run(
    process.execPath,
    [join("node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "error"],
    { cwd: place, env: { ...process.env, NODE_ENV: "production", SOURCE_DATE_EPOCH: epoch } },
  );
  const dist = join(place, "dist");
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const built = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    await Promise.all(
      built
        .toSorted()
        .map(async (path) => [path.slice(dist.length), await readFile(path)] as const),
    ),
  );
};

test("whoever builds it elsewhere and later gets the same bytes, and none of them names the place", async () => {
  const one = await buildAt(join(folder, "here"), "1700000000");
  const other = await buildAt(join(folder, "a longer name for a place"), "1800000000");
  expect(one.size).toBeGreaterThan(10);
  expect([...other.keys()]).toEqual([...one.keys()]);
  const differing = [...one].filter(([name, bytes]) => other.get(name)?.equals(bytes) !== true);
  expect(differing.map(([name]) => name)).toEqual([]);
  // What is installed is linked here, and named by where it lies; that is for scripts/checkPackage.mjs to look at.
  const named = [...one].filter(([, bytes]) => bytes.includes(folder));
  expect(named.map(([name]) => name)).toEqual([]);
});

test.skipIf(process.platform !== "linux")(
  "the same files make the same archive, byte for byte",
  async () => {
    await makeStubDist(join(folder, "stub"), "45.4.1");
    const project = join(folder, "project");
    await mkdir(project);
    await makeProject(project);
    await cp(project, join(folder, "again"), { recursive: true });
    const archives = [];
    for (const place of [project, join(folder, "again")])
      archives.push(
        await readFile(join(await packageInto(place, folder), "resources", "app.asar")),
      );
    expect(archives[0]?.equals(archives[1] ?? Buffer.alloc(0))).toBe(true);
  },
);
