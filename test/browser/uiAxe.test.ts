import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { go, unlock, useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");

const screens = useScreens();
const { open: openApp, openJournal } = screens;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("axe sees what is planted", async () => {
  const page = await openApp();
  await button(page, "Unlock").waitFor();
  await page.evaluate(() => {
    document.querySelector("main")?.append(document.createElement("button"));
  });
  expect(await violations(page)).toHaveLength(1);
});

test.each([{ dark: false }, { dark: true }])(
  "every screen inside is in order (%o)",
  async ({ dark }) => {
    const rules = dark ? ["color-contrast"] : undefined;
    const page = await openJournal({ dark });
    const seen: Record<string, readonly string[]> = { journal: await violations(page, rules) };
    const look = async (name: string, hash: string, ready: string) => {
      await go(page, hash, ready);
      seen[name] = await violations(page, rules);
    };
    await look("draft", `/journal/${id(1)}`, ".writing");
    await button(page, "Share…").click();
    await page.getByRole("dialog").waitFor();
    seen["preview"] = await violations(page, rules);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await look("own shared entry", `/journal/${id(3)}`, ".writing");
    await look("their entry", `/journal/${id(2)}`, ".words");
    await look("questions", "/questions", ".line");
    await look("thread", `/questions/${id(10)}`, ".letter .words");
    await look("closed answer", `/questions/${id(13)}`, ".closed");
    await look("asked of me", `/questions/${id(20)}`, ".letter");
    await button(page, "Write an answer").click();
    await page.locator(".writing").waitFor();
    seen["answering"] = await violations(page, rules);
    await go(page, "/questions", ".line");
    await button(page, "Ask a question").click();
    await page.locator(".writing").waitFor();
    seen["asking"] = await violations(page, rules);
    await look("room door", "/room", ".room form");
    await page.evaluate(() => window.scene.journal.set.room("open"));
    await look("room", "/room", ".line");
    await look("room page", `/room/${id(30)}`, ".writing");
    await look("settings", "/settings", ".setting");
    await look("new words", "/settings/words", "form");
    await page.evaluate(() => window.scene.journal.set.wordsKept(false));
    await look("words not kept, in settings", "/settings", ".setting");
    await look("words not kept", "/journal", ".notice");
    await look("missing", "/nowhere", "h1");
    expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
  },
);

test("every screen of pairing is in order", async () => {
  const page = await openJournal({ query: "?partner=none&pages=none" });
  const seen: Record<string, readonly string[]> = { empty: await violations(page) };
  await go(page, "/pair", ".two-ways");
  seen["start"] = await violations(page);
  await page.getByLabel("Invitation link").fill("hello");
  await button(page, "Look at it").click();
  await page.getByRole("alert").waitFor();
  seen["no invitation"] = await violations(page);
  await page.evaluate(() => window.scene.offerLink("twofold://pair#AAAA"));
  await page.getByText("ws://192.168.178.20:47180").waitFor();
  seen["before joining"] = await violations(page);
  await button(page, "Make an invitation").click();
  await page.locator(".qr").waitFor();
  seen["invitation"] = await violations(page);
  const step = async (
    name: string,
    view: Parameters<typeof window.scene.journal.set.pairing>[0],
    shown: string,
  ) => {
    await page.evaluate((next) => window.scene.journal.set.pairing(next), view);
    await page.locator("main").getByText(shown).first().waitFor();
    seen[name] = await violations(page);
  };
  await step("meeting", { step: "meeting" }, "agreeing on keys");
  await step(
    "words",
    {
      step: "words",
      words: ["orbit", "velvet", "canyon", "humble"],
      confirmed: false,
      meeting: "first",
      otherKeys: false,
    },
    "They are the same",
  );
  await step("finishing", { step: "finishing" }, "The keys are being written");
  await step("ended", { step: "ended", code: "VANISHED" }, "You are not paired");
  await step("done", { step: "done", partner: { name: "Sam" } }, "You are two now");
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
});

test("the first run is in order, and goes from the first sentence to the journal by keyboard alone", async () => {
  const page = await openApp({ query: "?door=new&pages=none&partner=none" });
  const seen: Record<string, readonly string[]> = {};
  const next = async (name: string, press: string) => {
    seen[name] = await violations(page);
    await button(page, press).focus();
    await page.keyboard.press("Enter");
  };
  await button(page, "Go on").waitFor();
  await next("one", "Go on");
  await next("two", "Go on");
  await next("three", "Begin");
  await page.getByLabel("Your name").fill("Noor");
  await next("me", "Go on");
  await page.getByLabel("New passphrase", { exact: true }).fill("heron canal window lantern");
  await page.getByLabel("The same once more", { exact: true }).fill("heron canal window lantern");
  await next("passphrase", "Make my journal");
  await page.locator(".recovery").waitFor();
  const words = await page.locator(".recovery li").allTextContents();
  expect(words).toHaveLength(12);
  await next("words", "I have written them down");
  await button(page, "Compare").waitFor();
  await next("asked", "Compare");
  expect(await page.getByText("Look at the paper once more").count()).toBe(3);
  for (const label of await page.locator("form label").allTextContents()) {
    const place = Number(label.replaceAll(/\D/g, ""));
    await page
      .getByLabel(label, { exact: true })
      .fill((words[place - 1] ?? "").replace(/^\d+/, ""));
  }
  await next("answered", "Compare");
  await button(page, "Set it up now").click();
  seen["room"] = await violations(page);
  await button(page, "Later").click();
  await page.getByRole("heading", { name: "Today", exact: true }).waitFor();
  expect(await page.getByText("have not been written down yet").count()).toBe(0);
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
});

test("lost recovery words are made anew from the banner, by keyboard alone, and then it is gone", async () => {
  const page = await openApp();
  await page.evaluate(() => window.scene.journal.set.wordsKept(false));
  await unlock(page);
  const seen: Record<string, readonly string[]> = {};
  const enter = async (name: string, press: string) => {
    seen[name] = await violations(page);
    await button(page, press).focus();
    await page.keyboard.press("Enter");
  };
  const passphrase = page.getByLabel("Passphrase", { exact: true });
  await page.getByText("have not been written down yet").waitFor();
  await page.getByRole("link", { name: "Make new recovery words" }).focus();
  await page.keyboard.press("Enter");
  await passphrase.fill("open says me");
  await enter("passphrase", "Make new recovery words");
  await page.getByRole("alert").waitFor();
  expect(await passphrase.inputValue()).toBe("");
  await passphrase.fill("open sesame");
  await enter("refused", "Make new recovery words");
  await page.locator(".recovery").waitFor();
  const words = await page.locator(".recovery li").allTextContents();
  await enter("words", "I have written them down");
  await button(page, "Compare").waitFor();
  for (const label of await page.locator("form label").allTextContents()) {
    const place = Number(label.replaceAll(/\D/g, ""));
    await page
      .getByLabel(label, { exact: true })
      .fill((words[place - 1] ?? "").replace(/^\d+/, ""));
  }
  await enter("answered", "Compare");
  await page.getByRole("heading", { name: "Your recovery words are kept" }).waitFor();
  seen["done"] = await violations(page);
  await page.getByRole("link", { name: "Go to the journal" }).click();
  await page.getByRole("heading", { name: "Journal" }).waitFor();
  expect(await page.getByText("have not been written down yet").count()).toBe(0);
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
});

test("locked, damaged, forgotten and left: these screens are in order", async () => {
  const seen: Record<string, readonly string[]> = {};
  const page = await openApp();
  await button(page, "Unlock").waitFor();
  seen["locked"] = await violations(page);
  await page.getByLabel("Passphrase", { exact: true }).fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByText(/You can try again in \d/).waitFor();
  seen["wrong"] = await violations(page);
  await button(page, "I forgot it").click();
  seen["forgotten"] = await violations(page);
  await page.getByRole("button", { name: "Step out" }).click();
  await button(page, "Come back").waitFor();
  seen["away"] = await violations(page);
  await page.goto(`${screens.origin()}/?door=damaged:KEYCHAIN_LOST`);
  await button(page, "Use my recovery words").waitFor();
  seen["damaged"] = await violations(page);
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
});

test("narrow, and with text of twice the size, nothing is cut off and nothing scrolls sideways", async () => {
  for (const width of [320]) {
    const page = await openJournal({ width });
    for (const [hash, ready] of [
      ["/journal", ".line"],
      [`/journal/${id(1)}`, ".writing"],
      [`/questions/${id(10)}`, ".letter .words"],
      ["/room", ".room form"],
      ["/settings", ".setting"],
    ] as const) {
      await go(page, hash, ready);
      expect([hash, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([
        hash,
        width,
      ]);
    }
    expect(await violations(page)).toEqual([]);
    await page.getByText("200 %").click();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe(
      "32px",
    );
    await go(page, `/questions/${id(10)}`, ".letter .words");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test("the policy refused nothing that a screen wanted, and no screen broke", () => {
  expect(screens.complaints).toEqual([]);
});
