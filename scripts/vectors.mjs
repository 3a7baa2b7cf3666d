// npm run vectors -- FILE: runs the real code against a file of TF/1 vectors and prints where they differ.
// Ends with 0 where all agree, 1 where something differs, 2 where the file cannot be used.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const ownFile = resolve(root, "test/vectors/data/tf1.json");

/** npm runs this in the project's folder; INIT_CWD is where the person is. */
const startedIn =
  process.env["npm_lifecycle_event"] === "vectors" ? process.env["INIT_CWD"] : undefined;

/** @type {(path: string) => string | undefined} */
const readContent = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

/** Plain Node 20 reads no TypeScript, so Vite does. */
const loadReport = async () => {
  /** @type {{ module: typeof import("../test/vectors/runVectors.ts") }} */
  const { module } = await runnerImport(resolve(root, "test/vectors/runVectors.ts"), {
    root,
    configFile: false,
    envFile: false,
    logLevel: "error",
  });
  return module.reportVectors;
};

const [given, ...others] = process.argv.slice(2);
const path = given === undefined ? ownFile : resolve(startedIn ?? process.cwd(), given);
const content = readContent(path);
if (others.length > 0) {
  console.log("One file at a time, please: npm run vectors -- FILE");
  process.exitCode = 2;
} else if (content === undefined) {
  console.log(`${path} cannot be read.`);
  process.exitCode = 2;
} else {
  const reportVectors = await loadReport();
  const { lines, exitCode } = await reportVectors(content);
  for (const line of lines) console.log(line);
  process.exitCode = exitCode;
}
