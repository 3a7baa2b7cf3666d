import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import type { Look } from "../ui/keptPages.ts";
import { looks } from "../ui/looks.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const openJournal = (look: Look = {}): Promise<Page> =>
  screens.openAt("/journal", ".virtual-lines", look);

const field = (page: Page) => page.getByRole("textbox", { name: "Look for words" });
const found = (page: Page) => page.getByRole("region", { name: "Found entries" });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

test("by the keyboard alone: / to the field, words, down into what was found, Enter, and back to the same line", async () => {
  const page = await openJournal();
  await page.keyboard.press("/");
  expect(await field(page).evaluate((it) => it === document.activeElement)).toBe(true);
  await page.keyboard.type("silence");
  const line = found(page).getByRole("link", { name: "Sunday, without phones" });
  await line.waitFor();
  expect(await page.locator(".virtual-lines").count()).toBe(0);
  expect(await line.locator("mark").allTextContents()).toContain("silence");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toContain("Sunday, without phones");
  await page.keyboard.press("ArrowUp");
  expect(await field(page).evaluate((it) => it === document.activeElement)).toBe(true);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Sunday, without phones" }).waitFor();
  await page.getByRole("link", { name: "Journal" }).last().click();
  await line.waitFor();
  expect(await field(page).inputValue()).toBe("silence");
  await page.waitForFunction(() =>
    document.activeElement?.textContent?.includes("Sunday, without phones"),
  );
});

test("one Esc takes the words out and nothing else; Esc Esc steps out from the field too", async () => {
  const page = await openJournal();
  await page.keyboard.press("/");
  await page.keyboard.type("silence");
  await found(page).getByRole("link").first().waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".virtual-lines").waitFor();
  expect(await field(page).inputValue()).toBe("");
  expect(await page.evaluate(() => window.scene.journal.locked())).toBe(false);
  await page.keyboard.type("a");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Come back" }).waitFor();
});

test("where nothing has the words it says so, and says no number anywhere", async () => {
  const page = await openJournal();
  await page.keyboard.press("/");
  await page.keyboard.type("zeppelin");
  await page.getByRole("status").getByText("No entry has these words").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.type("i");
  await page.getByRole("status").getByText("These entries have the words.").waitFor();
  expect(await page.locator(".finding [role=status]").innerText()).not.toMatch(/\d/);
});

test("what was looked for is in no address and no store, and is forgotten with the lock", async () => {
  const page = await openJournal();
  await page.keyboard.press("/");
  await page.keyboard.type("silence");
  await found(page).getByRole("link").first().waitFor();
  const kept = await page.evaluate(() => [
    location.href,
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    document.title,
  ]);
  expect(kept.join(" ")).not.toContain("silence");
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill("open sesame");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Journal" }).first().click();
  await page.locator(".virtual-lines").waitFor();
  expect(await field(page).inputValue()).toBe("");
});

test("the words that were looked for in my room are gone when it closes, and are not the journal’s", async () => {
  const page = await openJournal();
  const go = (to: string) => page.evaluate((hash) => (location.hash = hash), to);
  await page.evaluate(() => window.scene.journal.set.room("open"));
  await go("/room");
  await page.getByRole("heading", { name: "My room" }).waitFor();
  await field(page).fill("river");
  await go("/journal");
  await page.locator(".virtual-lines").waitFor();
  expect(await field(page).inputValue()).toBe("");
  await go("/room");
  await page.getByRole("heading", { name: "My room" }).waitFor();
  expect(await field(page).inputValue()).toBe("river");
  await page
    .getByRole("button", { name: /leave|close/i })
    .first()
    .click();
  await page.evaluate(() => window.scene.journal.set.room("open"));
  await page.locator(".finding").waitFor();
  expect(await field(page).inputValue()).toBe("");
});

test.each(looks)("what was found is in order for axe, and fits ($name)", async (look) => {
  const page = await openJournal(look);
  await field(page).fill("i");
  await found(page).getByRole("link").first().waitFor();
  expect(await violations(page)).toEqual([]);
  expect(
    await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ),
  ).toBe(0);
});
