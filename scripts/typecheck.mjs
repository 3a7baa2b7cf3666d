// Runs TypeScript once per environment: each folder's tsconfig says what is in reach there.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const folders = ["shared", "server", "electron", "renderer", "scripts", "test"];
const manifest = createRequire(import.meta.url).resolve("@typescript/native/package.json");
const tsc = join(dirname(manifest), "bin", "tsc");

const wrong = folders.filter((folder) => {
  if (!existsSync(join(root, folder, "tsconfig.json"))) {
    console.log(`${folder}: has no tsconfig.json`);
    return true;
  }
  const { status } = spawnSync(process.execPath, [tsc, "-p", folder], {
    cwd: root,
    stdio: "inherit",
  });
  console.log(`${folder}: ${status === 0 ? "typechecks" : "does not typecheck"}`);
  return status !== 0;
});
process.exitCode = wrong.length === 0 ? 0 : 1;
