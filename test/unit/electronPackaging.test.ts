import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleForNode } from "../electron/bundle.ts";
import { readAsar } from "../electron/readAsar.ts";
import { makeStubDist, readFuses, shippedFuses } from "../electron/stubDist.ts";

const run = promisify(execFile);

/** A copy of what packaging reads, with our real main process and preload and a page of one line. */
const makeProject = async (folder: string): Promise<void> => {
  for (const name of ["package.json", "electron-builder.yml", "build"]) {
    await cp(resolve(name), join(folder, name), { recursive: true });
  }
  const dist = join(folder, "dist");
  for (const part of ["electron", "renderer/assets", "server", "shell"]) {
    await mkdir(join(dist, part), { recursive: true });
  }
  for (const [entry, format, name] of [
    ["electron/main.ts", "es", "main.js"],
    ["electron/preload.ts", "cjs", "preload.cjs"],
  ] as const) {
    const bundle = await bundleForNode(entry, format);
    await rename(bundle, join(dist, "electron", name));
    await rm(dirname(bundle), { recursive: true, force: true });
  }
  const others = [
    "renderer/index.html",
    "renderer/assets/main-1.js",
    "renderer/assets/main-1.js.map",
    "renderer/assets/read-1.woff2",
    "server/main.js",
    "shell/main.js",
    "built",
  ];
  for (const name of others) await writeFile(join(dist, name), "x");
  await mkdir(join(folder, "electron"));
  await writeFile(join(folder, "electron", "main.ts"), "source");
  await writeFile(join(folder, ".env"), "secret");
  await mkdir(join(folder, "node_modules", "yjs"), { recursive: true });
  await writeFile(join(folder, "node_modules", "yjs", "package.json"), '{"name":"yjs"}');
};

describe.skipIf(process.platform !== "linux")("the packaged app", () => {
  let folder = "";
  let unpacked = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "twofold-package-"));
    const stub = join(folder, "stub");
    const project = join(folder, "project");
    await mkdir(project);
    await makeProject(project);
    await makeStubDist(stub, "45.4.1");
    const builder = resolve("node_modules/electron-builder/cli.js");
    const choices = ["--linux", "--x64", "--dir", "--publish", "never", `-c.electronDist=${stub}`];
    // A proxy that is not there: whatever is fetched ends the build with an error.
    const nowhere = "http://127.0.0.1:9";
    await run(process.execPath, [builder, ...choices], {
      cwd: project,
      env: {
        ...process.env,
        HTTP_PROXY: nowhere,
        HTTPS_PROXY: nowhere,
        http_proxy: nowhere,
        https_proxy: nowhere,
        ELECTRON_BUILDER_CACHE: join(folder, "cache"),
        electron_config_cache: join(folder, "cache"),
      },
    });
    unpacked = join(project, "release", "linux-unpacked");
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
      "/dist/renderer/index.html",
      "/package.json",
    ]);
  });

  test("has nothing beside the archive that could be loaded in its place", async () => {
    expect(await readdir(join(unpacked, "resources"))).toEqual(["app.asar"]);
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
    // runAsNode, cookies, NODE_OPTIONS, --inspect, asar integrity, only asar, V8 snapshot, file:// privileges
    expect(fuses.slice(0, 8)).toBe("01001100");
    expect(fuses.slice(0, 8)).not.toBe(shippedFuses.slice(0, 8));
  });

  test("brings only the languages it speaks", async () => {
    expect(await readdir(join(unpacked, "locales"))).toEqual(["en-GB.pak", "en-US.pak"]);
  });
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
      ...source.matchAll(/(?:^import .*?from |^import |\brequire\w*\()["']([^"']+)["']/gm),
    ];
    expect(names.length).toBeGreaterThan(0);
    expect(names.map(([, name = ""]) => name).filter((name) => !allowed.has(name))).toEqual([]);
  });
});
