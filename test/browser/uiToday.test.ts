import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { go, type Start, useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");
const screens = useScreens({ height: 720, british: true });

const open = (hash: string, ready: string, query = ""): Promise<Page> =>
  screens.openAt(hash, ready, { query });
const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });

test.each<Start>([{ text: 2 }, { dark: true, width: 360 }])(
  "every screen of Today and of For me is in order, and has one primary button at most (%o)",
  async (look) => {
    const rules = look.dark === true ? ["color-contrast"] : undefined;
    const page = await screens.openAt("/today", ".hand", { ...look, query: "?pages=hands" });
    const seen: Record<string, readonly string[]> = { today: await violations(page, rules) };
    const crowded: string[] = [];
    for (const [place, ready] of [
      ["/questions", ".hand-notice"],
      ["/today/before", ".line"],
      [`/today/${id(300)}`, ".letter"],
      [`/today/${id(301)}`, ".writing"],
      ["/for-me", ".own-lines"],
      ["/for-me/cues", ".line"],
      [`/for-me/cues/${id(311)}`, ".writing"],
      ["/for-me/people", ".line"],
      [`/for-me/people/${id(313)}`, ".field"],
    ] as const) {
      await go(page, place, ready);
      seen[place] = await violations(page, rules);
      if ((await page.locator("main .btn.primary:visible").count()) > 1) crowded.push(place);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      if (wide) crowded.push(`${place} is too wide`);
    }
    await button(page, "Steady").click();
    await button(page, /^Ask Sam for one thing/).click();
    seen["asking"] = await violations(page, rules);
    await page.keyboard.press("Escape");
    await go(page, "/today", ".hand");
    await button(page, "Words to answer with…").click();
    seen["answering"] = await violations(page, rules);
    expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
    expect(crowded).toEqual([]);
  },
);

test("one checks in by the keyboard, keeps it here, changes it, and shares it past the preview", async () => {
  const page = await open("/today", ".today-nothing", "?pages=none");
  await page.getByText("Nothing waits for you here.").waitFor();
  await button(page, "Check in").press("Enter");
  await button(page, "tired").press("Space");
  await page.getByLabel("What you need", { exact: true }).fill("An hour to myself");
  await button(page, "Keep it here").press("Enter");
  await page.getByText("Your check-in · only here").waitFor();
  await page.getByText("An hour to myself").waitFor();
  await page.getByRole("link", { name: "Your check-in" }).press("Enter");
  await page.getByLabel("Thank you for …", { exact: true }).fill("the soup");
  await button(page, "Share with Sam…").press("Enter");
  const sheet = page.getByRole("dialog", { name: "This is what Sam will see" });
  await sheet.getByText("the soup").waitFor();
  await sheet.getByText("An hour to myself").waitFor();
  await sheet.getByRole("button", { name: "Share with Sam" }).press("Enter");
  await page.getByText("Your check-in · shared with Sam").waitFor();
  expect(await button(page, "Check in").count()).toBe(0);
});

test("what is planned for the day leads to its own page, and a journal that is empty yet to where one can begin", async () => {
  const page = await open("/today", ".today", "?pages=hands");
  await page.getByRole("link", { name: "The money, and nothing else" }).press("Enter");
  await page.getByRole("heading", { level: 1, name: /20:00 · 30 minutes/ }).waitFor();
  await go(page, "/today", ".today");
  await page.getByRole("link", { name: /Home about seven$/ }).press("Enter");
  await page.getByRole("heading", { level: 1, name: "Plans" }).waitFor();
  await go(page, "/today", ".today");
  expect(await page.locator("main").getByRole("link", { name: "Where to begin" }).count()).toBe(0);
  await screens.leave(page);
  const empty = await open("/today", ".today-nothing", "?pages=none");
  await empty.locator("main").getByRole("link", { name: "Where to begin" }).press("Enter");
  await empty.getByRole("heading", { level: 1, name: "Where to begin" }).waitFor();
});

test("two actions lead to one need from the palette, from Steady and from Today; saying it is one press, and so is taking it down", async () => {
  const page = await open("/journal", ".line");
  const asks = page.getByRole("dialog", { name: "Ask Sam for one thing" });
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("hand signal");
  await page.keyboard.press("Enter");
  await asks.getByRole("radio", { name: "Quiet, please" }).waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await asks.waitFor({ state: "detached" });
  await button(page, "Steady").click();
  await button(page, /^Ask Sam for one thing/).click();
  await asks.getByRole("radio", { name: "Quiet, please" }).press("Space");
  await asks.getByLabel("A line with it, if you like").fill("Until supper.");
  await asks.getByRole("button", { name: "Tell Sam" }).press("Enter");
  await asks.getByText("It is on its way to Sam.").waitFor();
  await asks.getByRole("button", { name: "Back to where I was" }).press("Enter");
  await go(page, "/today", ".hand.mine");
  await page.getByText("You ask Sam · until 20:30").waitFor();
  await button(page, "Take it down").press("Enter");
  await page.locator(".hand").waitFor({ state: "detached" });
  await button(page, "Ask Sam for one thing…").press("Enter");
  await asks.getByRole("radio", { name: "Call me" }).waitFor({ state: "attached" });
});

test("the partner's signal stands on every place with words to answer with; nothing is said until it is said", async () => {
  const page = await open("/journal", ".hand-notice", "?pages=hands");
  const notice = page.locator(".hand-notice").filter({ hasText: "Sam asks: “Quiet, please”" });
  const said = () =>
    page.evaluate(
      () =>
        window.scene.journal.cards
          .read()
          .filter(({ kind, author }) => kind === "handBack" && author === "me").length,
    );
  await notice.getByRole("button", { name: "Words to answer with…" }).press("Enter");
  const sheet = page.getByRole("dialog", { name: "Say something back" });
  await sheet.getByRole("button", { name: "I will be quiet with you." }).press("Enter");
  expect(await said()).toBe(0);
  await sheet.getByRole("button", { name: "Not now" }).press("Enter");
  expect(await said()).toBe(0);
  await notice.getByRole("button", { name: "Words to answer with…" }).press("Enter");
  await sheet.getByRole("button", { name: "I will be quiet with you." }).press("Enter");
  await sheet.getByRole("button", { name: "Say it to Sam" }).press("Enter");
  await sheet.waitFor({ state: "detached" });
  expect(await said()).toBe(1);
  await notice.getByRole("button", { name: "Put it away" }).press("Enter");
  await notice.waitFor({ state: "detached" });
  await go(page, "/today", ".hand.theirs");
  await page.getByText("You said: “I will be quiet with you.”").waitFor();
});

test("nothing on Today is a number, an age or a way to be behind", async () => {
  const page = await open("/today", ".today", "?pages=hands");
  const words = await page.locator("main").innerText();
  expect(words.replaceAll(/Saturday 21 November|\d\d:\d\d/g, "")).not.toMatch(
    /\d|waiting|since|ago|overdue|unread|yesterday/i,
  );
});

test("what helps and whom to call is in Steady while the journal is open, and goes from it with the lock", async () => {
  const page = await open("/for-me", ".own-lines");
  await page.getByLabel("One more thing that helps").fill("Snow");
  await page.keyboard.press("Enter");
  await page.locator(".own-lines").getByText("Snow").waitFor();
  await button(page, "Take away: Cold water on my wrists").press("Enter");
  await page.locator(".own-lines").getByText("Cold water").waitFor({ state: "detached" });
  await button(page, "Steady").click();
  await button(page, /^Somebody to call/).click();
  const steady = page.getByRole("dialog");
  await steady.getByText("0151 555 0137").waitFor();
  await button(page, "Something else to steady").press("Enter");
  await button(page, /^What helps me/).click();
  await steady.getByText("Snow").waitFor();
  await button(page, "Back to where I was").press("Enter");
  await button(page, "Lock").click();
  await page.getByLabel("Passphrase", { exact: true }).waitFor();
  await button(page, "Steady").click();
  await page.locator(".steady-ways").waitFor();
  expect(await steady.getByRole("button", { name: /What helps me|to call$|Ask Sam/ }).count()).toBe(
    0,
  );
});

test("no place of For me has a way to the partner, and each says where it stays", async () => {
  const page = await open("/for-me", ".own-lines");
  for (const [place, ready] of [
    ["/for-me/helps", ".own-lines"],
    ["/for-me/cues", ".line"],
    ["/for-me/people", ".line"],
    [`/for-me/cues/${id(311)}`, ".writing"],
    [`/for-me/people/${id(313)}`, ".field"],
  ] as const) {
    await go(page, place, ready);
    expect(
      await page
        .getByRole("main")
        .getByRole("button", { name: /share|send|sam/i })
        .count(),
    ).toBe(0);
    expect(
      await page
        .getByText("Kept on this computer only.")
        .or(page.getByText("No button sends it."))
        .count(),
    ).toBe(1);
  }
});

test("somebody is written down, and found again with what was typed, and deleted for good", async () => {
  const page = await open("/for-me/people", ".stays-here", "?pages=none");
  await button(page, "Write somebody down").press("Enter");
  await page.getByLabel("Who they are", { exact: true }).fill("Mara");
  await page.getByLabel("How you reach them", { exact: true }).fill("0151 555 0137");
  await page.getByRole("link", { name: "My people" }).press("Enter");
  await page.getByRole("link", { name: "Mara" }).press("Enter");
  expect(await page.getByLabel("How you reach them", { exact: true }).inputValue()).toBe(
    "0151 555 0137",
  );
  await button(page, "Discard").press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Discard" }).press("Enter");
  await button(page, "Write somebody down").waitFor();
});
