import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Card } from "../../shared/page/card.ts";
import { violations } from "../support/axe.ts";
import { pageAt, sceneNow } from "../ui/scenes.ts";
import { go, type Start, useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ height: 720, british: true });

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const together = (number: number) => `/us/together/${pageAt(number)}`;
const hourMs = 3_600_000;

/** What the partner's Twofold sends, or one that was changed. */
const fromSam = (page: Page, card: Partial<Card>) =>
  page.evaluate((said) => window.scene.journal.set.says(said), card);

const mineOf = (page: Page, kind: Card["kind"]) =>
  page.evaluate(
    (wanted) =>
      window.scene.journal.cards
        .read()
        .filter(
          ({ kind: is, author, place }) => is === wanted && author === "me" && place === "shared",
        )
        .map(({ said, of, withdrawnAt }) => ({ said, of, gone: withdrawnAt !== undefined })),
    kind,
  );

/** What was pressed went with what it did: the next Tab goes on from here. */
const untilFocused = (page: Page, words: string) =>
  page.waitForFunction((text) => document.activeElement?.textContent === text, words);

/** What is wrong with how this screen stands there. */
const wrongWith = async (page: Page): Promise<readonly string[]> => {
  const found = [...(await violations(page))];
  const sheets = page.getByRole("dialog");
  const about = (await sheets.count()) > 0 ? sheets : page.getByRole("main");
  if ((await about.locator(".btn.primary:visible").count()) > 1) found.push("two primary ones");
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (over > 0) found.push(`${over} px wider than the screen`);
  return found;
};

const narrow = [
  { name: "light", look: {} },
  { name: "dark and narrow", look: { dark: true, width: 360 } },
  { name: "narrow, at twice the text", look: { width: 360, text: 2 } },
  { name: "narrow, from right to left", look: { width: 360 }, direction: "rtl" },
] as const satisfies readonly {
  readonly name: string;
  readonly look: Start;
  readonly direction?: string;
}[];

test.each(narrow)("the place, and what stands on it, are in order: $name", async (shown) => {
  const page = await screens.openAt("/us", "#thanks", shown.look);
  if ("direction" in shown)
    await page.evaluate((dir) => (document.documentElement.dir = dir), shown.direction);
  const wrong: Record<string, readonly string[]> = {};
  const see = async (name: string) => {
    const found = await wrongWith(page);
    if (found.length > 0) wrong[name] = found;
  };
  await see("the place");
  await page.evaluate(
    (until) =>
      window.scene.journal.sayPractice({ kind: "truce", until, line: "Un mot ".repeat(16) }),
    sceneNow + hourMs,
  );
  await page.locator(".plan-line.mine .truce-line").waitFor();
  await see("not tonight, by me");
  await fromSam(page, {
    kind: "truce",
    said: { kind: "truce", until: sceneNow + hourMs, line: "longword".repeat(20) },
  });
  await page.locator(".plan-line.theirs .truce-line").waitFor();
  await see("not tonight, by both");
  await go(page, "/questions", ".truce-notice");
  await see("above the questions");
  await go(page, "/us/together", ".line");
  await see("things to do together");
  for (const number of [450, 452, 453]) {
    await go(page, together(number), ".letter .words");
    await see(`one of them, ${number}`);
  }
  await go(page, together(456), ".writing");
  await see("one that is being written");
  await page.locator(".composing .btn.primary").press("Enter");
  await page.locator(".preview").waitFor();
  await see("before it is proposed");
  expect(wrong).toEqual({});
});

test("thanks are read, begun with an opener, said and taken back by the keyboard, and nothing adds them up", async () => {
  const page = await screens.openAt("/us", "#thanks");
  const thanks = page.getByRole("region", { name: "Thank-you lines" });
  await thanks.getByText("before I was awake enough to ask").waitFor();
  expect(await thanks.locator(".theirs").getByRole("button").count()).toBe(0);
  await button(page, "Thank you for").press("Enter");
  expect(
    await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value),
  ).toBe("Thank you for ");
  await page.keyboard.press("End");
  await page.keyboard.type("the soup");
  expect(await mineOf(page, "thanks")).toHaveLength(1);
  await page.keyboard.press("Enter");
  const line = thanks.locator(".mine", { hasText: "Thank you for the soup" });
  await line.waitFor();
  expect(await page.getByLabel("A thank-you, in one line").inputValue()).toBe("");
  expect((await thanks.innerText()).replaceAll(/\d+ November/g, "")).not.toMatch(
    /\d|total|week|since|more than|seen|read/i,
  );
  await line.getByRole("button", { name: "Take it back" }).press("Enter");
  await line.waitFor({ state: "detached" });
  await untilFocused(page, "Thank-you lines");
  expect(await mineOf(page, "thanks")).toContainEqual(expect.objectContaining({ gone: true }));
});

test("who takes no part in thanks sees none and is asked for none, and nothing of it is said to the partner", async () => {
  const page = await screens.openAt("/us", "#thanks");
  const before = await page.evaluate(() => window.scene.journal.cards.read().length);
  const part = page.getByRole("switch", { name: "I take part" });
  await part.press("Space");
  await page.locator(".say-line").waitFor({ state: "detached" });
  await fromSam(page, { kind: "thanks", said: { kind: "thanks", line: "for waiting" } });
  expect(await page.getByText("for waiting").count()).toBe(0);
  expect(await page.getByText("awake enough").count()).toBe(0);
  expect(await page.evaluate(() => window.scene.journal.cards.read().length)).toBe(before + 1);
  await part.press("Space");
  await page.getByText("for waiting").waitFor();
});

test("“not tonight” is said with one press and without a reason, stands above what is hard, and is taken back", async () => {
  const page = await screens.openAt("/us", "#not-tonight");
  const place = page.getByRole("region", { name: "Not tonight" });
  await button(page, "Say “not tonight”").press("Enter");
  await place.getByText(/^You said “not tonight”\. Nothing hard until .*0?9:00/).waitFor();
  await untilFocused(page, "Not tonight");
  const [said] = await mineOf(page, "truce");
  expect(said?.said).toEqual({ kind: "truce", until: new Date(2026, 10, 22, 9).getTime() });
  expect(await place.getByRole("textbox").count()).toBe(0);
  for (const hard of ["/questions", "/letters", "/talks"]) {
    await go(page, hard, ".truce-notice");
    // It is said, and that is all: what can be done there can be done.
    expect(await page.locator("main .btn.primary:visible:disabled").count()).toBe(0);
  }
  await page.getByRole("link", { name: "See it" }).press("Enter");
  await place.getByRole("button", { name: "Take it back" }).press("Enter");
  await button(page, "Say “not tonight”").waitFor();
  await untilFocused(page, "Not tonight");
  await go(page, "/questions", "h1");
  expect(await page.locator(".truce-notice").count()).toBe(0);
});

test("the partner's “not tonight” is read as it was said, with nothing to answer and nobody to ask why", async () => {
  const page = await screens.openAt("/us", "#not-tonight");
  const line = "I am tired. <b>Not you.</b>";
  const id = await fromSam(page, {
    kind: "truce",
    said: { kind: "truce", until: sceneNow + hourMs, line },
  });
  const place = page.getByRole("region", { name: "Not tonight" });
  await place.getByText(/^Sam said “not tonight”/).waitFor();
  await place.getByText(line, { exact: true }).waitFor();
  expect(await place.getByRole("button").count()).toBe(0);
  expect(await place.innerText()).not.toMatch(/why|reason|answer|sorry/i);
  await go(page, "/questions", ".truce-notice");
  await page.evaluate((taken) => window.scene.journal.withdraw(taken), id);
  await page.locator(".truce-notice").waitFor({ state: "detached" });
});

test("“not tonight” is over on an open screen when its time has come, and a changed Twofold cannot make it longer than the next noon", async () => {
  const page = await screens.openAlone("/questions", "h1", {}, (made) => made.clock.install());
  await fromSam(page, { kind: "truce", said: { kind: "truce", until: sceneNow + 90_000 } });
  await page.locator(".truce-notice").waitFor();
  await page.clock.fastForward("01:00");
  await page.keyboard.press("Tab");
  expect(await page.locator(".truce-notice").count()).toBe(1);
  await page.clock.fastForward("01:00");
  await page.locator(".truce-notice").waitFor({ state: "detached" });
  await go(page, "/us", "#not-tonight");
  await button(page, "Say “not tonight”").waitFor();
  await fromSam(page, {
    kind: "truce",
    said: { kind: "truce", until: sceneNow + 8_000 * hourMs },
  });
  await page.getByText(/Nothing hard until .*12:00/).waitFor();
});

test("something to do together is written, looked at and proposed by the keyboard, and the focus goes back to what opened the sheet", async () => {
  const page = await screens.openAt("/us/together", ".line");
  await button(page, "Propose something").press("Enter");
  await page.locator(".writing").waitFor();
  await page.getByLabel("Title").fill("Pancakes");
  await page.getByLabel("What it is, and what it needs").click();
  await page.keyboard.type("On the first of the month, in pyjamas.");
  await page.getByLabel("The day, if there is one").fill("2026-12-01");
  await page.getByRole("radio", { name: "Once" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const open = button(page, "Propose it…");
  await open.press("Enter");
  const sheet = page.getByRole("dialog");
  await sheet.getByText("Every month, next on Tuesday 1 December").waitFor();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await untilFocused(page, "Propose it…");
  expect(await mineOf(page, "together")).toHaveLength(2);
  await open.press("Enter");
  await sheet.getByRole("button", { name: "Propose to Sam" }).press("Enter");
  await page.getByText("Proposed. It stands once Sam says yes.").waitFor();
  await page.getByRole("heading", { name: "Pancakes" }).waitFor();
  expect(await button(page, "Yes, with you").count()).toBe(0);
  expect(await page.locator("main .btn.primary").count()).toBe(0);
  await button(page, "Take it back").press("Enter");
  await page.getByText("You ended it.").waitFor();
});

test("a second yes makes it of both, and either ends it with one press and without a reason", async () => {
  const page = await screens.openAt(together(452), ".letter .words");
  await page.getByText("Sam would like this with you.").waitFor();
  await button(page, "Yes, with you").press("Enter");
  await page.getByText("You both want this.").waitFor();
  await untilFocused(page, "Your sister’s concert");
  await go(page, "/us/together", ".line");
  const both = page.locator("section", {
    has: page.getByRole("heading", { name: "What you both want" }),
  });
  await both.getByRole("link", { name: /Your sister’s concert/ }).press("Enter");
  await page.locator(".letter .words").waitFor();
  expect(await page.getByRole("main").getByRole("textbox").count()).toBe(0);
  await button(page, "No longer").press("Enter");
  await page.getByText("You ended it.").waitFor();
  await untilFocused(page, "Your sister’s concert");
  expect(await page.getByRole("dialog").count()).toBe(0);

  await go(page, together(450), ".letter .words");
  await page.getByText("You both want this.").waitFor();
  await fromSam(page, { kind: "end", of: pageAt(450) });
  await page.getByText("Sam ended it.").waitFor();
  expect(await button(page, "No longer").count()).toBe(0);
});

test("what was agreed to and then changed stands no more, and a yes of the proposer's own makes nothing of both", async () => {
  const page = await screens.openAt(together(450), ".letter .words");
  await page.getByText("You both want this.").waitFor();
  const changed = await fromSam(page, {
    kind: "together",
    title: "Another walk",
    excerpt: "With his mother.",
    changedAt: sceneNow,
    said: { kind: "together" },
  });
  await page.evaluate((of) => window.scene.journal.agreeTo(of), changed);
  await go(page, `/us/together/${changed}`, ".letter .words");
  await page.getByText("Its words are not those that were proposed. It does not stand.").waitFor();
  const twice = await fromSam(page, { kind: "together", excerpt: "A week with nobody else." });
  await fromSam(page, { kind: "yes", of: twice });
  await go(page, `/us/together/${twice}`, ".letter .words");
  await page.getByText("Sam would like this with you.").waitFor();
});

test("rituals come back on their days, what had one day is folded away, and nothing says what came of it", async () => {
  const page = await screens.openAt("/us/together", ".line");
  const main = page.getByRole("main");
  await main.getByText(/Every week, next on Sunday 22 November/).waitFor();
  expect(await main.getByText("The sea, for a day").isVisible()).toBe(false);
  await button(page, "What is over").press("Enter");
  await main.getByText("The sea, for a day").waitFor();
  expect(await main.innerText()).not.toMatch(/missed|kept|skipped|done|times|%|last time/i);
});

test("no screen broke, and the policy refused nothing that one wanted", () => {
  expect(screens.complaints).toEqual([]);
});
