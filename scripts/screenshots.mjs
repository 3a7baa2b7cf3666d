// Makes the README's screenshots: two made-up people in the real app. `npm run screenshots [FOLDER]`
// Every state of every screen, in each look, over an invented journal: `npm run screenshots -- --states FOLDER [NAME]`
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const words = process.argv.slice(2);
const states = words[0] === "--states";
const [named, only] = states ? words.slice(1) : words;
const folder = resolve(named ?? join(root, states ? "test-results/states" : "docs/screenshots"));
mkdirSync(folder, { recursive: true });
/** @param {string} file */
const load = async (file) => (await runnerImport(join(root, "test/support", file))).module;
const paths = states
  ? await (await load("shootStates.ts")).shootStates(folder, only)
  : await (await load("takeScreenshots.ts")).takeScreenshots(folder);
for (const path of paths) console.log(path);
