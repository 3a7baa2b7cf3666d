import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import type { Day } from "../../shared/page/card.ts";
import { sceneNow } from "../ui/scenes.ts";
import { violations } from "../support/axe.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const screens = useScreens({ height: 720 });

const openQuestions = (dark = false): Promise<Page> =>
  screens.openAt("/questions", ".line", { dark });

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? "");
const search = (page: Page) => page.getByLabel("Find in questions and answers");

test("words are found in questions and answers by keyboard alone, and clearing gives the place back", async () => {
  const page = await openQuestions();
  await page.keyboard.press("/");
  await page.keyboard.type("small lie");
  await page.getByText("What was found is shown below").waitFor();
  const [line = "", ...others] = await page.locator(".line").allTextContents();
  expect(line).toContain("Why that night in March");
  expect(line).toContain("Found in an answer");
  expect(others).toEqual([]);
  await page.keyboard.type(" /");
  expect(await search(page).inputValue()).toBe("small lie /");
  await page.getByText("Nothing found.").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await search(page).inputValue()).toBe("");
  expect(await search(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByRole("heading", { name: "Parking place" }).waitFor();
});

test("open questions are looked for of the two together: who asked cannot be chosen then", async () => {
  const page = await openQuestions();
  await button(page, "Narrow it down").click();
  await page.getByLabel("Asked by").selectOption({ label: "Me" });
  await page.getByRole("heading", { name: "Found" }).waitFor();
  const voices = () => page.locator(".line .dot.theirs").count();
  expect(await voices()).toBe(0);
  await page.getByLabel("Answer", { exact: true }).selectOption("open");
  expect(await page.getByLabel("Asked by").isDisabled()).toBe(true);
  expect(await voices()).toBeGreaterThan(0);
});

test("enough for today closes the whole place, and one press opens it again", async () => {
  const page = await openQuestions();
  await button(page, "Enough for today").click();
  await button(page, "Open it again").waitFor();
  expect(await page.locator(".line").count()).toBe(0);
  expect(await focused(page)).toBe("Questions");
  await button(page, "Open it again").click();
  await page.locator(".line").first().waitFor();
  expect(await focused(page)).toBe("Questions");
});

test("what is kept outside is said without a number, and looking anyway leads to what came", async () => {
  const page = await openQuestions();
  await page.evaluate(
    (until) =>
      window.scene.journal.set.arrivals({
        quietUntil: until,
        moreQuestions: true,
        away: undefined,
      }),
    sceneNow + 3_600_000,
  );
  await page.getByText("Quiet until 19:30.").waitFor();
  await page.evaluate(() =>
    window.scene.journal.set.arrivals({
      quietUntil: undefined,
      moreQuestions: true,
      away: undefined,
    }),
  );
  await page.getByText("More wait behind these.").waitFor();
  await button(page, "Let them in").click();
  await page.getByText("More wait behind these.").waitFor({ state: "detached" });
  expect(await focused(page)).toBe("Sam asked");
});

test("a question is parked in one line, is only here, and the field is free for the next", async () => {
  const page = await openQuestions();
  const field = page.getByLabel("Park a question");
  await field.fill("  Who knew?  ");
  await field.press("Enter");
  await page.getByText("Parked, only here.").waitFor();
  expect(await field.inputValue()).toBe("");
  expect(await field.evaluate((place) => place === document.activeElement)).toBe(true);
  expect(await page.getByRole("link", { name: /Only here\s*Who knew\?/ }).count()).toBe(1);
});

test("what is typed to be parked is kept before it is put down, and when one goes elsewhere", async () => {
  const page = await openQuestions();
  const titles = () =>
    page.evaluate(() => window.scene.journal.cards.read().map(({ title }) => title));
  await page.getByLabel("Park a question").fill("What did you tell");
  await expect.poll(titles).toContain("What did you tell");
  await page.getByLabel("Park a question").fill("What did you tell them");
  await page.getByRole("link", { name: "Journal" }).click();
  await expect.poll(titles).toContain("What did you tell them");
  expect(await titles()).not.toContain("What did you tell");
});

test("many lines come in parts, and the focus goes to the first new one", async () => {
  const page = await openQuestions();
  await page.evaluate(async () => {
    const { journal } = window.scene;
    for (let number = 0; number < 45; number++) {
      const draft = await journal.draftQuestion();
      const page = draft.ok ? await journal.openPage(draft.value) : draft;
      if (page.ok) page.value.setTitle(`Parked ${String(number).padStart(2, "0")}`);
    }
  });
  const parked = page.locator("section", { hasText: "Parking place" }).locator(".line");
  await page.getByText("Parked 44").waitFor();
  expect(await parked.count()).toBe(40);
  await button(page, "Show earlier ones").click();
  const all = await parked.allTextContents();
  expect(all.length).toBeGreaterThanOrEqual(45);
  expect(await focused(page)).toBe(all[40]);
  expect(await button(page, "Show earlier ones").count()).toBe(0);
});

test("a starter is written where the cursor is, and its first gap is ready for one’s own words", async () => {
  const page = await openQuestions();
  await button(page, "Ask a question").click();
  const body = page.locator(".writing");
  await body.waitFor();
  await button(page, "Starters").click();
  await button(page, "I need to understand …").click();
  await page.keyboard.type("how long");
  await button(page, "When …, I felt …").click();
  await page.keyboard.type("you came home");
  expect(await body.locator("p").allTextContents()).toEqual([
    "I need to understand how long",
    "When you came home, I felt …",
  ]);
});

test("a hint comes after a pause, blocks nothing, and can be hidden here or turned off everywhere", async () => {
  const page = await openQuestions();
  await button(page, "Ask a question").click();
  const body = page.locator(".writing");
  await body.click();
  await page.keyboard.type("You always look away.");
  const hint = page.getByText("“You always” can be hard to answer.");
  await hint.waitFor();
  expect(await button(page, "Ask…").isEnabled()).toBe(true);
  await button(page, "Hide").click();
  expect(await hint.count()).toBe(0);
  expect(await body.evaluate((place) => place === document.activeElement)).toBe(true);
  await go(page, "/questions", ".line");
  await button(page, "Ask a question").click();
  await body.click();
  await page.keyboard.type("Why would you lie?");
  await button(page, "Turn hints off").click();
  await page.getByText("Hints are off.").waitFor();
  expect(await page.evaluate(() => window.scene.journal.settings.read().hints)).toBe(false);
});

test("the preview has the need, the depth and the day as the other will read them; taken away, the day is gone", async () => {
  const page = await openQuestions();
  await button(page, "Ask a question").click();
  await page.locator(".writing").fill("Where were you?");
  await button(page, "Say by when it would help").click();
  const day = page.getByLabel("By when it would help");
  expect(await day.evaluate((field) => field === document.activeElement)).toBe(true);
  await day.fill("2026-11-12");
  const tags = async () => {
    await button(page, "Ask…").click();
    const seen = await page.getByRole("dialog").locator(".tag").allTextContents();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    return seen;
  };
  expect(await tags()).toEqual([
    "Needs: to be heard",
    "Depth: meaning, not details",
    "Would help by Thursday 12 November",
  ]);
  await button(page, "Take the day away").click();
  expect(await focused(page)).toBe("Say by when it would help");
  expect(await tags()).toHaveLength(2);
});

test("a question that rests cannot be asked and says until when; asked after that, it becomes a thread", async () => {
  const page = await openQuestions();
  await button(page, "Ask a question").click();
  await page.locator(".writing").fill("Where were you?");
  const rest = (until: number) =>
    page.evaluate(async (to) => {
      const { journal } = window.scene;
      const draft = journal.cards.read().find(({ excerpt }) => excerpt === "Where were you?");
      if (draft !== undefined) await journal.rest(draft.id, to);
    }, until);
  await rest(sceneNow + 14 * 3_600_000);
  await page.getByText("Rests until tomorrow, 08:30.").waitFor();
  expect(await button(page, "Ask…").count()).toBe(0);
  await rest(sceneNow - 1);
  await page.getByText("It has rested.").waitFor();
  await button(page, "Ask…").click();
  await button(page, "Ask Sam").click();
  await page.locator(".q.mine").waitFor();
});

test("an asked question is changed in the open, and its thread stands there afterwards", async () => {
  const page = await openQuestions();
  const copy = await page.evaluate(async (asked) => {
    const made = await window.scene.journal.draftChange(asked);
    return made.ok ? made.value : made.code;
  }, id(13));
  await go(page, `/questions/${copy}`, ".writing");
  await page.getByRole("heading", { name: "Change your question" }).waitFor();
  await page.locator(".writing").fill("When you are late, what keeps you from writing?");
  await button(page, "Save the change…").click();
  await page.getByRole("heading", { name: "This is how it will read" }).waitFor();
  await button(page, "Save the change").click();
  await page.getByText("what keeps you from writing?").waitFor();
  await page.getByRole("heading", { name: "When you are late", level: 1 }).waitFor();
});

test.each([false, true])("every state of this place is in order (dark: %s)", async (dark) => {
  const page = await openQuestions(dark);
  const rules = dark ? ["color-contrast"] : undefined;
  const seen: Record<string, readonly string[]> = {};
  await page.evaluate(
    async ({ now, asked, closed, theirs, day }) => {
      const { journal } = window.scene;
      journal.set.arrivals({ quietUntil: now, moreQuestions: true, away: undefined });
      await journal.withdraw(asked);
      await journal.putOff(closed, "session");
      await journal.sayDay(theirs, day);
    },
    { now: sceneNow, asked: id(10), closed: id(14), theirs: id(20), day: "2026-11-26" as Day },
  );
  seen["list"] = await violations(page, rules);
  await button(page, "Narrow it down").click();
  await page.getByLabel("Answer", { exact: true }).selectOption("open");
  seen["found"] = await violations(page, rules);
  await search(page).fill("nowhere to be found");
  await page.getByText("Nothing found.").waitFor();
  seen["nothing found"] = await violations(page, rules);
  await button(page, "Clear").click();
  await button(page, "Enough for today").click();
  await button(page, "Open it again").waitFor();
  seen["enough"] = await violations(page, rules);
  await button(page, "Open it again").click();
  await button(page, "Ask a question").click();
  await page.locator(".writing").waitFor();
  await button(page, "Starters").click();
  await button(page, "Say by when it would help").click();
  await page.locator(".writing").click();
  await page.keyboard.type("You never say so.");
  await button(page, "Turn hints off").waitFor();
  seen["asking"] = await violations(page, rules);
  await button(page, "Ask…").click();
  await page.getByRole("dialog").waitFor();
  seen["preview"] = await violations(page, rules);
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
});

test("no screen broke, and the policy refused nothing that one wanted", () => {
  expect(screens.complaints).toEqual([]);
});
