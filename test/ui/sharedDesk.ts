import type { Browser } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { type KeptPages, keepPages } from "./keptPages.ts";
import { serveScreens } from "./serve.ts";

/** Chromium, the served screens, and the pages that tests hand on to each other. */
export type SharedDesk = {
  readonly browser: Browser;
  readonly origin: string;
  readonly pages: KeptPages;
  /** Pages of a browser that is set to British English. */
  readonly britishPages: KeptPages;
};

let opened: Promise<SharedDesk> | undefined;

/**
 * The same for every file that this process runs (vitest.config.ts lets it run several), and gone with the process:
 * to start Chromium and to compile the screens takes as long as several tests.
 */
export const sharedDesk = (): Promise<SharedDesk> => (opened ??= openDesk());

const openDesk = async (): Promise<SharedDesk> => {
  const [browser, { origin }] = await Promise.all([launchChromium(), serveScreens()]);
  browser.on("disconnected", () => {
    opened = undefined;
  });
  return {
    browser,
    origin,
    pages: keepPages(browser, origin),
    britishPages: keepPages(browser, origin, { locale: "en-GB" }),
  };
};
