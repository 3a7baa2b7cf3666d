import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ height: 720, british: true });

const place = "/us/vision";
const open = (query = "", ready = ".vision-living .words"): Promise<Page> =>
  screens.openAt(place, ready, { query });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("the place and each of its sheets are in order, with one primary button at most", async () => {
  const page = await open();
  const seen: Record<string, readonly string[]> = { place: await violations(page) };
  expect(await page.locator(".btn.primary:visible").count()).toBe(1);
  for (const name of ["Whose words", "Earlier versions"]) {
    await button(page, name).press("Enter");
    await page.locator(name === "Whose words" ? ".vision-whose" : ".one-version").waitFor();
    seen[name] = await violations(page);
    await button(page, "Close").press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await button(page, "Write on this page").press("Enter");
  await page.locator("[contenteditable=true]").waitFor();
  seen["writing"] = await violations(page);
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
});

test("whose words they are is told by a word, a line and a colour, and by nothing that looks like a count", async () => {
  const page = await open();
  await button(page, "Whose words").press("Enter");
  const whose = page.locator(".vision-whose");
  await whose.waitFor();
  const runs = await whose.locator(".whose").evaluateAll((all) =>
    all.map((run) => ({
      text: run.textContent,
      line: getComputedStyle(run).textDecorationStyle,
    })),
  );
  const mine = runs.find(({ text }) => text.includes("radio"));
  const theirs = runs.find(({ text }) => text.includes("before anybody has to ask"));
  expect(mine?.text.startsWith("You:")).toBe(true);
  expect(theirs?.text.startsWith("Sam:")).toBe(true);
  expect(mine?.line).not.toBe(theirs?.line);
  expect(await page.getByRole("dialog").innerText()).not.toMatch(/\d/);
});

test("a yes is for the words that stand above it; and either takes it back", async () => {
  const page = await open();
  const proposed = page.getByRole("region", { name: /^Proposed to you/ });
  await proposed.getByText("even when it rains").waitFor();
  await proposed.getByRole("button", { name: "Yes to these words" }).press("Enter");
  const agreed = page.getByRole("region", { name: "What you both want" });
  await agreed.getByText("even when it rains").waitFor();
  await agreed.getByRole("button", { name: "This is no longer what I want" }).press("Enter");
  await agreed.getByText("even when it rains").waitFor({ state: "detached" });
  await agreed.getByText("One week a year by the sea.", { exact: true }).waitFor();
});

test("from the first line to a proposal, by the keyboard; nothing tells who is there", async () => {
  const page = await open("?pages=none", ".vision-living");
  await button(page, "Write on this page").press("Enter");
  await page.locator("[contenteditable=true]").click();
  await page.keyboard.type("A garden that is too large for us.");
  await button(page, "Done for now").press("Enter");
  await page.locator(".vision-living").getByText("too large for us").waitFor();
  await button(page, "Propose these words").press("Enter");
  const proposed = page.getByRole("region", { name: /^Proposed by you/ });
  await proposed.getByText("too large for us").waitFor();
  await button(page, "Propose these words").waitFor({ state: "detached" });
  expect(await page.locator("main").innerText()).not.toMatch(/typing|online|seen|is here/i);
  await proposed.getByRole("button", { name: "Take it back" }).press("Enter");
  await button(page, "Propose these words").waitFor();
  expect(await violations(page)).toEqual([]);
});

test("an earlier version comes back, and what stood there stays among the versions", async () => {
  const page = await open();
  await button(page, "Earlier versions").press("Enter");
  await page.locator(".one-version").waitFor();
  await button(page, "Bring these words back").press("Enter");
  await page.getByText("These words stand again.").waitFor();
  await button(page, "Close").press("Enter");
  const living = page.locator(".vision-living");
  await living.getByText("One week a year by the sea.", { exact: true }).waitFor();
  expect(await living.innerText()).not.toContain("quiet with you");
});

test.each([{ dark: true }, { width: 360 }, { text: 2 }] as const)(
  "in every look the colours can be told and nothing runs out of the window (%o)",
  async (look) => {
    const page = await screens.openAt(place, ".vision-living .words", look);
    expect(await violations(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    ).toBe(true);
  },
);
