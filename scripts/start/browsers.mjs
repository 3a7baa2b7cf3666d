// Where an installed Chromium, Chrome or Edge is to be found, on each system, best first.
import { accessSync, constants, statSync } from "node:fs";
import { posix, win32 } from "node:path";

/**
 * @typedef {object} Surroundings what the search looks at; tests bring their own
 * @property {NodeJS.Platform} platform
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {(path: string) => boolean} isProgram
 */

/**
 * @typedef {object} Browser
 * @property {string} name as a person knows it
 * @property {string} path
 */

/** Names on the PATH of a Linux desktop. Snap and Flatpak wrappers come under the same names. */
const linuxNames = [
  ["chromium", "Chromium"],
  ["chromium-browser", "Chromium"],
  ["google-chrome-stable", "Chrome"],
  ["google-chrome", "Chrome"],
  ["microsoft-edge-stable", "Edge"],
  ["microsoft-edge", "Edge"],
  ["brave-browser", "Brave"],
];

const macApplications = [
  ["Chromium.app/Contents/MacOS/Chromium", "Chromium"],
  ["Google Chrome.app/Contents/MacOS/Google Chrome", "Chrome"],
  ["Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "Edge"],
  ["Brave Browser.app/Contents/MacOS/Brave Browser", "Brave"],
];

const windowsPrograms = [
  ["Chromium\\Application\\chrome.exe", "Chromium"],
  ["Google\\Chrome\\Application\\chrome.exe", "Chrome"],
  ["Microsoft\\Edge\\Application\\msedge.exe", "Edge"],
  ["BraveSoftware\\Brave-Browser\\Application\\brave.exe", "Brave"],
];

/** @type {Surroundings} */
export const thisComputer = {
  platform: process.platform,
  env: process.env,
  isProgram: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  },
};

/**
 * TWOFOLD_BROWSER, a full path, comes before anything that is found.
 * @param {Surroundings} [surroundings]
 * @returns {Browser | undefined}
 */
export const findBrowser = (surroundings = thisComputer) =>
  browserCandidates(surroundings).find(({ path }) => surroundings.isProgram(path));

/**
 * Every place that is looked at, in order.
 * @param {Surroundings} surroundings
 * @returns {Browser[]}
 */
export const browserCandidates = ({ platform, env }) => {
  const chosen = env["TWOFOLD_BROWSER"];
  const first = chosen ? [{ name: "the chosen browser", path: chosen }] : [];
  if (platform === "win32") return [...first, ...onWindows(env)];
  if (platform === "darwin") return [...first, ...onMac(env)];
  return [...first, ...onLinux(env)];
};

/** @param {Surroundings["env"]} env */
const onLinux = (env) => {
  const folders = (env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(":").filter(Boolean);
  return linuxNames.flatMap(([file = "", name = ""]) =>
    [...folders, "/snap/bin", "/var/lib/flatpak/exports/bin"].map((folder) => ({
      name,
      path: posix.join(folder, file),
    })),
  );
};

/** @param {Surroundings["env"]} env */
const onMac = (env) => {
  const home = env["HOME"];
  const folders = ["/Applications", ...(home ? [posix.join(home, "Applications")] : [])];
  return macApplications.flatMap(([file = "", name = ""]) =>
    folders.map((folder) => ({ name, path: posix.join(folder, file) })),
  );
};

/** @param {Surroundings["env"]} env */
const onWindows = (env) => {
  const folders = ["LOCALAPPDATA", "PROGRAMFILES", "PROGRAMFILES(X86)"]
    .map((name) => env[name])
    .filter((folder) => folder !== undefined);
  return windowsPrograms.flatMap(([file = "", name = ""]) =>
    folders.map((folder) => ({ name, path: win32.join(folder, file) })),
  );
};
