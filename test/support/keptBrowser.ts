import type { Browser, BrowserContext } from "playwright-core";
import { chromium } from "playwright-core";
import { findBrowser } from "../../scripts/start/browsers.mjs";

/** A browser with a profile on the disk, as `npm start` opens it; it can be killed and started again. */
export type KeptBrowser = {
  readonly context: BrowserContext;
  /** SIGKILL to its main process: nothing is flushed, nobody is told. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** @param profile the folder of the profile */
export const openKeptBrowser = async (profile: string): Promise<KeptBrowser> => {
  const found = findBrowser();
  if (found === undefined) throw new Error("no Chromium, Chrome or Edge here");
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: found.path,
    viewport: { width: 1100, height: 800 },
    locale: "en-GB",
    args: [
      // It finds the browser of another person on this computer without multicast DNS.
      "--disable-features=WebRtcHideLocalIpsWithMdns",
      "--disable-background-networking",
      "--disable-component-update",
    ],
  });
  const browser = context.browser();
  if (browser === null) throw new Error("a context without a browser");
  const pid = await mainProcess(browser);
  return {
    context,
    kill: async () => {
      const gone = new Promise((resolve) => context.once("close", resolve));
      process.kill(pid, "SIGKILL");
      await gone;
    },
    close: () => context.close(),
  };
};

const mainProcess = async (browser: Browser): Promise<number> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const main = processInfo.find(({ type }) => type === "browser");
  if (main === undefined) throw new Error("a browser without a main process");
  return main.id;
};
