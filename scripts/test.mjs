// npm test: every check there is, in the order in which it is cheapest to hear of trouble. Stops at the first; what
// reads and runs nothing, two at a time.
import { spawn, spawnSync } from "node:child_process";
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

/** @param {Suite} suite */
const vitest = ({ projects, files = [] }) =>
  node(
    programOf("vitest", "vitest"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${resultFile(projects)}`,
    ...projects.flatMap((project) => ["--project", project]),
    ...files,
  );

/** @param {readonly string[]} projects */
const resultFile = (projects) => join(results, `${projects.join("-")}.json`);

/** @typedef {{projects: readonly string[], files?: readonly string[], env?: Record<string, string>}} Suite */

/** @type {readonly Suite[]} */
const suites = [
  { projects: ["logic", "standIns", "rules"] },
  { projects: ["browser"] },
  { projects: ["e2e"] },
  // Only to see that they run: what they measure says nothing in so short a time.
  {
    projects: ["bench"],
    files: ["years", "trace", "sealing", "savingMany", "capsule", "longHistory"].map(
      (name) => `test/bench/${name}.test.ts`,
    ),
    env: { BENCH_SHORT: "1" },
  },
];

const readings = () => [
  { name: "types", ...node(join(root, "scripts", "typecheck.mjs")) },
  { name: "format", ...node(programOf("oxfmt", "oxfmt"), "--check") },
  { name: "lint", ...node(programOf("oxlint", "oxlint"), "--deny-warnings") },
  { name: "unused code", ...node(programOf("knip", "knip")) },
  { name: "import rules", ...node(join(root, "scripts", "architecture.mjs")) },
  { name: "build", ...node(programOf("vite", "vite"), "build", "--logLevel", "warn") },
];

const steps = () =>
  suites.map((suite) => ({
    name: `tests: ${suite.projects.join(", ")}`,
    env: suite.env ?? {},
    ...vitest(suite),
  }));

/** @param {string} program */
const isThere = (program) =>
  spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;

/**
 * Debian's packages where they are missing and this account may install them: Chromium, without which nothing can be
 * tested; coturn and redis-server, without which the tests of relays and of several processes say that they were skipped.
 */
const provideTools = () => {
  const missing = [
    ...(findBrowser() === undefined ? ["chromium"] : []),
    ...(isThere("turnserver") ? [] : ["coturn"]),
    ...(isThere("redis-server") ? [] : ["redis-server"]),
  ];
  const mayInstall = process.platform === "linux" && process.getuid?.() === 0;
  if (mayInstall && missing.length > 0) {
    console.log(`Installing ${missing.join(", ")} for the tests.`);
    runStep({ program: "apt-get", words: ["update", "-qq"] });
    runStep({
      program: "apt-get",
      words: ["install", "-y", "-qq", "--no-install-recommends", ...missing],
    });
  }
  return findBrowser() !== undefined;
};

const surroundings = () => ({
  ...process.env,
  DEBIAN_FRONTEND: "noninteractive",
  ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }),
});

/** @param {{program: string, words: readonly string[], env?: Record<string, string>}} step */
const runStep = ({ program, words, env = {} }) =>
  spawnSync(program, words, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...surroundings(), ...env },
  }).status === 0;

/**
 * Runs beside another, and prints what it said when it is over.
 * @param {{name: string, program: string, words: readonly string[]}} step
 * @returns {Promise<boolean>}
 */
const runBeside = ({ name, program, words }) =>
  new Promise((tell) => {
    const started = Date.now();
    const child = spawn(program, words, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: surroundings(),
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        said += chunk;
      });
    child.once("close", (status) => {
      const passed = status === 0;
      const seconds = ((Date.now() - started) / 1_000).toFixed(1);
      console.log(`\n=== ${name}\n${said.trimEnd()}`);
      console.log(`=== ${name}: ${passed ? "passed" : "failed"} in ${seconds} s`);
      tell(passed);
    });
  });

/** @param {readonly Parameters<typeof runBeside>[0][]} all */
const runReadings = async (all) => {
  const waiting = [...all];
  let passed = true;
  const work = async () => {
    for (let step = waiting.shift(); passed && step !== undefined; step = waiting.shift())
      if (!(await runBeside(step))) passed = false;
  };
  await Promise.all([work(), work()]);
  return passed;
};

const main = async () => {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  if (!provideTools()) {
    console.error(
      "The tests need Chromium, Chrome or Edge. Install one, or name one in TWOFOLD_BROWSER.",
    );
    return 1;
  }
  if (!(await runReadings(readings()))) return 1;
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

const code = await main();
const counts = sumCounts(
  suites.map(({ projects }) => countTests(readResult(resultFile(projects)))),
);
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
