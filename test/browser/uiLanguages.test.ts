import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { languages } from "../../renderer/i18n/languages.ts";
import { violations } from "../support/axe.ts";
import { screenStates } from "../ui/states.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ width: 360 });

/** Screens of the open journal that somebody comes to without pressing anything; not told by English words. */
const places = screenStates.filter(
  ({ act, outside, query, ready }) =>
    act === undefined && outside !== true && query === undefined && !ready.includes("text"),
);

/** What no table said, as far as it can be told from what somebody wrote, which bears `dir="auto"` or stands among it. */
const latinLeft = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("button, label, legend, nav a, .help, .note, .quiet-state")]
      .filter((part) => part.checkVisibility() && part.closest("[dir=auto], [lang=en]") === null)
      .filter((part) => part.querySelector("[dir=auto], bdi, kbd, time, input, .brand") === null)
      .map((part) => part.textContent ?? "")
      .filter((text) => /[a-z]{3}/i.test(text) && !/[א-ת]/.test(text)),
  );

const wide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const openIn = async (query: string): Promise<Page> => {
  const page = await screens.open({ query });
  await page.locator("form input").first().fill("open sesame");
  await page.keyboard.press("Enter");
  await page.locator(".frame h1").first().waitFor();
  return page;
};

const look = async (page: Page, { place, ready }: (typeof places)[number]): Promise<void> => {
  await page.evaluate((to) => {
    location.hash = to;
  }, place);
  await page.locator(ready).first().waitFor();
};

const others = languages.filter(({ code }) => code !== "en").map(({ code }) => code);

test("from right to left every screen fits a narrow window, and says nothing that is not in the tables", async () => {
  const page = await openIn("?pseudo");
  expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe("rtl");
  const found: Record<string, unknown> = {};
  for (const state of places) {
    await look(page, state);
    found[state.name] = { wide: await wide(page), left: await latinLeft(page) };
  }
  expect(found).toEqual(
    Object.fromEntries(places.map(({ name }) => [name, { wide: 0, left: [] }])),
  );
});

test.each(others)("in %s every screen fits a narrow window and is in order", async (language) => {
  const page = await openIn(`?language=${language}`);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  const found: Record<string, unknown> = {};
  for (const state of places) {
    await look(page, state);
    found[state.name] = { wide: await wide(page), axe: await violations(page) };
  }
  expect(found).toEqual(Object.fromEntries(places.map(({ name }) => [name, { wide: 0, axe: [] }])));
});
