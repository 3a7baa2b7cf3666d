import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { serveScreens } from "../ui/serve.ts";
import { launchChromium } from "./chromium.ts";
import { screenStates } from "../ui/states.ts";
import type { ScreenState } from "../ui/stateSteps.ts";

/**
 * How a screen is looked at. `zoom`: the text size of the settings, 200 %. `query`: in another language; what somebody
 * would have to press by its English name is not pressed then.
 */
const looks = [
  { name: "light", width: 1100, dark: false, zoom: false, query: "" },
  { name: "dark", width: 1100, dark: true, zoom: false, query: "" },
  { name: "narrow", width: 360, dark: false, zoom: false, query: "" },
  { name: "large", width: 1100, dark: false, zoom: true, query: "" },
  { name: "german", width: 1100, dark: false, zoom: false, query: "language=de" },
  { name: "rtl", width: 1100, dark: false, zoom: false, query: "pseudo" },
] as const;
type Look = (typeof looks)[number];

/** Every state of every screen, over the invented journal, in each look. Gives the paths. */
export const shootStates = async (folder: string, only = ""): Promise<readonly string[]> => {
  mkdirSync(folder, { recursive: true });
  const made: string[] = [];
  const [browser, screens] = await Promise.all([launchChromium(), serveScreens()]);
  try {
    for (const state of screenStates.filter(({ name }) => name.startsWith(only))) {
      for (const look of looks.filter(({ query }) => query === "" || state.act === undefined))
        made.push(await shoot(browser, screens.origin, state, look, folder));
    }
    return made;
  } finally {
    await browser.close();
    await screens.close();
  }
};

const shoot = async (
  browser: Browser,
  origin: string,
  state: ScreenState,
  look: Look,
  folder: string,
): Promise<string> => {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 860 },
    colorScheme: look.dark ? "dark" : "light",
    reducedMotion: "reduce",
    locale: "en-GB",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const query = [state.query?.slice(1) ?? "", look.query].filter((part) => part !== "").join("&");
  await page.goto(`${origin}/?${query}`);
  if (state.outside !== true) await unlock(page);
  await bringTo(page, state);
  // The browser's own zoom of text, as the person's settings have it.
  if (look.zoom)
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  await page.mouse.move(0, 0);
  const path = join(folder, `${state.name}-${look.name}.png`);
  const part = state.part === undefined ? undefined : page.locator(state.part).first();
  if (part !== undefined && !(await page.getByRole("dialog").isVisible()))
    await part.screenshot({ path, animations: "disabled" });
  else await page.screenshot({ path, animations: "disabled", fullPage: true });
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wide > 0) console.log(`${path} is ${wide} px wider than its window`);
  await context.close();
  return path;
};

const unlock = async (page: Page): Promise<void> => {
  await page.locator("form input").first().fill("open sesame");
  await page.keyboard.press("Enter");
  await page.locator(".frame h1").first().waitFor();
};

const bringTo = async (page: Page, state: ScreenState): Promise<void> => {
  try {
    if (state.outside !== true) await page.evaluate((to) => (location.hash = to), state.place);
    await page.locator(state.ready).first().waitFor();
    await state.act?.(page);
  } catch (error) {
    console.log(`${state.name}: ${String(error).split("\n")[0]}`);
  }
};
