// Checks the import rules (.dependency-cruiser.cjs), and that the checker saw the project at all.
import { spawnSync } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** dependency-cruiser is content with nothing when it cannot read TypeScript. */
const leastModules = 60;

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const cruiser = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
const folders = ["shared", "renderer", "electron", "server", "scripts"];

const { status, stdout } = spawnSync(
  process.execPath,
  [cruiser, "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders],
  { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 },
);
if (!stdout) {
  console.error("The import rules could not be checked.");
  process.exit(status || 1);
}
const { summary, modules } = JSON.parse(stdout);
const own = modules.filter(
  (/** @type {{source: string}} */ { source }) => !source.includes("node_modules"),
).length;
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`${own} modules, ${summary.error} violations of the import rules`);
if (own < leastModules) console.error(`Expected at least ${leastModules} modules.`);
process.exitCode = summary.error === 0 && own >= leastModules ? 0 : 1;
