import { onTestFinished } from "vitest";
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  CDPSession,
  Page,
} from "playwright-core";
import { emptyPath } from "./serve.ts";

/** What a page looks like to those who build for it: everything of it is set anew for each test. */
export type Look = {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Motion is kept small unless a test is about it. */
  readonly moves?: boolean;
  /** How long anything may take to come, ms. */
  readonly patience?: number;
};

export type KeptPages = {
  /**
   * For the test that runs now, and until it ends: a page where nobody has been, at this address.
   * @param before what has to listen from the first moment
   */
  readonly open: (address: string, look: Look, before?: (page: Page) => void) => Promise<Page>;
  /** Within a test that goes on: done with this page, so that the next one need not be a new one. */
  readonly leave: (page: Page) => Promise<void>;
};

type Kept = {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly devtools: CDPSession;
  taken: boolean;
};

/**
 * A new context begins a new process that compiles the whole program once more: two seconds of a processor. So a page
 * is used by one test after the other, and between them nothing stays of it but what the browser has compiled. The
 * document goes, and with it the memory, the listeners, the timers and the workers; storage, history and the name of
 * the window are emptied and looked at; the hand of the mouse leaves. What cannot be taken back (scripts for every
 * page, routes, permissions, another clock) a kept page refuses: for that a test opens a context of its own.
 * A page whose test did not pass is not used again.
 */
export const keepPages = (
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): KeptPages => {
  const all = new Set<Kept>();

  const obtain = async (): Promise<Kept> => {
    const free = [...all].find(({ taken, page }) => !taken && !page.isClosed());
    if (free !== undefined) return Object.assign(free, { taken: true });
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    refuseWhatStays(context);
    const made = { context, page, devtools, taken: true };
    all.add(made);
    return made;
  };

  const handBack = async (kept: Kept, passed: boolean): Promise<void> => {
    if (passed && !kept.page.isClosed()) {
      await emptyOut(kept, origin);
      kept.taken = false;
      return;
    }
    all.delete(kept);
    await kept.context.close();
  };

  return {
    open: async (address, look, before) => {
      const kept = await obtain();
      onTestFinished(async ({ task }) => {
        if (kept.taken) await handBack(kept, task.result?.state === "pass");
      });
      const { page } = kept;
      const { viewport, ...media } = contextLook(look);
      page.setDefaultTimeout(look.patience ?? usualPatience);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ media: null, forcedColors: null, contrast: null, ...media });
      before?.(page);
      await page.goto(address);
      return page;
    },
    leave: async (page) => {
      const [kept] = [...all].filter((each) => each.page === page);
      if (kept !== undefined) await handBack(kept, true);
    },
  };
};

export const contextLook = ({ width = 1280, height = 860, dark = false, moves = false }: Look) =>
  ({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    reducedMotion: moves ? "no-preference" : "reduce",
  }) as const;

/** Playwright's own. */
const usualPatience = 30_000;

/** Everything a test listens to. Playwright's own ears (close, crash) stay. */
const events = [
  "console",
  "dialog",
  "domcontentloaded",
  "download",
  "filechooser",
  "frameattached",
  "framedetached",
  "framenavigated",
  "load",
  "pageerror",
  "popup",
  "request",
  "requestfailed",
  "requestfinished",
  "response",
  "websocket",
  "worker",
] as const;

const emptyOut = async ({ context, page, devtools }: Kept, origin: string): Promise<void> => {
  page.setDefaultTimeout(usualPatience);
  for (const event of events) page.removeAllListeners(event);
  await page.mouse.move(-100, -100);
  await page.goto(`${origin}${emptyPath}`);
  for (const key of ["Shift", "Control", "Alt", "Meta"]) await page.keyboard.up(key);
  await devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  await devtools.send("Page.resetNavigationHistory");
  const left = await page.evaluate(async () => {
    sessionStorage.clear();
    window.name = "";
    return [
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      await navigator.storage.getDirectory().then(async (folder) => {
        let entries = 0;
        for await (const _ of (folder as unknown as { keys: () => AsyncIterable<string> }).keys())
          entries += 1;
        return entries;
      }),
      document.cookie.length,
      history.length - 1,
    ];
  });
  if (left.some((count) => count !== 0) || context.pages().length !== 1)
    throw new Error(`A test leaves something for the next: ${left.join(", ")}`);
};

const refuseWhatStays = (context: BrowserContext): void => {
  const refuse = () => {
    throw new Error("This stays for the tests that follow: open a context of its own for it.");
  };
  const [page] = context.pages();
  const staying = {
    addInitScript: refuse,
    exposeBinding: refuse,
    exposeFunction: refuse,
    route: refuse,
    routeFromHAR: refuse,
    routeWebSocket: refuse,
    setDefaultNavigationTimeout: refuse,
    setExtraHTTPHeaders: refuse,
  };
  Object.assign(context, staying, {
    addCookies: refuse,
    grantPermissions: refuse,
    setGeolocation: refuse,
    setOffline: refuse,
  });
  Object.assign(context.clock, { install: refuse, setFixedTime: refuse, pauseAt: refuse });
  if (page !== undefined) Object.assign(page, staying);
};
