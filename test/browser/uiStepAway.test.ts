import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";
import { pageAt, sceneNow } from "../ui/scenes.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ height: 720, british: true });

const place = "/settings/at/receiving";
const open = (query = ""): Promise<Page> => screens.openAt(place, ".step-away", { query });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const notice = (page: Page) => page.locator(".notice", { hasText: "You have stepped away" });
const part = (page: Page) => page.locator(".step-away");

/** With Tab alone, as often as it takes. */
const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let stops = 0; stops < 80; stops += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector))
      return;
  }
  throw new Error(`Tab never reached ${selector}`);
};

/** Something of the partner's, of a moment after the scenes stand. */
const theirs = (number: number, more: Partial<Written>): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), sceneNow + number);
  return { ...card, author: "partner", body: "", ...more };
};
const arrive = (page: Page, pages: readonly Written[]): Promise<void> =>
  page.evaluate((all) => {
    for (const one of all) window.scene.journal.set.arrive(one);
  }, pages);

const arriving: readonly Written[] = [
  theirs(900, { title: "A line from the train", body: "The lights went by." }),
  theirs(901, {
    kind: "question",
    title: "May I call your mother?",
    question: { need: "information", depth: "facts", askedAt: [sceneNow], helpsBy: undefined },
    body: "She wrote to me.",
  }),
  theirs(902, {
    kind: "hand",
    said: { kind: "hand", need: "quiet", until: sceneNow + 7_200_000 },
  }),
  theirs(903, { kind: "told", opened: false, body: "The letter from the bank came." }),
];
const names = ["A line from the train", "May I call your mother?", "Sam asks", "Open now"];

/** What of all that came stands on the places where it belongs. */
const standing = async (page: Page): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const [hash, ready, name] of [
    ["/journal", ".line", "A line from the train"],
    ["/questions", "main h1", "May I call your mother?"],
    ["/agreements", "main h1", "Sam asks"],
    ["/letters/00000000000000000000000000000387", "main", "Open now"],
  ] as const) {
    await go(page, hash, ready);
    if ((await page.getByText(name).count()) > 0) found.push(name);
  }
  return found;
};

test.each([
  ["A day", /^You have stepped away until tomorrow, 18:3\d\.$/],
  ["Three days", /^You have stepped away until 24 November, 18:3\d\.$/],
  ["A week", /^You have stepped away until 28 November, 18:3\d\.$/],
  ["Until I come back", /^You have stepped away until you come back\.$/],
] as const)("by the keyboard alone: %s", async (time, says) => {
  const page = await screens.openAt("/journal", ".line");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("step away");
  await page.keyboard.press("Enter");
  await part(page).waitFor();
  await tabTo(page, ".step-away input[type=radio]");
  for (let moves = 0; !(await page.getByRole("radio", { name: time }).isChecked()); moves += 1) {
    if (moves === 4) throw new Error(`the arrows never reached ${time}`);
    await page.keyboard.press("ArrowDown");
  }
  await tabTo(page, ".step-away button");
  await page.keyboard.press("Enter");
  await part(page).getByText(says).waitFor();
  // No reason, and no name for it.
  expect(await part(page).getByRole("textbox").count()).toBe(0);
  // The press that began it is where the press is that ends it.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toBe("I’m back");
  await page.keyboard.press("Enter");
  await button(page, "Step away now").waitFor();
  expect(await page.getByText("You have stepped away").count()).toBe(0);
});

test("on every place it is said with the one press that ends it, and no number but the hour", async () => {
  const page = await open();
  await page.evaluate(() => window.scene.journal.set.wordsDue(true));
  await button(page, "Step away now").press("Enter");
  await part(page).getByText("You have stepped away until tomorrow").waitFor();
  for (const [hash, ready] of [
    ["/today", "main h1"],
    ["/journal", ".line"],
    ["/questions", "main h1"],
    ["/letters", "main h1"],
    ["/agreements", "main h1"],
    ["/us", "main h1"],
    ["/timeline", "main h1"],
    ["/for-me", "main h1"],
    ["/room", "main form"],
    ["/session", "main h1"],
    ["/help", "main h1"],
    ["/begin", "main h1"],
    ["/settings/words", "main h1"],
  ] as const) {
    await go(page, hash, ready);
    const said = await notice(page).innerText();
    expect(said).toContain("Nothing new from Sam appears here in the meantime.");
    expect(said.replace(/\d\d:\d\d/, "")).not.toMatch(/\d/);
    expect(await notice(page).getByRole("button").allInnerTexts()).toEqual(["I’m back"]);
    // Reminders rest too; the numbers to call do not.
    expect(await page.locator(".notice").count()).toBe(1);
    await button(page, "Steady").waitFor();
  }
  // Where it is set it is said once.
  await go(page, "/settings", ".step-away");
  await part(page).getByText("You have stepped away until tomorrow").waitFor();
  expect(await notice(page).count()).toBe(0);
  await go(page, "/journal", ".line");
  await notice(page).getByRole("button").press("Enter");
  await notice(page).waitFor({ state: "detached" });
  await page.locator(".notice").waitFor();
  await go(page, place, ".step-away");
  await button(page, "Step away now").waitFor();
});

test("what arrives meanwhile stands nowhere and asks for no notice; coming back brings all of it, uncounted", async () => {
  const page = await open();
  await page.getByRole("radio", { name: "Until I come back" }).press("Space");
  await button(page, "Step away now").press("Enter");
  await button(page, "I’m back").waitFor();
  await arrive(page, arriving);
  expect(await standing(page)).toEqual([]);
  // What was there before is there still.
  await go(page, "/questions", "main h1");
  await page.getByText("Do you want me to sleep in the other room?").first().waitFor();
  expect(await page.evaluate(() => window.scene.desktop.asked())).toBe(0);
  expect(await notice(page).innerText()).not.toMatch(/\d|wait|new thing/);
  await notice(page).getByRole("button").press("Enter");
  await notice(page).waitFor({ state: "detached" });
  expect(await standing(page)).toEqual(names);
  expect(await page.evaluate(() => window.scene.desktop.asked())).toBeGreaterThan(0);
  await go(page, "/today", "main h1");
  expect(await page.locator("body").innerText()).not.toMatch(/while you were|missed|\d+ new/i);
});

test("that something has ended shows itself all the same", async () => {
  const page = await open();
  await button(page, "Step away now").press("Enter");
  await button(page, "I’m back").waitFor();
  await go(page, "/agreements", ".line");
  const agreed = page.getByRole("link", { name: "The phone stays in the hall" });
  const before = await agreed.evaluate((line) => line.closest("section")?.textContent);
  await arrive(page, [theirs(910, { kind: "end", of: pageAt(200) })]);
  await expect
    .poll(() => agreed.evaluateAll((lines) => lines[0]?.closest("section")?.textContent))
    .not.toBe(before);
});

test("it ends by itself when the clock says so, and then what waited is there", async () => {
  const page = await screens.openAlone(place, ".step-away", {}, (made) => made.clock.install());
  // Locking by itself is another promise.
  await page.evaluate(() => window.scene.journal.changeSettings({ lockAfterMinutes: 20_000 }));
  await button(page, "Step away now").press("Enter");
  await button(page, "I’m back").waitFor();
  await arrive(page, arriving);
  await page.clock.fastForward("23:55:00");
  expect(await standing(page)).toEqual([]);
  await notice(page).waitFor();
  await page.clock.fastForward("05:01");
  await notice(page).waitFor({ state: "detached" });
  // The hand signal was over before anybody came back.
  expect(await standing(page)).toEqual(names.filter((name) => name !== "Sam asks"));
  await go(page, place, ".step-away");
  await button(page, "Step away now").waitFor();
});

test("where the disk refuses it, it is said, and nobody is away", async () => {
  const page = await open();
  await page.evaluate(() =>
    Object.assign(window.scene.journal, {
      changeSettings: async () => ({ ok: false, code: "DISK_FULL" }),
    }),
  );
  await button(page, "Step away now").press("Enter");
  await part(page).getByRole("alert").getByText("no room left").waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "Step away now").waitFor();
  expect(await page.getByText("You have stepped away").count()).toBe(0);
});

test.each([{}, { dark: true, width: 360 }, { text: 2 }, { width: 360, text: 2 }] as const)(
  "before, while and after, all is in order and nothing runs out of the window (%o)",
  async (look) => {
    const page = await screens.openAt(place, ".step-away", look);
    const seen: Record<string, unknown> = {};
    const see = async (name: string) => {
      const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
      seen[name] = [...(await violations(page)), ...(fits ? [] : ["too wide"])];
    };
    await see("before");
    await button(page, "Step away now").press("Enter");
    await button(page, "I’m back").waitFor();
    await see("while");
    await go(page, "/journal", ".line");
    await notice(page).waitFor();
    await see("notice");
    await notice(page).getByRole("button").press("Enter");
    await notice(page).waitFor({ state: "detached" });
    await see("after");
    expect(seen).toEqual({ before: [], while: [], notice: [], after: [] });
  },
);
