import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { pageAt } from "../ui/scenes.ts";
import { untilWriting, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const openAt = (place: string, ready: string, dark: boolean, width: number): Promise<Page> =>
  screens.openAt(place, ready, { dark, width });
const tooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
const pressKey = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("button", { name, exact: true }).last().focus();
  await page.keyboard.press("Enter");
};

const looks = [
  ["light", false, 1100],
  ["narrow", true, 360],
] as const;

test.each(looks)(
  "the versions of an entry are gone through by keyboard (%s)",
  async (_, dark, width) => {
    const page = await openAt(`/journal/${pageAt(2)}`, ".words", dark, width);
    await page.getByRole("button", { name: /^changed/ }).focus();
    await page.keyboard.press("Enter");
    const list = page.getByRole("listbox");
    await list.waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("role")))
      .toBe("option");
    await page.keyboard.press("ArrowUp");
    await page.locator(".version-sheet ins").first().waitFor();
    expect(await page.locator(".version-sheet").textContent()).toMatch(/Added:|Taken away:/);
    expect(await violations(page)).toEqual([]);
    expect(await tooWide(page)).toBe(false);
    await page.getByRole("switch", { name: "Show what changed" }).focus();
    await page.keyboard.press("Space");
    await page.locator(".version-sheet ins").first().waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
  },
);

test.each(looks)(
  "a first line is asked for, looked through and taken by keyboard (%s)",
  async (_, dark, width) => {
    const page = await openAt("/journal", ".line", dark, width);
    await pressKey(page, "Write an entry");
    await untilWriting(page);
    await pressKey(page, "Something to begin with");
    await page.getByRole("radio", { name: "Some days are quieter" }).focus();
    await page.keyboard.press("Space");
    const line = page.locator(".begin-line blockquote");
    const first = await line.textContent();
    await pressKey(page, "Another one");
    await expect.poll(() => line.textContent()).not.toBe(first);
    expect(await violations(page)).toEqual([]);
    expect(await tooWide(page)).toBe(false);
    const second = (await line.textContent()) ?? "";
    await pressKey(page, "Begin with this");
    // The line below the quote is where writing goes on.
    await page.waitForFunction(() => document.activeElement?.classList.contains("writing"));
    await page.keyboard.type("my own words");
    await expect.poll(() => page.locator(".writing blockquote").textContent()).toBe(second);
    expect(await page.locator(".writing > p").first().textContent()).toBe("my own words");
  },
);
