import { execFile } from "node:child_process";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { bundleForNode } from "./bundle.ts";

const run = promisify(execFile);

/** A copy of what packaging reads, with our real main process and preload and a page of one line. */
export const makeProject = async (folder: string): Promise<void> => {
  for (const name of ["package.json", "electron-builder.yml", "build", "LICENSE"]) {
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
    "renderer/before.js",
    "renderer/licences.json",
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

/** A proxy that is not there: whatever is fetched ends the build with an error. */
const nowhere = "http://127.0.0.1:9";

/** Packaged for Linux with the stub in `folder`/stub; answers where the unpacked app lies. */
export const packageInto = async (project: string, folder: string): Promise<string> => {
  const builder = resolve("node_modules/electron-builder/cli.js");
  const stub = join(folder, "stub");
  const choices = ["--linux", "--x64", "--dir", "--publish", "never", `-c.electronDist=${stub}`];
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
  return join(project, "release", "linux-unpacked");
};
