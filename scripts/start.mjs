// npm start. Nothing from npm at the top, so that it runs on a fresh clone; and nothing that an old Node cannot
// read before the sentence that says so.
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeProblem } from "./start/nodeVersion.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const problem = nodeProblem(process.version, manifest.engines.node);

if (problem === undefined) {
  void import("./start/run.mjs").then(({ run }) =>
    run({ root, version: manifest.version, words: process.argv.slice(2) }),
  );
} else {
  console.error(problem);
  process.exitCode = 1;
}
