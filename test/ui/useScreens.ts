import type { Browser, Page } from "playwright-core";
import { beforeAll, onTestFinished } from "vitest";
import { contextLook, type KeptPages, type Look } from "./keptPages.ts";
import { type SharedDesk, sharedDesk } from "./sharedDesk.ts";

/** `query` is what test/ui/main.tsx takes; `text` the size of the text, 2 being twice; `british` the browser's language. */
export type Start = Look & {
  readonly query?: string;
  readonly text?: number;
  readonly british?: boolean;
};

/** Chromium and the screens of test/ui/main.tsx, for the tests of one file. */
export type Screens = {
  readonly browser: () => Browser;
  readonly origin: () => string;
  /** What a page complained of, from the first test on: errors on the console, and what nobody caught. */
  readonly complaints: readonly string[];
  /** The first screen there is. */
  readonly open: (start?: Start) => Promise<Page>;
  /** Unlocked, at the journal. */
  readonly openJournal: (start?: Start) => Promise<Page>;
  /** Unlocked, at this place, as soon as what is named is there. */
  readonly openAt: (hash: string, ready: string, start?: Start) => Promise<Page>;
  /**
   * The same in a context of its own, for what would stay for the tests that follow, such as a clock in the test's hand.
   * @param prepare before anything is on the page
   */
  readonly openAlone: (
    hash: string,
    ready: string,
    start?: Start,
    prepare?: (page: Page) => Promise<void>,
  ) => Promise<Page>;
  /** Within a test that goes on: done with this page. */
  readonly leave: (page: Page) => Promise<void>;
};

export const useScreens = (usual: Start = {}): Screens => {
  let desk: SharedDesk | undefined;
  const complaints: string[] = [];
  beforeAll(async () => {
    desk = await sharedDesk();
  });

  const addressOf = ({ query = "" }: Start): string => `${there(desk).origin}/${query}`;

  const pagesOf = ({ british = false }: Start): KeptPages =>
    british ? there(desk).britishPages : there(desk).pages;

  const open = async (start: Start = {}): Promise<Page> => {
    const given = { ...usual, ...start };
    const page = await pagesOf(given).open(addressOf(given), given, (opened) =>
      listen(opened, complaints),
    );
    await enlarge(page, given);
    return page;
  };
  const openAt: Screens["openAt"] = async (hash, ready, start) => {
    const page = await open(start);
    await unlock(page);
    await go(page, hash, ready);
    return page;
  };

  return {
    browser: () => there(desk).browser,
    origin: () => there(desk).origin,
    complaints,
    open,
    openJournal: async (start) => {
      const page = await openAt("/journal", "main h1", start);
      await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Journal");
      return page;
    },
    openAt,
    openAlone: async (hash, ready, start = {}, prepare = async () => {}) => {
      const given = { ...usual, ...start };
      const context = await there(desk).browser.newContext(contextLook(given));
      onTestFinished(() => context.close());
      const page = await context.newPage();
      await prepare(page);
      listen(page, complaints);
      await page.goto(addressOf(given));
      await enlarge(page, given);
      await unlock(page);
      await go(page, hash, ready);
      return page;
    },
    leave: (page) => pagesOf(usual).leave(page),
  };
};

const there = <Thing>(thing: Thing | undefined): Thing => {
  if (thing === undefined) throw new Error("opened outside of a test");
  return thing;
};

const listen = (page: Page, complaints: string[]): void => {
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
};

const enlarge = async (page: Page, { text = 1 }: Start): Promise<void> => {
  if (text === 1) return;
  await page.evaluate(
    (size) => {
      document.documentElement.style.fontSize = size;
    },
    `${text * 100}%`,
  );
};

/** With the passphrase and Enter, as a person does; Today is the first they see. */
export const unlock = async (page: Page): Promise<void> => {
  await untilShown(page, "form input");
  await page.getByLabel("Passphrase", { exact: true }).fill("open sesame");
  await page.keyboard.press("Enter");
  await untilShown(page, ".today");
};

/** By the address, as often as it takes until the app, which listens a moment after it is drawn, has taken it in. */
export const go = async (page: Page, hash: string, ready: string): Promise<void> => {
  await page.evaluate(async (to) => {
    location.hash = to;
    for (let frames = 0; frames < 300; frames += 1) {
      dispatchEvent(new HashChangeEvent("hashchange"));
      if (location.hash !== `#${to}`) return;
      await new Promise(requestAnimationFrame);
    }
    throw new Error(`nobody took in #${to}`);
  }, hash);
  await untilShown(page, ready);
};

/** Looked for in the page with every frame it draws, not from here every half second. */
const untilShown = async (page: Page, selector: string): Promise<void> => {
  await page.waitForFunction((wanted) => {
    const [found] = document.querySelectorAll(wanted);
    return (
      found?.checkVisibility({ visibilityProperty: true }) === true &&
      found.getClientRects().length > 0
    );
  }, selector);
};

/** The cursor comes a moment after the paper and takes the focus along: until then a key goes astray. */
export const untilWriting = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.activeElement?.matches(".writing"));
};
