import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ british: true });

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? "");

const isInView = (page: Page, heading: string): Promise<boolean> =>
  page.getByRole("heading", { name: heading, exact: true, level: 2 }).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const above = document.elementFromPoint(element.getBoundingClientRect().left + 2, top + 2);
    return top >= 0 && bottom <= innerHeight && (above === element || element.contains(above));
  });

test("a link to a part of the settings leads to that part, and not to the top of a long page", async () => {
  // A narrow window has no line for the settings: they lie behind "More".
  for (const [width, line] of [
    [1280, "Settings"],
    [360, "More"],
  ] as const) {
    const page = await screens.openAt("/settings/at/backup", "main h2", { width });
    await expect.poll(() => focused(page)).toBe("Backups");
    expect(await isInView(page, "Backups")).toBe(true);
    expect(
      await page.getByRole("link", { name: line, exact: true }).getAttribute("aria-current"),
    ).toBe("page");
  }
});

test("five ways lead into the settings, as often as they are taken, and nothing that was typed is lost", async () => {
  const page = await screens.openAt("/settings", "main h2");
  expect(await focused(page)).toBe("Settings");
  await page.getByLabel("Your name").fill("Anna Maria");
  const ways = page.getByRole("navigation", { name: "On this page" }).getByRole("link");
  expect(await ways.allTextContents()).toEqual([
    "Me",
    "The two of you",
    "Locking and this computer",
    "Passphrase and backups",
    "About Twofold",
  ]);
  for (const _ of ["once", "again"]) {
    await page.getByRole("link", { name: "The two of you" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page)).toBe("The two of you");
    expect(await isInView(page, "The two of you")).toBe(true);
  }
  expect(await page.getByLabel("Your name").inputValue()).toBe("Anna Maria");
  expect(await violations(page)).toEqual([]);
});

test("a part that there is not shows the settings from their top", async () => {
  const page = await screens.openAt("/settings/at/elsewhere", "main h2");
  expect(await focused(page)).toBe("Settings");
});
