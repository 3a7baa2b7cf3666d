// Whether what was installed and built is newer than what it was made from.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What a build is made from. */
const sources = [
  "shared",
  "renderer",
  "electron",
  "server",
  "scripts/shell",
  "scripts/start",
  "vite.config.ts",
  "package-lock.json",
];

/** npm writes node_modules/.package-lock.json when it has finished. @param {string} root */
export const needsInstall = (root) =>
  changedAt(join(root, "node_modules", ".package-lock.json")) <
  Math.max(changedAt(join(root, "package-lock.json")), 1);

/** The build writes dist/built when it has finished. @param {string} root */
export const needsBuild = (root) => {
  const built = changedAt(join(root, "dist", "built"));
  return built === 0 || sources.some((source) => newestIn(join(root, source)) > built);
};

/** @param {string} path milliseconds since 1970, 0 where there is nothing */
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** @param {string} path @returns {number} */
const newestIn = (path) => {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  // A folder's own time tells of files that were taken away.
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
};
