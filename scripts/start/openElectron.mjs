import { ended, startChild } from "./children.mjs";
import { isRootOnLinux, soonMs } from "./openPage.mjs";
import { profileFolder } from "./places.mjs";
import { rememberShell } from "./shellKind.mjs";

/**
 * Runs until Electron's window is closed. False where it could not open a window at all: a library is missing,
 * or its sandbox is not allowed here.
 * @param {string} program
 * @param {import("./run.mjs").Start} start
 * @param {boolean} isFirst nothing was ever written with this profile
 */
export const openElectron = async (program, { root, home, options }, isFirst) => {
  if (isRootOnLinux)
    console.log("Electron runs without its sandbox here, because root started it.");
  const folder = profileFolder(home, options.profile);
  const stays = setTimeout(() => rememberShell(folder, "electron"), soonMs);
  const begun = Date.now();
  const words = [root, `--profile=${options.profile}`];
  if (isRootOnLinux) words.unshift("--no-sandbox");
  if (options.lan) words.push("--lan");
  const child = startChild(program, words, {
    stdio: "inherit",
    env: { ...process.env, TWOFOLD_HOME: home },
  });
  const code = await ended(child);
  clearTimeout(stays);
  return code === 0 || !isFirst || Date.now() - begun > soonMs;
};
