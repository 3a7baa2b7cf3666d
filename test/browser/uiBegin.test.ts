import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { places } from "../../renderer/begin/offers.ts";
import { topicIds, topics } from "../../renderer/help/topics.ts";
import { violations } from "../support/axe.ts";
import { looks } from "../ui/looks.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const offered = (page: Page): Promise<readonly string[]> =>
  page
    .locator("section", { has: page.getByRole("heading", { name: "Offered first" }) })
    .locator("strong")
    .allTextContents();

test("nothing is offered until somebody says how long ago it was; then it goes by that and by who they are", async () => {
  const page = await screens.openAt("/begin", ".begin .line");
  expect(await offered(page)).toEqual([]);
  await page.getByText("Days", { exact: true }).click();
  await page.getByRole("heading", { name: "Offered first" }).waitFor();
  const hurt = await offered(page);
  expect(hurt).toEqual(["Steady", "My room", "Questions", "Undecided"]);
  await page.evaluate(() => window.scene.journal.changeMe({ role: "broke" }));
  await page.waitForFunction(
    () => document.querySelectorAll(".begin section strong")[0]?.textContent !== "Steady",
  );
  expect(await offered(page)).toEqual([
    "When you broke trust",
    "Steady",
    "Contact that ended",
    "Letters",
  ]);
});

test("every place and every page of help that is named is there", async () => {
  const page = await screens.openAt("/begin", ".begin .line");
  const missing: string[] = [];
  const visit = async (path: string) => {
    await go(page, path, "main h1");
    if ((await page.locator("main h1").first().textContent()) === "There is nothing here")
      missing.push(path);
  };
  await visit("/nowhere");
  expect(missing).toEqual(["/nowhere"]);
  for (const path of new Set([...Object.values(places), ...Object.values(topics)]))
    if (path !== undefined) await visit(path);
  for (const topic of topicIds) await visit(`/help/${topic}`);
  expect(missing).toEqual(["/nowhere"]);
});

test("Steady opens from there, by keyboard", async () => {
  const page = await screens.openAt("/begin/together", ".begin-steps");
  await page.getByRole("button", { name: /^Steady Breathing/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Steady" }).waitFor();
});

test.each(looks)("in order ($name)", async (look) => {
  const page = await screens.openAt("/begin", ".begin .line", look);
  const seen: Record<string, unknown> = {};
  for (const [path, ready] of [
    ["/begin", ".begin .line"],
    ["/begin/together", ".begin-steps"],
    ["/begin/alone", ".begin-steps"],
    ["/help", ".help-topics"],
    ["/help/pressed", ".reading"],
    ["/help/sources", ".sources"],
  ] as const) {
    await go(page, path, ready);
    seen[path] = [
      await violations(page),
      await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ),
    ];
  }
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((path) => [path, [[], 0]])));
});
