// How the page is opened: in an app window of an installed browser, or in the browser that the person uses.
import { join, posix } from "node:path";

/**
 * Makers' own services that a Chromium-like browser would talk to on its own account. No page of Twofold
 * needs them.
 */
const silenced = [
  "google.com",
  "googleapis.com",
  "gstatic.com",
  "gvt1.com",
  "google-analytics.com",
  "googleusercontent.com",
  "microsoft.com",
  "bing.com",
  "msn.com",
  "live.com",
  "skype.com",
  "brave.com",
  "bravesoftware.com",
].flatMap((host) => [host, `*.${host}`]);

const features = [
  "AutofillServerCommunication",
  "CertificateTransparencyComponentUpdater",
  "DialMediaRouteProvider",
  "GlobalMediaControls",
  "InterestFeedContentSuggestions",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "Translate",
];

/**
 * An app window with a profile of its own, in which the browser itself contacts nobody.
 * @param {string} origin
 * @param {string} userData
 * @param {boolean} withoutSandbox
 */
export const appWindowWords = (origin, userData, withoutSandbox) => [
  `--app=${origin}/`,
  `--user-data-dir=${userData}`,
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-breakpad",
  "--disable-client-side-phishing-detection",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-sync",
  `--disable-features=${features.join(",")}`,
  `--host-resolver-rules=${silenced.map((host) => `MAP ${host} ~NOTFOUND`).join(",")}`,
  "--no-pings",
  // Nothing of ours is in a password store; without this the browser asks for the system's on some desktops.
  "--password-store=basic",
  ...(withoutSandbox ? ["--no-sandbox"] : []),
];

/**
 * A browser from a snap reads and writes only below its own folder of the home directory.
 * @param {import("./browsers.mjs").Browser} browser
 * @param {string} profileFolder
 * @param {string} profile
 * @param {string} personalFolder
 */
export const userDataFolder = (browser, profileFolder, profile, personalFolder) =>
  browser.path.startsWith("/snap/")
    ? posix.join(personalFolder, "snap", "chromium", "common", `twofold-${profile}`)
    : join(profileFolder, "browser");

/**
 * How each system opens an address in the browser that the person uses.
 * @param {NodeJS.Platform} platform
 * @param {string} address
 * @returns {{program: string, words: string[]}}
 */
export const systemOpener = (platform, address) => {
  if (platform === "darwin") return { program: "open", words: [address] };
  if (platform === "win32")
    return { program: "rundll32", words: ["url.dll,FileProtocolHandler", address] };
  return { program: "xdg-open", words: [address] };
};

/**
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export const hasScreen = (platform, env) =>
  platform === "win32" ||
  platform === "darwin" ||
  Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
