// Where Twofold keeps what belongs to a person on this computer.
import { homedir } from "node:os";
import { join, posix, win32 } from "node:path";

/**
 * TWOFOLD_HOME stands above the system's own habit.
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} home
 */
export const dataFolder = (platform = process.platform, env = process.env, home = homedir()) => {
  const chosen = env["TWOFOLD_HOME"];
  if (chosen) return chosen;
  if (platform === "win32")
    return win32.join(env["APPDATA"] || win32.join(home, "AppData", "Roaming"), "Twofold");
  if (platform === "darwin") return posix.join(home, "Library", "Application Support", "Twofold");
  return posix.join(env["XDG_DATA_HOME"] || posix.join(home, ".local", "share"), "twofold");
};

/**
 * The prefix keeps names that Windows reserves ("con", "nul") from being a folder's name.
 * @param {string} home the data folder
 * @param {string} profile
 */
export const profileFolder = (home, profile) => join(home, `profile-${profile}`);
