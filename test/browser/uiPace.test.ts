import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ height: 720, british: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test.each([
  ["light", { dark: false }],
  ["dark", { dark: true }],
  ["narrow", { width: 360 }],
  ["at twice the text", { text: 2 }],
] as const)("the deck is in order, and nothing runs over its edge: %s", async (_, look) => {
  const page = await screens.openAt("/us/pace", ".pace-card", look);
  await button(page, "What can be learnt all the same").press("Enter");
  expect(await violations(page)).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
});

test("cards are chosen and laid by the keyboard, and what was chosen is nowhere afterwards", async () => {
  const page = await screens.openAt("/us/pace", ".pace-card");
  const hug = page.getByRole("checkbox", { name: "A hug" });
  await hug.focus();
  await page.keyboard.press("Space");
  expect(await hug.isChecked()).toBe(true);
  await button(page, "Lay these cards").press("Enter");
  await button(page, "Take mine back").waitFor();
  expect(await page.getByRole("checkbox").count()).toBe(0);
  expect(await page.locator("main").innerText()).not.toContain("A hug");
  await button(page, "Take mine back").press("Enter");
  await page.getByText("You can lay cards again tomorrow.").waitFor();
});
