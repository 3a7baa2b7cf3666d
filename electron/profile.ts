import { join } from "node:path";
import { accept, refuse, type Result } from "../shared/base/result.ts";

/** The last `--profile NAME` or `--profile=NAME` counts; "default" without one. */
export const readProfile = (argv: readonly string[]): Result<string, "BAD_PROFILE"> => {
  let name = "default";
  for (const [index, word] of argv.entries()) {
    const next = argv[index + 1] ?? "";
    if (word === "--profile") name = next.startsWith("--") ? "" : next;
    else if (word.startsWith("--profile=")) name = word.slice("--profile=".length);
  }
  return /^[a-z0-9-]{1,32}$/.test(name) ? accept(name) : refuse("BAD_PROFILE");
};

/** The prefix keeps names that Windows reserves ("con", "nul") from being a folder's name. */
export const profileFolder = (appData: string, profile: string): string =>
  join(appData, "Twofold", `profile-${profile}`);
