// Electron's program: where it is, and fetching it where it is not.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ended, endChild, startChild } from "./children.mjs";

const day = 86_400_000;
const patienceMs = 300_000;

/**
 * Undefined where the program is not there. Never asks the package itself: importing it starts a download.
 * @param {string} root
 */
export const findElectron = (root) => {
  const folder = join(root, "node_modules", "electron");
  const named = readText(join(folder, "path.txt"));
  const place = process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(folder, "dist");
  const program = named === undefined ? undefined : join(place, named.trim());
  return program !== undefined && existsSync(program) ? program : undefined;
};

/**
 * A failed attempt is remembered for a day, so that every start does not wait for it anew.
 * @param {string} root
 * @param {string} home
 * @param {number} now
 */
export const mayFetchElectron = (root, home, now) => {
  const text = readText(join(home, "electron-attempt.json"));
  if (text === undefined) return true;
  try {
    const { version, at } = JSON.parse(text);
    return version !== electronVersion(root) || !(now - at >= 0 && now - at < day);
  } catch {
    return true;
  }
};

/**
 * Runs Electron's own installer, which checks what it fetched against the checksums in its package.
 * @param {string} root
 * @param {string} home
 * @returns {Promise<string | undefined>} the program
 */
export const fetchElectron = async (root, home) => {
  const installer = join(root, "node_modules", "electron", "install.js");
  const child = startChild(process.execPath, [installer], {
    stdio: ["ignore", "inherit", "ignore"],
  });
  const late = setTimeout(() => endChild(child), patienceMs);
  const started = Date.now();
  const ticking = setInterval(() => {
    console.log(`Still fetching Electron (${Math.round((Date.now() - started) / 1_000)} s).`);
  }, 10_000);
  await ended(child);
  clearTimeout(late);
  clearInterval(ticking);
  const program = findElectron(root);
  const attempt = join(home, "electron-attempt.json");
  if (program === undefined) {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(attempt, JSON.stringify({ version: electronVersion(root), at: Date.now() }));
  } else rmSync(attempt, { force: true });
  return program;
};

/** @param {string} root @returns {string} */
const electronVersion = (root) =>
  JSON.parse(readFileSync(join(root, "node_modules", "electron", "package.json"), "utf8")).version;

/** @param {string} path */
const readText = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};
