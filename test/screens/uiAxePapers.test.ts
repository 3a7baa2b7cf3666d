import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { type Look } from "../ui/keptPages.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");

const screens = useScreens();

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" }).first();

/** Which invented pages the journal holds: test/ui/main.tsx. */
const invented = ["papers", "threads", "scenes", "none"] as const;

type Screen = {
  readonly name: string;
  readonly pages: (typeof invented)[number];
  readonly place: string;
  /** A selector, there once the screen is. */
  readonly ready: string;
  /** What is pressed there, one after another, and what is there then. */
  readonly press?: string | RegExp | readonly (string | RegExp)[];
  readonly shows?: string;
};

const papers = (
  name: string,
  number: number,
  ready: string,
  more: Partial<Screen> = {},
): Screen => ({
  name,
  pages: "papers",
  place: `/letters/${id(number)}`,
  ready,
  ...more,
});

const looked: readonly Screen[] = [
  { name: "letters", pages: "papers", place: "/letters", ready: ".line" },
  {
    name: "what to write",
    pages: "papers",
    place: "/letters",
    ready: ".line",
    press: "Write",
    shows: "[role=dialog]",
  },
  {
    name: "before a letter of responsibility",
    pages: "none",
    place: "/letters",
    ready: ".empty",
    press: ["Choose what to write", "A letter of responsibility"],
    shows: ".reading",
  },
  {
    name: "before a disclosure, is it safe",
    pages: "none",
    place: "/letters",
    ready: ".empty",
    press: ["Choose what to write", "A disclosure"],
    shows: "text=Before you begin: is it safe?",
  },
  {
    name: "before a disclosure, who may ask for it",
    pages: "none",
    place: "/letters",
    ready: ".empty",
    press: ["Choose what to write", "A disclosure", "Go on"],
    shows: ".tick",
  },
  { name: "no letters yet", pages: "none", place: "/letters", ready: ".empty" },
  papers("told, closed", 40, ".closed"),
  papers("told, open and changed", 41, ".letter .words"),
  papers("how it read before", 41, ".letter .words", { press: /^changed/, shows: ".version" }),
  papers("a letter for another day", 42, ".put-off"),
  papers("a letter of impact", 43, ".letter .words"),
  papers("a disclosure with an addition, closed", 44, ".letter .words"),
  papers("a reply for a session", 46, "main .letter"),
  papers("withdrawn", 47, ".withdrawn"),
  papers("a letter of responsibility", 48, ".letter .words"),
  papers("my letter of impact, heard", 50, ".letter .words"),
  papers("withdrawing", 50, ".own-tools", { press: "Withdraw…", shows: "[role=alertdialog]" }),
  papers("a draft that rests", 60, ".writing"),
  papers("a letter of impact, being written", 61, ".writing"),
  papers("until when it rests", 61, ".rest", { press: "Let it rest…", shows: "[role=dialog]" }),
  papers("a disclosure, being written", 62, ".writing"),
  papers("a reply, before the pause is over", 63, ".writing"),
  {
    name: "an own entry, changed",
    pages: "papers",
    place: `/journal/${id(70)}`,
    ready: ".writing",
  },
  {
    name: "a long thread",
    pages: "threads",
    place: `/questions/${id(100)}`,
    ready: ".letter .words",
  },
  {
    name: "a thread, heard and changed",
    pages: "threads",
    place: `/questions/${id(200)}`,
    ready: ".letter .words",
  },
  {
    name: "asked of me, with a day",
    pages: "threads",
    place: `/questions/${id(300)}`,
    ready: ".letter",
  },
  {
    name: "a withdrawn question",
    pages: "threads",
    place: `/questions/${id(400)}`,
    ready: ".withdrawn",
  },
  { name: "questions", pages: "threads", place: "/questions", ready: ".line" },
  {
    name: "enough for today",
    pages: "threads",
    place: "/questions",
    ready: ".line",
    press: /^Enough/,
    shows: ".enough",
  },
  {
    name: "asking",
    pages: "scenes",
    place: "/questions",
    ready: ".line",
    press: "Ask a question",
    shows: ".writing",
  },
  { name: "settings", pages: "scenes", place: "/settings", ready: ".setting" },
];

const show = async (page: Page, screen: Screen): Promise<void> => {
  // Away first, so that what was pressed there before is not still so.
  await go(page, "/room", ".room form");
  await go(page, screen.place, screen.ready);
  for (const each of [screen.press ?? []].flat()) await button(page, each).click();
  if (screen.shows !== undefined) await page.locator(screen.shows).first().waitFor();
};

const putAway = async (page: Page): Promise<void> => {
  const sheet = page.locator("[role=dialog], [role=alertdialog]");
  if ((await sheet.count()) > 0) {
    await page.keyboard.press("Escape");
    // A key between this Esc and the next sheet's: two in a row would step out.
    await page.keyboard.press("Shift");
  }
  await sheet.waitFor({ state: "detached" });
  await page.evaluate(() => window.scene.journal.set.enough(false));
};

const eachScreen = async <Found>(
  look: Look,
  find: (page: Page) => Promise<Found>,
): Promise<Readonly<Record<string, Found>>> => {
  const found: Record<string, Found> = {};
  for (const pages of invented) {
    const page = await screens.openJournal({ ...look, query: `?pages=${pages}` });
    for (const screen of looked.filter((each) => each.pages === pages)) {
      await show(page, screen);
      found[screen.name] = await find(page);
      await putAway(page);
    }
    await screens.leave(page);
  }
  return found;
};

const all = <Value>(value: Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(looked.map(({ name }) => [name, value]));

const primaries = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const sheet = document.querySelector("[role=dialog], [role=alertdialog]");
    return (sheet ?? document).querySelectorAll(".btn.primary").length;
  });

/** What the dark changes are colours alone. */
const unreadableInTheDark = async (page: Page): Promise<readonly string[]> => {
  await page.emulateMedia({ colorScheme: "dark" });
  const found = await violations(page, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: "light" });
  return found;
};

test(
  "every screen of letters, threads and asking is in order, can be read in the dark, and has one primary button at most",
  { timeout: 240_000 },
  async () => {
    const found = await eachScreen({ width: 1280 }, async (page) => ({
      wrong: await violations(page),
      inTheDark: await unreadableInTheDark(page),
      crowded: (await primaries(page)) > 1,
    }));
    expect(found).toEqual(all({ wrong: [], inTheDark: [], crowded: false }));
  },
);

test("narrow, none of them scrolls sideways", { timeout: 240_000 }, async () => {
  const tooWide = (page: Page) =>
    page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
  expect(await eachScreen({ width: 360 }, tooWide)).toEqual(all(0));
});

test("the policy refused nothing that a screen wanted, and no screen broke", () => {
  expect(screens.complaints).toEqual([]);
});
