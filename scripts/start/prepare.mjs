// Brings a fresh clone to where it can run: packages, then the build.
import { join } from "node:path";
import { ended, startChild } from "./children.mjs";
import { needsBuild, needsInstall } from "./freshness.mjs";
import { inTurn } from "./turn.mjs";

/**
 * Undefined when all is ready, else the sentence that says what stands in the way.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<string | undefined>}
 */
export const prepare = async (root, say) =>
  needsInstall(root) || needsBuild(root)
    ? inTurn(
        join(root, ".preparing"),
        () => say("Another npm start is preparing this folder. Waiting for it."),
        () => installAndBuild(root, say),
      )
    : undefined;

/**
 * @param {string} root
 * @param {(line: string) => void} say
 */
const installAndBuild = async (root, say) => {
  if (needsInstall(root)) {
    say(
      "Fetching the packages Twofold is made of from the npm registry (npm ci). This is only needed once.",
    );
    if (!(await runNpm(root)))
      return "The packages could not be fetched. The lines above say why; npm start tries again.";
  }
  if (needsBuild(root)) {
    say("Building Twofold. This takes some seconds.");
    const vite = join(root, "node_modules", "vite", "bin", "vite.js");
    const child = startChild(process.execPath, [vite, "build", "--logLevel", "warn"], {
      cwd: root,
      stdio: "inherit",
    });
    if ((await ended(child)) !== 0) return "Twofold could not be built. The lines above say why.";
  }
  return undefined;
};

/** @param {string} root */
const runNpm = async (root) => {
  // npm tells its scripts where it is; otherwise it is the one on the PATH (npm.cmd on Windows needs a shell).
  const npm = process.env["npm_execpath"];
  const words = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const options = /** @type {const} */ ({ cwd: root, stdio: "inherit" });
  const child = npm?.endsWith(".js")
    ? startChild(process.execPath, [npm, ...words], options)
    : startChild("npm", words, { ...options, shell: process.platform === "win32" });
  return (await ended(child)) === 0;
};
