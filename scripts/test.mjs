// npm test: every check there is, in the order in which it is cheapest to hear of trouble. Stops at the first.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findBrowser } from "./start/browsers.mjs";
import { countTests, sumCounts } from "./test/counts.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const results = join(root, "test-results");
const require = createRequire(import.meta.url);

/**
 * The script that a package's command runs, so that no shell and no PATH is needed.
 * @param {string} packageName
 * @param {string} command
 */
const programOf = (packageName, command) => {
  const folder = join(root, "node_modules", packageName);
  const { bin } = require(join(folder, "package.json"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
};

/** @param {readonly string[]} words */
const node = (...words) => ({ program: process.execPath, words });

/** @param {readonly string[]} projects */
const vitest = (...projects) =>
  node(
    programOf("vitest", "vitest"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${resultFile(projects)}`,
    ...projects.flatMap((project) => ["--project", project]),
  );

/** @param {readonly string[]} projects */
const resultFile = (projects) => join(results, `${projects.join("-")}.json`);

const suites = [["logic", "rules"], ["browser"], ["e2e"]];

const steps = () => [
  { name: "format", ...node(programOf("oxfmt", "oxfmt"), "--check") },
  { name: "lint", ...node(programOf("oxlint", "oxlint"), "--deny-warnings") },
  { name: "types", ...node(join(root, "scripts", "typecheck.mjs")) },
  { name: "unused code", ...node(programOf("knip", "knip")) },
  { name: "import rules", ...node(join(root, "scripts", "architecture.mjs")) },
  { name: "build", ...node(programOf("vite", "vite"), "build", "--logLevel", "warn") },
  ...suites.map((projects) => ({ name: `tests: ${projects.join(", ")}`, ...vitest(...projects) })),
];

/** Debian's Chromium where nothing is installed and this account may install it. */
const provideBrowser = () => {
  if (findBrowser() !== undefined) return true;
  const mayInstall = process.platform === "linux" && process.getuid?.() === 0;
  if (mayInstall) {
    console.log("Installing Chromium for the tests that need a browser.");
    runStep({ program: "apt-get", words: ["update", "-qq"] });
    runStep({
      program: "apt-get",
      words: ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    });
  }
  return findBrowser() !== undefined;
};

/** @param {{program: string, words: readonly string[]}} step */
const runStep = ({ program, words }) =>
  spawnSync(program, words, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      DEBIAN_FRONTEND: "noninteractive",
      ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }),
    },
  }).status === 0;

const main = () => {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  if (!provideBrowser()) {
    console.error(
      "The tests need Chromium, Chrome or Edge. Install one, or name one in TWOFOLD_BROWSER.",
    );
    return 1;
  }
  for (const step of steps()) {
    const started = Date.now();
    console.log(`\n=== ${step.name}`);
    const passed = runStep(step);
    const seconds = ((Date.now() - started) / 1_000).toFixed(1);
    console.log(`=== ${step.name}: ${passed ? "passed" : "failed"} in ${seconds} s`);
    if (!passed) return 1;
  }
  return 0;
};

const code = main();
const counts = sumCounts(suites.map((projects) => countTests(readResult(resultFile(projects)))));
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
// A run in which nothing was tested is not a green one.
process.exitCode = code === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;

/** @param {string} file */
function readResult(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
