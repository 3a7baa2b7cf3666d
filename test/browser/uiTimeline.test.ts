import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { looks } from "../ui/looks.ts";
import { pageAt } from "../ui/scenes.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

const places = [
  ["/timeline", ".mark-line"],
  ["/timeline/weather", ".ribbon"],
  [`/timeline/${pageAt(492)}`, ".letter .words"],
  [`/timeline/${pageAt(493)}`, ".writing"],
  ["/session", ".bring-line"],
  ["/us", "#thanks"],
  ["/us/together", ".line"],
  [`/us/together/${pageAt(452)}`, ".letter .words"],
  ["/us/album", ".memory"],
] as const;

test.each(looks)(
  "looking back, a session and Us are in order, fit and have one primary button at most: $name",
  async (look) => {
    const page = await screens.openAt("/timeline", ".mark-line", look);
    const wrong: Record<string, readonly string[]> = {};
    for (const [place, ready] of places) {
      await go(page, place, ready);
      const found = [...(await violations(page))];
      if ((await page.locator("main .btn.primary:visible").count()) > 1) found.push("two primary");
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      if (over) found.push("wider than the screen");
      if (found.length > 0) wrong[place] = found;
    }
    expect(wrong).toEqual({});
  },
);

test("a mark of ended contact leads to where its steps are, by the keyboard", async () => {
  const page = await screens.openAt("/timeline", ".mark-line");
  await page.getByRole("link", { name: /How it ended/ }).press("Enter");
  await page.getByRole("heading", { name: "How it ended", level: 1 }).waitFor();
  await page.getByText("The number is blocked.").waitFor();
});

test("a milestone that the partner takes back while it is read can no longer be agreed to", async () => {
  const page = await screens.openAt(`/timeline/${pageAt(492)}`, ".letter .words");
  const yes = page.locator("main .btn.primary");
  await yes.waitFor();
  await page.evaluate((id) => window.scene.journal.withdraw(id), pageAt(492));
  await yes.waitFor({ state: "detached" });
  expect(await page.getByText("The same bench").count()).toBe(0);
});

test("a thank-you is said by the keyboard, however long its words, and can be taken back", async () => {
  const page = await screens.openAt("/us", "#thanks", { width: 360 });
  const long = "thankyou".repeat(20);
  await page.getByLabel("A thank-you, in one line", { exact: true }).fill(long);
  await page.keyboard.press("Enter");
  const line = page.locator(".plan-line.mine", { hasText: long });
  await line.waitFor();
  expect(
    await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ),
  ).toBe(0);
  await button(page, "Take it back").first().press("Enter");
  await line.waitFor({ state: "detached" });
});

test("no screen broke, and the policy refused nothing that one wanted", () => {
  expect(screens.complaints).toEqual([]);
});
