import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ british: true });

const sheet = (page: Page) => page.getByRole("dialog");
const named = (page: Page, name: string) => page.getByRole("dialog", { name, exact: true });
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? "");

test("breathing is two keys away, also while one is typing, and the words stay as they were", async () => {
  const page = await screens.openAt("/journal", ".line");
  await page.getByRole("button", { name: "Write an entry" }).click();
  await page.locator("[contenteditable=true]").click();
  await page.keyboard.type("I cannot");
  await page.keyboard.press("Control+.");
  await named(page, "Steady").waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent?.startsWith("Breathe"));
  await page.keyboard.press("Enter");
  await named(page, "Breathe: four, four, six").waitFor();
  await sheet(page).getByRole("status").getByText("Breathe in").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await sheet(page).waitFor({ state: "detached" });
  expect(await page.locator("[contenteditable=true]").innerText()).toContain("I cannot");
});

test("it is there before anything is unlocked, and over a sheet that is open", async () => {
  const locked = await screens.open();
  await locked.getByRole("button", { name: "Steady" }).click();
  await named(locked, "Steady").waitFor();
  expect(await violations(locked)).toEqual([]);

  const page = await screens.openAt("/journal", ".line");
  await page.keyboard.press("Control+k");
  await named(page, "Go to, or do").waitFor();
  await page.keyboard.press("Control+.");
  await named(page, "Steady").waitFor();
});

test("the palette finds it by the words of somebody who needs it", async () => {
  const page = await screens.openAt("/journal", ".line");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("panic");
  await page.locator(".palette-item[data-focused]").waitFor();
  await page.keyboard.press("Enter");
  await named(page, "Steady").waitFor();
});

test("five, four, three, two, one goes by the keyboard, forward and back, to its end", async () => {
  const page = await screens.openAt("/journal", ".line");
  await page.getByRole("button", { name: "Steady" }).click();
  await sheet(page)
    .getByRole("button", { name: /^Five, four/ })
    .press("Enter");
  const steps = ["Five", "Four", "Five", "Four", "Three", "Two", "One"];
  for (const [index, step] of steps.entries()) {
    await page
      .getByRole("heading", { level: 3, name: new RegExp(`^${step} things? that you`) })
      .waitFor();
    const next = index === 1 ? "One back" : "I have them";
    await sheet(page).getByRole("button", { name: next }).press("Enter");
  }
  await page.getByRole("heading", { level: 3, name: "You are here" }).waitFor();
  expect(await focused(page)).toBe("You are here");
  expect(await violations(page)).toEqual([]);
  await sheet(page).getByRole("button", { name: "Once more" }).press("Enter");
  await page.getByRole("heading", { level: 3, name: /^Five/ }).waitFor();
});

test("whom to call stands there without a network, for this computer’s country and the others, with where it was read", async () => {
  const page = await screens.openAlone("/journal", ".line", { british: false });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Steady" }).click();
  await sheet(page)
    .getByRole("button", { name: /^In danger/ })
    .click();
  const here = sheet(page).getByRole("region", { name: "United States" });
  await here.getByText("988 Suicide & Crisis Lifeline").waitFor();
  await here.getByText("Or by text message: START, to 88788.").waitFor();
  expect(await violations(page)).toEqual([]);
  await sheet(page).getByLabel("Where you are").selectOption("GB");
  const there = sheet(page).getByRole("region", { name: "United Kingdom" });
  await there.getByText("116 123").waitFor();
  await there.getByText("999").waitFor();
  await there.getByText("From samaritans.org.").waitFor();
  await sheet(page).getByText("Read on 22 November 2026").waitFor();
  await sheet(page).getByLabel("Where you are").selectOption("");
  await sheet(page).getByText("112 reaches help").waitFor();
  expect(asked).toEqual([]);
});

test("with reduced motion the shape stands still and the words go on", async () => {
  const page = await screens.openAlone("/journal", ".line", {}, (fresh) =>
    fresh.emulateMedia({ reducedMotion: "reduce" }),
  );
  await page.getByRole("button", { name: "Steady" }).click();
  await sheet(page)
    .getByRole("button", { name: /^Breathe/ })
    .click();
  const shape = page.locator(".breath-shape");
  await shape.waitFor();
  expect(await shape.evaluate((element) => element.getAnimations().length)).toBe(0);
  await page.locator('.breath[data-part="hold"]').waitFor();
  await sheet(page).getByRole("status").getByText("Hold").waitFor();
});

test("stepping out takes it away at once", async () => {
  const page = await screens.openAt("/journal", ".line");
  await page.getByRole("button", { name: "Steady" }).click();
  await sheet(page)
    .getByRole("button", { name: /^Breathe/ })
    .click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Notes" }).waitFor();
  expect(await sheet(page).count()).toBe(0);
  await page.keyboard.press("Control+.");
  await page.getByRole("button", { name: "Come back" }).press("Enter");
  await page.getByLabel("Passphrase", { exact: true }).waitFor();
  expect(await sheet(page).count()).toBe(0);
});
