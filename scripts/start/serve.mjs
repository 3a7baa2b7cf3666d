// Starts the browser shell (scripts/shell, built to dist/shell) and says where it is.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { end, endWith, stopWith } from "./ending.mjs";

/**
 * The origin of the page; where it cannot be served it says why and ends.
 * @param {import("./run.mjs").Start} start
 * @returns {Promise<string | undefined>}
 */
export const serve = async ({ root, home, version, options }) => {
  const { openShell } = await loadShell(root);
  const opened = await openShell({
    dist: join(root, "dist"),
    home,
    profile: options.profile,
    version,
    firstPort: portFrom("TWOFOLD_PORT", 47_100),
    rendezvousPort: portFrom("TWOFOLD_RENDEZVOUS_PORT", 47_180),
    lan: options.lan,
    log: console.log,
  });
  if (!opened.ok) return notServed(opened.code, opened.detail, options.profile);
  const { origin, addresses, reachesNetwork, stop } = opened.value;
  endWith(stop);
  console.log(
    `Twofold (profile ${options.profile}) is at ${origin}/ on this computer only. Ctrl-C ends it.`,
  );
  if (addresses.length === 0)
    console.log(
      "Another program uses the port where two Twofolds on this computer meet. Writing works; meeting waits until it is free.",
    );
  if (options.lan) sayHowToMeet(addresses, reachesNetwork);
  return origin;
};

/**
 * @param {readonly string[]} addresses
 * @param {boolean} reachesNetwork
 */
const sayHowToMeet = (addresses, reachesNetwork) => {
  const others = addresses.filter((address) => !address.startsWith("ws://127."));
  if (!reachesNetwork)
    console.log(
      "Another program on this computer holds the place where two Twofolds meet. For --lan, end that one first.",
    );
  else if (others.length > 0)
    console.log(`A second computer on your network can meet this one at ${others.join(" or ")}`);
};

/**
 * @param {import("../shell/main.ts").ShellCode} code
 * @param {string | undefined} port
 * @param {string} profile
 */
const notServed = (code, port, profile) => {
  if (code === "ALREADY_OPEN") {
    console.log(
      `Twofold is already open with the profile ${profile}, at http://127.0.0.1:${port}/. For another person: npm start -- --profile NAME`,
    );
    return end();
  }
  return stopWith(
    code === "PORT_TAKEN"
      ? `Another program uses port ${port}, which belongs to this profile's journal. End that program, then run npm start again.`
      : "Twofold could not find a port on this computer to serve its page on.",
  );
};

/**
 * @param {string} root
 * @returns {Promise<typeof import("../shell/main.ts")>}
 */
const loadShell = (root) => import(pathToFileURL(join(root, "dist", "shell", "main.js")).href);

/**
 * @param {string} name
 * @param {number} usual
 */
const portFrom = (name, usual) => {
  const port = Number(process.env[name] ?? usual);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : usual;
};
