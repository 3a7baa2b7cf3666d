// A journal lives in the shell it was made in: Electron's files or the browser window's own storage.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {"electron" | "browser"} ShellKind
 */

/** @param {string} profileFolder @returns {ShellKind | undefined} */
export const rememberedShell = (profileFolder) => {
  try {
    const kind = readFileSync(join(profileFolder, "shell"), "utf8").trim();
    return kind === "electron" || kind === "browser" ? kind : undefined;
  } catch {
    return undefined;
  }
};

/**
 * @param {string} profileFolder
 * @param {ShellKind} kind
 */
export const rememberShell = (profileFolder, kind) => {
  mkdirSync(profileFolder, { recursive: true, mode: 0o700 });
  writeFileSync(join(profileFolder, "shell"), `${kind}\n`);
};

/**
 * What to open, and the sentence that says so.
 * @param {object} facts
 * @param {ShellKind | undefined} facts.remembered
 * @param {boolean} facts.wantsBrowser
 * @param {boolean} facts.hasElectron
 * @returns {{kind: ShellKind, sentence: string} | {kind: "neither", sentence: string}}
 */
export const chooseShell = ({ remembered, wantsBrowser, hasElectron }) => {
  if (wantsBrowser) return { kind: "browser", sentence: "In a browser window, as you asked." };
  if (remembered === "browser")
    return {
      kind: "browser",
      sentence: "In a browser window, because this profile's journal was begun in one.",
    };
  if (hasElectron) return { kind: "electron", sentence: "In Electron, its own app window." };
  if (remembered === "electron")
    return {
      kind: "neither",
      sentence:
        "This profile's journal was begun in Electron, and Electron's program is not here now. Connect to the internet and run npm start again, or begin another one in a browser window: npm start -- --browser",
    };
  return {
    kind: "browser",
    sentence:
      "In a browser window, because Electron's program is not here and could not be fetched.",
  };
};
