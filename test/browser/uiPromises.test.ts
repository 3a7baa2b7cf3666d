import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");
const screens = useScreens({ height: 720, british: true });

const open = (hash = "/promises", ready = ".line", query = ""): Promise<Page> =>
  screens.openAt(hash, ready, { query });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("every page of the promises is in order and has one primary button at most", async () => {
  const page = await open();
  const seen: Record<string, readonly string[]> = { place: await violations(page) };
  const crowded: number[] = [];
  for (const [number, ready] of [
    [220, ".letter .words"],
    [222, ".letter .words"],
    [224, ".letter .words"],
    [225, ".writing"],
    [226, ".writing"],
  ] as const) {
    await go(page, `/promises/${id(number)}`, ready);
    seen[number] = await violations(page);
    if ((await page.locator(".btn.primary:visible").count()) > 1) crowded.push(number);
  }
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
  expect(crowded).toEqual([]);
});

test("a promise that was missed looks like any other: its stone tells nothing, and nothing is added up", async () => {
  const page = await open();
  const looks = await page
    .locator(".stone")
    .evaluateAll((stones) =>
      stones.map((stone) => [getComputedStyle(stone).fill, stone.classList.value]),
    );
  expect(new Set(looks.map(String)).size).toBe(1);
  expect(looks.length).toBeGreaterThan(3);
  expect(await page.locator("main").innerText()).not.toMatch(/%|\d+ (of|kept|missed|promises)/i);
  expect(await page.getByRole("main").getByRole("combobox").count()).toBe(0);
});

test("the partner's promise offers nothing to judge it with", async () => {
  const page = await open(`/promises/${id(220)}`, ".letter .words");
  await page.getByText("I waited until after supper.").waitFor();
  expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
});

test("from the first small step to how it went, by the keyboard", async () => {
  const page = await open("/promises", ".empty", "?pages=none");
  await button(page, "Make a promise").press("Enter");
  await page.locator("[contenteditable=true]").click();
  await page.keyboard.type("I water the plants.");
  await page.getByLabel("For which day, if any", { exact: true }).fill("2026-11-30");
  await button(page, "Share with Sam…").press("Enter");
  const sheet = page.getByRole("dialog", { name: "This is what Sam will see" });
  await sheet.getByText("for Monday 30 November").waitFor();
  await sheet.getByRole("button", { name: "Share with Sam" }).press("Enter");
  await button(page, "Say how it went").press("Enter");
  await page.getByRole("radio", { name: "Changed" }).press("Space");
  await page.locator("[contenteditable=true]").click();
  await page.keyboard.type("I gave them to my sister.");
  await button(page, "Share with Sam…").press("Enter");
  await sheet.getByText("Changed").waitFor();
  expect(await violations(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Share with Sam" }).press("Enter");
  await page.getByRole("region", { name: "Changed · today" }).getByText("my sister").waitFor();
  await button(page, "Say more about how it went").waitFor();
});
