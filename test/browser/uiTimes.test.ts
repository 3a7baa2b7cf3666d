import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { looks } from "../ui/looks.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");
const screens = useScreens({ height: 720, british: true });

const open = (hash: string, ready: string, query = ""): Promise<Page> =>
  screens.openAt(hash, ready, { query });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

const places = [
  ["/plans", ".plan-line"],
  ["/talks", ".line"],
  [`/talks/${id(350)}`, ".letter .words"],
  [`/talks/${id(351)}`, ".letter .words"],
  [`/talks/${id(353)}`, ".talk-clock"],
  [`/talks/${id(356)}`, ".talk-clock"],
  [`/talks/${id(360)}`, "#talk-notes"],
  [`/talks/${id(366)}`, ".writing"],
  ["/contact", ".line"],
  [`/contact/${id(370)}`, ".step .words"],
  [`/contact/${id(377)}`, ".writing"],
] as const;

test.each(looks)(
  "plans, hard-talk times and ended contact are in order and have one primary button at most: $name",
  async (look) => {
    const page = await screens.openAt("/plans", ".plan-line", look);
    const wrong: Record<string, readonly string[]> = {};
    for (const [place, ready] of places) {
      await go(page, place, ready);
      const found = [...(await violations(page))];
      if ((await page.locator(".btn.primary:visible").count()) > 1) found.push("two primary ones");
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      if (over) found.push("wider than the screen");
      if (found.length > 0) wrong[place] = found;
    }
    expect(wrong).toEqual({});
  },
);

test("a plan is said in one line and gone when it is taken back; what was said yesterday is nowhere", async () => {
  const page = await open("/plans", ".plan-line");
  expect(await page.getByText("At my sister’s until ten.").count()).toBe(0);
  await button(page, "Home about").press("Enter");
  await page.keyboard.type("eight");
  await page.keyboard.press("Enter");
  const line = page.locator(".plan-line", { hasText: "Home about eight" });
  await line.waitFor();
  expect(await page.getByLabel("Your plan, in one line").inputValue()).toBe("");
  await line.getByRole("button", { name: "Take it back" }).press("Enter");
  await line.waitFor({ state: "detached" });
});

test("nothing on the plans says that none was said, and nothing asks for a place", async () => {
  const page = await open("/plans", ".plan-line");
  const words = await page.locator("main").innerText();
  expect(words).not.toMatch(/no plan|has not|not said|where (are|is)|location|map|password/i);
  expect(await page.getByRole("main").getByRole("textbox").count()).toBe(1);
});

test("an offer to say plans is made, and ends with one press", async () => {
  const page = await open("/plans", "#offer-plans", "?pages=none");
  await page.getByLabel("The last day", { exact: true }).fill("2027-05-01");
  await page.getByText("It will be offered until Monday 21 December.").waitFor();
  await button(page, "Offer it to Sam").press("Enter");
  await page.getByText("Offered until Monday 21 December.").waitFor();
  await button(page, "Take it back").press("Enter");
  await page.locator("#offer-plans").waitFor();
});

test("a hard-talk time goes on screen from its beginning over a pause to words that close it, by the keyboard", async () => {
  const page = await open(`/talks/${id(351)}`, ".letter .words");
  await button(page, "Begin now").press("Enter");
  await page.getByRole("timer").getByText("45 minutes left").waitFor();
  await page
    .getByRole("button", { name: /^Back at/ })
    .first()
    .press("Enter");
  await page.getByText(/^You have a pause\. Back at/).waitFor();
  await button(page, "Go on").press("Enter");
  await button(page, "End it here…").press("Enter");
  await button(page, "Thank you for staying.").press("Enter");
  await button(page, "Close with these words").press("Enter");
  await page.getByRole("heading", { name: "You can stop here." }).waitFor();
  await page.getByText("You closed with").waitFor();
  expect(await page.locator("main").innerText()).not.toMatch(/took|lasted|minutes left/i);
  await button(page, "Write a note").press("Enter");
  await page.locator("[contenteditable=true]").waitFor();
});

test("with reduced motion the arc takes its steps with the minutes that are said", async () => {
  const page = await screens.openAlone(`/talks/${id(353)}`, ".talk-clock", {}, (opening) =>
    opening.emulateMedia({ reducedMotion: "reduce" }),
  );
  const part = await page.locator(".talk-arc").getAttribute("stroke-dasharray");
  const minutes = Number(/\d+/.exec(await page.getByRole("timer").innerText())?.[0]);
  expect(Number(part?.split(" ")[0])).toBeCloseTo(minutes / 30, 6);
});

test("a time is proposed with questions of both among its topics", async () => {
  const page = await open(`/talks/${id(366)}`, ".writing");
  await page.getByRole("switch", { name: "Sam asked: Will you come on Sunday?" }).press("Space");
  await button(page, "Propose…").press("Enter");
  const sheet = page.getByRole("dialog", { name: "This is what Sam will see" });
  await sheet.getByText("You asked: Who else knows").waitFor();
  await sheet.getByText("Sam asked: Will you come on Sunday?").waitFor();
  await sheet.getByText("Thursday 26 November, 20:15 · 20 minutes").waitFor();
  await sheet.getByRole("button", { name: "Propose to Sam" }).press("Enter");
  await page.getByText("Proposed. It stands once Sam says yes.").waitFor();
});

test("an ended contact of the partner's is read, with nothing to judge it by", async () => {
  const page = await open(`/contact/${id(370)}`, ".step .words");
  const main = page.getByRole("main");
  await main.getByText("A message came to my work address.").waitFor();
  const names = await main.getByRole("button").allInnerTexts();
  expect(names.filter((name) => !name.startsWith("changed"))).toEqual([]);
  expect(await main.innerText()).not.toMatch(/%|\d+ (steps|times|days)/i);
});

test("a step is written here, and shared by itself on its day", async () => {
  const page = await open(`/contact/${id(375)}`, ".step .words");
  await button(page, "Add a step").press("Enter");
  await page.locator("[contenteditable=true]").click();
  await page.keyboard.type("I told my brother.");
  await page.getByLabel("On which day", { exact: true }).fill("2026-11-18");
  await button(page, "Share with Sam…").press("Enter");
  const sheet = page.getByRole("dialog", { name: "This is what Sam will see" });
  await sheet.getByText("Wednesday 18 November").waitFor();
  await sheet.getByRole("button", { name: "Share with Sam" }).press("Enter");
  await page
    .locator(".step", { hasText: "Wednesday 18 November" })
    .getByText("my brother")
    .waitFor();
});
