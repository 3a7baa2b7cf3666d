// npm start, once Node will do: prepare, choose a shell, open it.
import { findElectron, fetchElectron, mayFetchElectron } from "./electronBinary.mjs";
import { end, endOnSignals, isEnding, stopWith } from "./ending.mjs";
import { openElectron } from "./openElectron.mjs";
import { openPage } from "./openPage.mjs";
import { help, readOptions } from "./options.mjs";
import { dataFolder, profileFolder } from "./places.mjs";
import { prepare } from "./prepare.mjs";
import { serve } from "./serve.mjs";
import { chooseShell, rememberedShell, rememberShell } from "./shellKind.mjs";

/**
 * @typedef {object} Start
 * @property {string} root the project's folder
 * @property {string} home the data folder
 * @property {string} version
 * @property {import("./options.mjs").StartOptions} options
 */

/** @param {{root: string, version: string, words: readonly string[]}} called */
export const run = async ({ root, version, words }) => {
  const read = readOptions(words);
  if (!read.ok) return stopWith(read.sentence);
  const options = read.value;
  if (options.help) return console.log(help);
  endOnSignals();
  const obstacle = await prepare(root, console.log);
  if (isEnding()) return end();
  if (obstacle !== undefined) return stopWith(obstacle);
  const start = { root, home: dataFolder(), version, options };
  return options.open ? open(start) : serve(start);
};

/** @param {Start} start */
const open = async (start) => {
  const folder = profileFolder(start.home, start.options.profile);
  const remembered = rememberedShell(folder);
  const wantsBrowser = start.options.browser;
  const electron =
    wantsBrowser || remembered === "browser" ? undefined : await obtainElectron(start);
  const hasElectron = electron !== undefined;
  const { kind, sentence } = chooseShell({ remembered, wantsBrowser, hasElectron });
  if (isEnding()) return end();
  if (kind === "neither") return stopWith(sentence);
  console.log(sentence);
  if (kind === "electron" && electron !== undefined) {
    const stayed = await openElectron(electron, start, remembered === undefined);
    if (isEnding() || stayed) return end();
    console.log("Electron's window did not open here. In a browser window instead.");
  }
  const origin = await serve(start);
  if (origin === undefined) return undefined;
  if (remembered === undefined) rememberShell(folder, "browser");
  return openPage(origin, start);
};

/** @param {Start} start */
const obtainElectron = async ({ root, home }) => {
  const there = findElectron(root);
  if (there !== undefined || !mayFetchElectron(root, home, Date.now())) return there;
  console.log(
    "Fetching Electron's program from its makers' releases, once (about 120 MB). npm start -- --browser goes without it.",
  );
  return fetchElectron(root, home);
};
