import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ british: true });

const openSettings = async (width: number): Promise<Page> => {
  const page = await screens.openAt("/settings", "main h2", { width });
  await page.getByRole("heading", { name: "Receiving" }).waitFor();
  return page;
};

const settings = (page: Page) => page.evaluate(() => window.scene.journal.settings.read());

test("how much comes and when is chosen by keyboard alone, and half a time is never kept", async () => {
  const page = await openSettings(1280);
  await page.getByRole("radio", { name: "As many as come" }).focus();
  await page.keyboard.press("ArrowDown");
  expect(await settings(page)).toMatchObject({ questionsAtOnce: 1, quietHours: undefined });

  await page.getByRole("switch", { name: "Quiet hours" }).focus();
  await page.keyboard.press("Space");
  expect(await settings(page)).toMatchObject({ quietHours: { from: 1260, to: 480 } });
  const from = page.getByLabel("Quiet from");
  await from.fill("22:30");
  expect(await settings(page)).toMatchObject({ quietHours: { from: 1260 } });
  await page.keyboard.press("Enter");
  expect(await settings(page)).toMatchObject({ quietHours: { from: 1350, to: 480 } });

  await page.getByLabel("Quiet until").fill("22:30");
  await page.getByLabel("Quiet from").focus();
  await page.getByText("Give two different times.").waitFor();
  expect(await settings(page)).toMatchObject({ quietHours: { from: 1350, to: 480 } });
  await page.getByLabel("Quiet until").fill("");
  await page.getByLabel("Quiet from").focus();
  await page.getByText("Give a time, such as 21:00.").waitFor();
  expect(await violations(page)).toEqual([]);

  await page.getByRole("switch", { name: "Quiet hours" }).focus();
  await page.keyboard.press("Space");
  expect(await settings(page)).toMatchObject({ quietHours: undefined });
  await page.getByRole("switch", { name: "Gentle hints while writing" }).focus();
  await page.keyboard.press("Space");
  expect(await settings(page)).toMatchObject({ hints: false });
});

test("days and hours for what one should know: one day always stays, on a small screen too", async () => {
  const page = await openSettings(360);
  await page.getByText("On chosen days, in chosen hours").click();
  expect(await settings(page)).toMatchObject({
    tellTimes: { from: 600, to: 1200, weekdays: [0, 1, 2, 3, 4, 5, 6] },
  });
  // A time that is left for a day: both are kept.
  await page.getByLabel("May arrive until").fill("02:00");
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"])
    await page.getByRole("checkbox", { name: day }).press("Space");
  await page.getByText("These hours go over midnight").waitFor();
  expect(await settings(page)).toMatchObject({ tellTimes: { from: 600, to: 120, weekdays: [0] } });
  await page.getByRole("checkbox", { name: "Sunday" }).press("Space");
  await page.getByText("One day stays chosen.").waitFor();
  expect(await settings(page)).toMatchObject({ tellTimes: { weekdays: [0] } });
  await page.getByText("200 %").click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(await violations(page)).toEqual([]);
  if (process.env["SHOOT"] !== undefined)
    await page.locator(".setting").nth(1).screenshot({ path: process.env["SHOOT"] });
});
