// Makes the README's screenshots: two made-up people in the real app. `npm run screenshots [FOLDER]`
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = resolve(process.argv[2] ?? join(root, "docs/screenshots"));
mkdirSync(folder, { recursive: true });
const { module } = await runnerImport(join(root, "test/support/takeScreenshots.ts"));
for (const path of await module.takeScreenshots(folder)) console.log(path);
