import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const line = (page: Page) => page.locator(".begin-line blockquote");

/** A new entry, with the way to a first line opened and a stage chosen. */
const askForLines = async (page: Page): Promise<string> => {
  await button(page, "Something to begin with").click();
  await page.getByRole("radio", { name: "Some days are quieter" }).focus();
  await page.keyboard.press("Space");
  return (await line(page).textContent()) ?? "";
};

const newEntry = async (page: Page): Promise<void> => {
  await page.evaluate(() => (location.hash = "/journal"));
  await button(page, "Write an entry").last().click();
  await page.locator(".writing").waitFor();
};

test("first lines come only when asked for, can be left, and none that was seen comes again by itself; an empty entry has no earlier versions", async () => {
  const page = await screens.openAt("/journal", ".line");
  await newEntry(page);
  await button(page, "Something to begin with").waitFor();
  expect(await line(page).count()).toBe(0);
  expect(await button(page, "Earlier versions").count()).toBe(0);

  // Left: nothing of it is on the page, and writing goes on.
  const first = await askForLines(page);
  await button(page, "Not now").click();
  await page.waitForFunction(() => document.activeElement?.classList.contains("writing"));
  expect(await page.locator(".begin-with").count()).toBe(0);
  expect(await page.locator(".writing").textContent()).toBe("");

  // Taken: the entry has words now, and a before.
  await newEntry(page);
  const second = await askForLines(page);
  await button(page, "Begin with this").click();
  await expect.poll(() => page.locator(".writing blockquote").textContent()).toBe(second);
  await button(page, "Earlier versions").waitFor();
  expect(await button(page, "Something to begin with").count()).toBe(0);

  // Every other one, and then no more by themselves.
  await newEntry(page);
  const seen = [first, second, await askForLines(page)];
  const nothingMore = page.getByText("You have seen all of these.");
  for (let turn = 0; turn < 60; turn++) {
    const last = seen.at(-1) ?? "";
    await button(page, "Another one").click();
    await page.waitForFunction(
      (before) => document.querySelector(".begin-line blockquote")?.textContent !== before,
      last,
    );
    if ((await nothingMore.count()) > 0) break;
    seen.push((await line(page).textContent()) ?? "");
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThanOrEqual(10);
  expect(await nothingMore.count()).toBe(1);

  // Another entry, the same: until somebody asks for those that were seen.
  await newEntry(page);
  await button(page, "Something to begin with").click();
  await page.getByRole("radio", { name: "Some days are quieter" }).focus();
  await page.keyboard.press("Space");
  await nothingMore.waitFor();
  await button(page, "Show earlier ones").click();
  await line(page).waitFor();
  expect(seen).toContain((await line(page).textContent()) ?? "");
});
