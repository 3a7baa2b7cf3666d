import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { untilWriting, useScreens } from "../ui/useScreens.ts";

/** Threads over the invented journal of test/ui/threadScenes.ts, as somebody at the keyboard goes through them. */

const id = (number: number): string => number.toString(16).padStart(32, "0");

const screens = useScreens({ query: "?pages=threads", patience: 10_000 });

const openThread = (number: number, width = 1280): Promise<Page> =>
  screens.openAt(`/questions/${id(number)}`, ".q", { width });

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });

/** By keyboard: a press that only a pointer can make would not be found out. */
const press = async (page: Page, name: string | RegExp): Promise<void> => {
  await button(page, name).focus();
  await page.keyboard.press("Enter");
};

/** The machine may be busy: what is waited for comes at its own pace. */
const poll = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: 10_000 });

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
  });

const expectFocus = (page: Page, name: string): Promise<void> =>
  poll(() => focused(page)).toBe(name);

/** What axe objects to, more than one primary button, and what sticks out sideways. */
const objections = async (page: Page): Promise<readonly string[]> => {
  const found = await violations(page);
  const primaries = await page.locator("main .btn.primary").count();
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  return [
    ...found,
    ...(primaries > 1 ? [`${primaries} primary buttons`] : []),
    ...(wide ? ["scrolls sideways"] : []),
  ];
};

const writeInto = async (page: Page, words: string): Promise<void> => {
  await page.locator(".writing").focus();
  await page.keyboard.type(words);
};

test("a long thread folds its older answers behind one line, and nothing closed among them", async () => {
  const page = await openThread(100);
  expect(await page.getByRole("article").count()).toBe(6);
  expect(await page.getByRole("article", { name: /closed$/ }).count()).toBe(1);
  expect(await objections(page)).toEqual([]);
  await press(page, /^Earlier answers/);
  await poll(() => page.getByRole("article").count()).toBe(35);
  expect(await page.getByText(/Withdrawn Thursday/).count()).toBe(1);
  await press(page, /^Answer of 13 October/);
  await page.getByText("No. (1)").waitFor();
  expect(await objections(page)).toEqual([]);
});

test("opening a closed answer takes the focus to its words, and what is written there stays there", async () => {
  const page = await openThread(100);
  await press(page, "Open now");
  await page.getByText("No. (6)").waitFor();
  await expectFocus(page, "Sam answered, 18 October");
  const answer = page.getByRole("article", { name: "Sam answered, 18 October" });
  await answer.getByRole("button", { name: "What I heard…" }).press("Enter");
  await writeInto(page, "You mean it.");
  await page.getByText("No. (6)").waitFor();
  await press(page, "Send to Sam…");
  await page.getByRole("dialog").getByText("You mean it.").waitFor();
  await press(page, "Send to Sam");
  await expectFocus(page, "What you heard, today");
});

test("an answer is begun with a first line, has a place for the hardest part, rests, and is sent as it was shown", async () => {
  const page = await openThread(300);
  await press(page, "Write an answer");
  await untilWriting(page);
  await press(page, "You can ask me this as often as you need.");
  await press(page, /hardest to say/);
  await expectFocus(page, "Your answer");
  await page.keyboard.type("I am afraid of spring.");
  expect(await objections(page)).toEqual([]);

  await press(page, "Let it rest…");
  await press(page, "Let it rest");
  await button(page, "Take it up again now").waitFor();
  expect(await button(page, "Send to Sam…").count()).toBe(0);
  await press(page, "Take it up again now");

  await press(page, "Send to Sam…");
  const preview = page.getByRole("dialog");
  await preview.getByText("I am afraid of spring.").waitFor();
  await page.keyboard.press("Escape");
  await preview.waitFor({ state: "detached" });
  await expectFocus(page, "Send to Sam…");
  await press(page, "Send to Sam…");
  await press(page, "Send to Sam");
  await expectFocus(page, "You answered, today");
  const sent = page.getByRole("article", { name: "You answered, today" });
  expect(await sent.locator(".words").first().innerText()).toBe(
    "You can ask me this as often as you need.\n\nThe part I find hardest to say\n\nI am afraid of spring.",
  );
  expect(await page.getByRole("status").filter({ hasText: "Sent." }).count()).toBe(1);
  expect(await objections(page)).toEqual([]);
});

test("a discarded answer leaves the focus where another can be begun", async () => {
  const page = await openThread(300);
  await press(page, "Write an answer");
  await writeInto(page, "No.");
  await press(page, "Discard");
  await press(page, "Discard it");
  await expectFocus(page, "Write an answer");
});

test("an answer is changed in the open, one draft at a time, and the earlier words stay readable", async () => {
  const page = await openThread(300);
  await press(page, "Write an answer");
  await writeInto(page, "Begun.");
  await press(page, "Change…");
  await button(page, "Go on with your answer").waitFor();
  expect(await page.locator(".writing").count()).toBe(1);
  expect(await objections(page)).toEqual([]);
  await page.locator(".writing").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" I do now.");
  await press(page, "Save the change…");
  await page.getByRole("dialog").getByText("I do not know yet. I do now.").waitFor();
  await press(page, "Save the change");
  await expectFocus(page, "You answered, Monday");
  await press(page, /^changed today/);
  const before = page.getByRole("dialog");
  await before.getByText("I do not know yet.", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await before.waitFor({ state: "detached" });
  await press(page, "Go on with your answer");
  await page.locator(".writing").getByText("Begun.").waitFor();
});

test("by when I will answer is said in a sheet, changed in the open, and Esc leaves it as it was", async () => {
  const page = await openThread(300);
  await page
    .getByText("You said: by Thursday 26 November (before: by Tuesday 24 November).")
    .waitFor();
  await press(page, "Say another day");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await expectFocus(page, "Say another day");
  await press(page, "Say another day");
  await page.getByText("Another day", { exact: true }).click();
  await page.getByLabel("Which day").fill("2026-11-20");
  await press(page, "Say it");
  await page.getByText("Choose today or a later day.").waitFor();
  await page.getByLabel("Which day").fill("2026-11-29");
  await press(page, "Say it");
  await page
    .getByText("You said: by Sunday 29 November (before: by Thursday 26 November).")
    .waitFor();
  await expectFocus(page, "Say another day");
});

test("a day that has passed reads as it was said, and nothing counts it", async () => {
  const page = await openThread(500);
  await page.getByText("Sam said: by Friday 20 November.", { exact: true }).waitFor();
  expect(await page.locator("main").innerText()).not.toMatch(/late|ago|overdue|missed|passed/i);
  expect(await button(page, /Say/).count()).toBe(0);
});

test("what the other heard is answered with yes or not quite, by the one who was heard alone", async () => {
  const page = await openThread(200);
  await page.getByText("Sam said: not quite. You can try again.").waitFor();
  await page.getByText("The question was changed after this answer.").waitFor();
  await press(page, /^What you heard/);
  expect(await button(page, "Yes, that’s it").count()).toBe(0);
  await press(page, /^What Sam heard/);
  await press(page, "Not quite");
  await page.getByText("You said: not quite.").waitFor();
  await press(page, "Yes, that’s it");
  await page.getByText("You said: yes.").waitFor();
  expect(await objections(page)).toEqual([]);
});

test("asked again, the focus stays with the question", async () => {
  const page = await openThread(200);
  await press(page, "Ask again");
  await page.getByRole("alertdialog").getByRole("button", { name: "Ask again" }).press("Enter");
  await expectFocus(page, "You asked, 12 November");
  expect(await button(page, "Ask again").count()).toBe(0);
  await page.getByText(/asked again today/).waitFor();
});

test("a withdrawn question leaves its trace, and the answer beside it stays readable", async () => {
  const page = await openThread(400);
  await page.getByText(/^Withdrawn Thursday/).waitFor();
  await page.getByText("Yes, on Sunday.").waitFor();
  expect(await button(page, /answer/).count()).toBe(0);
  expect(await objections(page)).toEqual([]);
});

test("what I was writing about a question when it was withdrawn can be read, goes nowhere and is mine to discard", async () => {
  const page = await openThread(410);
  await page.getByText("It was on a Sunday.").waitFor();
  await page.getByText(/has withdrawn this question, so no answer goes to it/).waitFor();
  expect(await button(page, /^Send|^Let it rest/).count()).toBe(0);
  expect(await button(page, /hurts|plainly/).count()).toBe(0);
  expect(await objections(page)).toEqual([]);
  await press(page, "Go on with what I heard");
  await page.getByText("You want to know the day.").waitFor();
  await page.getByText(/has withdrawn these words, so this is not sent/).waitFor();
  await untilWriting(page);
  expect(await button(page, /^Send|^Let it rest/).count()).toBe(0);
  await press(page, "Discard");
  await press(page, "Discard it");
  await poll(() => page.getByText("You want to know the day.").count()).toBe(0);
  await button(page, "Go on with your answer").waitFor();
});

test("my withdrawn answer leaves its trace where it stood, with the focus on it", async () => {
  const page = await openThread(400);
  await press(page, "Withdraw…");
  await press(page, "Withdraw them");
  await poll(() => focused(page)).toMatch(/Withdrawn today/);
  expect(await page.getByText("Yes, on Sunday.").count()).toBe(0);
  expect(await page.getByRole("article", { name: /^You answered/ }).count()).toBe(1);
});

test("enough for today closes the place of questions at once", async () => {
  const page = await openThread(300);
  await press(page, "Stop here for today");
  await page.getByRole("heading", { name: "Enough for today" }).waitFor();
  expect(await page.getByText("Do you still want to go in spring").count()).toBe(0);
});

test("an entry of the other says where it changed, and what I heard goes beside it", async () => {
  const page = await screens.openAt(`/journal/${id(600)}`, ".words");
  expect(await button(page, "changed Thursday").count()).toBe(1);
  await press(page, "What I heard…");
  await writeInto(page, "You were glad.");
  expect(await objections(page)).toEqual([]);
  await press(page, "Send to Sam…");
  await press(page, "Send to Sam");
  await expectFocus(page, "What you heard, today");
});

test("my shared entry shows what was heard; withdrawn, it leaves a trace there and in the list", async () => {
  const page = await screens.openAt(`/journal/${id(601)}`, ".writing");
  await press(page, /^What Sam heard/);
  await page.getByText("The nights are a little longer.").waitFor();
  await press(page, "Yes, that’s it");
  await page.getByText("You said: yes.").waitFor();
  expect(await objections(page)).toEqual([]);
  await press(page, "Withdraw…");
  await press(page, "Withdraw them");
  await poll(() => focused(page)).toMatch(/Withdrawn today/);
  expect(await page.locator(".writing").count()).toBe(0);
  await page.getByRole("link", { name: "Journal" }).first().click();
  await page.getByText("Withdrawn today. The words are gone.").waitFor();
  expect(await page.getByText("Slept five hours").count()).toBe(0);
});

test("on a narrow screen with large text no thread sticks out", async () => {
  for (const number of [100, 200, 300, 400, 500]) {
    const page = await openThread(number, 360);
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    expect([number, await objections(page)]).toEqual([number, []]);
    await screens.leave(page);
  }
});

test("the policy refused nothing that a thread wanted, and no thread broke", () => {
  expect(screens.complaints).toEqual([]);
});
