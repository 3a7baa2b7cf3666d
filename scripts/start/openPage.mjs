// Opens the served page: in an app window where there is a browser for that, else in the browser that the person uses.
import { homedir } from "node:os";
import { appWindowWords, hasScreen, systemOpener, userDataFolder } from "./appWindow.mjs";
import { findBrowser } from "./browsers.mjs";
import { ended, startChild } from "./children.mjs";
import { end, isEnding } from "./ending.mjs";
import { profileFolder } from "./places.mjs";

/** A window that is gone before this was never there. Milliseconds. */
export const soonMs = 2_000;

/** There a Chromium refuses to run with its sandbox. */
export const isRootOnLinux = process.platform === "linux" && process.getuid?.() === 0;

/**
 * @param {string} origin
 * @param {import("./run.mjs").Start} start
 */
export const openPage = async (origin, start) => {
  if (!hasScreen(process.platform, process.env))
    return console.log(`There is no screen here to open a window on. Open ${origin}/ yourself.`);
  const browser = findBrowser();
  if (browser !== undefined) {
    const done = await openWindow(browser, origin, start);
    if (done) return undefined;
    console.log(`${browser.name} did not open a window.`);
  }
  console.log(
    "Opening it in the browser you use, because no Chromium, Chrome or Edge that can open an app window was found.",
  );
  const { program, words } = systemOpener(process.platform, `${origin}/`);
  const code = await ended(startChild(program, words, { stdio: "ignore" }));
  if (code !== 0 && !isEnding()) console.log(`That did not work. Open ${origin}/ yourself.`);
  return undefined;
};

/**
 * True when the page is open, or was and everything has ended with it.
 * @param {import("./browsers.mjs").Browser} browser
 * @param {string} origin
 * @param {import("./run.mjs").Start} start
 */
const openWindow = async (browser, origin, { home, options }) => {
  const closing = process.platform === "darwin" ? "Quitting it" : "Closing it";
  console.log(
    `Opening a window of ${browser.name} that shares nothing with your everyday browsing. ${closing} ends Twofold.`,
  );
  if (isRootOnLinux) console.log("The browser runs without its sandbox, because root started it.");
  const { profile } = options;
  const userData = userDataFolder(browser, profileFolder(home, profile), profile, homedir());
  const words = appWindowWords(origin, userData, isRootOnLinux);
  const begun = Date.now();
  const code = await ended(startChild(browser.path, words, { stdio: "ignore" }));
  if (isEnding() || Date.now() - begun > soonMs) return end();
  if (code !== 0) return false;
  // It handed the page to a window that an earlier start had left open, and cannot say when that one closes.
  console.log("It opened in a window that was still there. Ctrl-C ends Twofold.");
  return true;
};
