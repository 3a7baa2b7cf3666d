import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backupEnding } from "../../shared/bridge/backupNames.ts";
import { bundleForNode } from "../electron/bundle.ts";
import { makeProject, packageInto } from "../electron/packageKit.ts";
import { readAsar, writeAsar } from "../electron/readAsar.ts";
import { makeStubDist, shippedFuses } from "../electron/stubDist.ts";
import {
  findWrongFuses,
  findWrongInArchive,
  inspectPackage,
  readFuses,
} from "../../scripts/releasing/inspect.mjs";

describe.skipIf(process.platform !== "linux")("the packaged app", () => {
  let folder = "";
  let unpacked = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "twofold-package-"));
    const project = join(folder, "project");
    await mkdir(project);
    await makeProject(project);
    await makeStubDist(join(folder, "stub"), "45.4.1");
    unpacked = await packageInto(project, folder);
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("holds the bundles and its manifest, and not one file more", async () => {
    const { names } = await readAsar(join(unpacked, "resources", "app.asar"));
    expect(names).toEqual([
      "/dist",
      "/dist/electron",
      "/dist/electron/main.js",
      "/dist/electron/preload.cjs",
      "/dist/renderer",
      "/dist/renderer/assets",
      "/dist/renderer/assets/main-1.js",
      "/dist/renderer/assets/read-1.woff2",
      "/dist/renderer/before.js",
      "/dist/renderer/index.html",
      "/dist/renderer/licences.json",
      "/package.json",
    ]);
  });

  test("has nothing beside the archive that could be loaded in its place", async () => {
    expect(await readdir(join(unpacked, "resources"))).toEqual(["LICENSE.twofold.txt", "app.asar"]);
  });

  test("brings its own licence, Electron's and Chromium's", async () => {
    const names = await readdir(unpacked);
    expect(names).toContain("LICENSE.electron.txt");
    expect(names).toContain("LICENSES.chromium.html");
    expect(await readFile(join(unpacked, "resources", "LICENSE.twofold.txt"))).toEqual(
      await readFile(resolve("LICENSE")),
    );
  });

  test("starts our main process under its own name", async () => {
    const { read } = await readAsar(join(unpacked, "resources", "app.asar"));
    const manifest: unknown = JSON.parse(read("/package.json").toString());
    expect(manifest).toMatchObject({
      main: "dist/electron/main.js",
      productName: "Twofold",
      type: "module",
    });
  });

  test("has its fuses set: no Node mode, no NODE_OPTIONS, no inspector, only its own archive", async () => {
    const fuses = readFuses(await readFile(join(unpacked, "twofold")));
    // runAsNode, cookies, NODE_OPTIONS, --inspect, asar integrity, only asar, V8 snapshot, file:// privileges, wasm traps
    expect(fuses).toBe("010011001");
    expect(findWrongFuses(fuses)).toEqual([]);
    expect(findWrongFuses(shippedFuses)).toHaveLength(7);
    expect(findWrongFuses(`${fuses}0`)).toHaveLength(1);
  });

  test("is found right by the check that reads the real packages back", () => {
    expect(inspectPackage(unpacked, [resolve(".")])).toEqual([]);
  });

  test("is found wrong where a fuse, a file, a licence or what lies beside the archive is not as it is meant", async () => {
    const look = async (change: (copy: string) => Promise<unknown>): Promise<string[]> => {
      const copy = await mkdtemp(join(folder, "changed-"));
      await cp(unpacked, copy, { recursive: true });
      await change(copy);
      return inspectPackage(copy, []);
    };
    const flipped = async (copy: string) => {
      const binary = await readFile(join(copy, "twofold"));
      binary.write("1", binary.indexOf("010011001"), "latin1");
      await writeFile(join(copy, "twofold"), binary);
    };
    expect(await look(flipped)).toEqual(["the fuse runAsNode is not 0"]);
    expect(await look((copy) => mkdir(join(copy, "resources", "app")))).toEqual([
      "app lies beside the archive",
    ]);
    expect(await look((copy) => rm(join(copy, "LICENSES.chromium.html")))).toEqual([
      "LICENSES.chromium.html is missing",
    ]);
    // On Windows the program holds the archive's hash.
    expect(await look((copy) => rename(join(copy, "twofold"), join(copy, "Twofold.exe")))).toEqual([
      "Twofold.exe does not hold the archive's hash",
    ]);
  });

  test("on macOS and Windows it is right only where the program holds this archive's hash", async () => {
    const archive = join(unpacked, "resources", "app.asar");
    const { headerHash } = findWrongInArchive(archive, []);
    const windows = await mkdtemp(join(folder, "windows-"));
    await cp(unpacked, windows, { recursive: true });
    const program = await readFile(join(windows, "twofold"));
    await rm(join(windows, "twofold"));
    const withHash = (hash: string) =>
      Buffer.concat([program, Buffer.from(`[{"value":"${hash}"}]`)]);
    await writeFile(join(windows, "Twofold.exe"), withHash(headerHash));
    expect(inspectPackage(windows, [])).toEqual([]);
    await writeFile(join(windows, "Twofold.exe"), withHash("0".repeat(64)));
    expect(inspectPackage(windows, [])).toHaveLength(1);

    const mac = await mkdtemp(join(folder, "mac-"));
    const contents = join(mac, "Twofold.app", "Contents");
    const framework = join(contents, "Frameworks", "Electron Framework.framework");
    await mkdir(framework, { recursive: true });
    await cp(join(unpacked, "resources"), join(contents, "Resources"), { recursive: true });
    for (const name of ["LICENSE.electron.txt", "LICENSES.chromium.html"])
      await cp(join(unpacked, name), join(contents, "Resources", name));
    await writeFile(join(framework, "Electron Framework"), program);
    await writeFile(join(contents, "Info.plist"), `<string>${headerHash}</string>`);
    expect(inspectPackage(mac, [])).toEqual([]);
    await writeFile(join(contents, "Info.plist"), "<dict/>");
    expect(inspectPackage(mac, [])).toEqual(["Info.plist does not hold the archive's hash"]);
  });

  test("an archive with a map, a module, a test or a path of the building computer is found", async () => {
    const path = join(folder, "bad.asar");
    await writeAsar(path, {
      "dist/electron/main.js": "x",
      "dist/electron/preload.cjs": "x",
      "dist/renderer/index.html": "x",
      "dist/renderer/licences.json": "[]",
      "dist/renderer/assets/main-1.js.map": "{}",
      "dist/renderer/before.js": "'/home/somebody/twofold';\n//# sourceMappingURL=before.js.map",
      "node_modules/yjs/package.json": "{}",
      "test/some.test.js": "x",
    });
    expect(findWrongInArchive(path, ["/home/somebody"]).wrong.toSorted()).toEqual([
      "/dist/renderer/assets/main-1.js.map is in the archive",
      "/dist/renderer/before.js names a folder of the building computer",
      "/dist/renderer/before.js names a source map",
      "/node_modules/yjs/package.json is in the archive",
      "/test/some.test.js is in the archive",
    ]);
    await writeAsar(path, { "package.json": "{}" });
    expect(findWrongInArchive(path, []).wrong).toHaveLength(4);
  });

  test("brings only the languages it speaks", async () => {
    expect(await readdir(join(unpacked, "locales"))).toEqual([
      ...["de.pak", "en-GB.pak", "en-US.pak"],
    ]);
  });
});

test("files with the ending of what Twofold writes are opened with it", async () => {
  const chosen = await readFile(resolve("electron-builder.yml"), "utf8");
  expect(chosen).toContain(`fileAssociations:\n  - ext: ${backupEnding.slice(1)}\n`);
});

describe("the bundles", () => {
  const allowed = new Set([
    "electron",
    ...builtinModules.flatMap((name) => [name, `node:${name}`]),
    // ws asks for these two inside a try.
    "bufferutil",
    "utf-8-validate",
  ]);

  test.each([
    ["electron/main.ts", "es"],
    ["electron/preload.ts", "cjs"],
  ] as const)("%s needs no node_modules", async (entry, format) => {
    const bundle = await bundleForNode(entry, format);
    const source = await readFile(bundle, "utf8");
    await rm(dirname(bundle), { recursive: true, force: true });
    const names = [
      ...source.matchAll(/(?:^import .*?from |^import |require\w*\()["']([^"']+)["']/gm),
    ];
    expect(names.length).toBeGreaterThan(0);
    expect(names.map(([, name = ""]) => name).filter((name) => !allowed.has(name))).toEqual([]);
  });
});
