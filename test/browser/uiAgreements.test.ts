import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");
const screens = useScreens({ height: 720, british: true });

const open = (hash = "/agreements", ready = ".line", query = ""): Promise<Page> =>
  screens.openAt(hash, ready, { query });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const standing = (page: Page) => page.locator(".agreement-standing");

test("every page of the agreements is in order and has one primary button at most", async () => {
  const page = await open();
  const seen: Record<string, readonly string[]> = { place: await violations(page) };
  const crowded: number[] = [];
  for (const [number, ready] of [
    [200, ".letter .words"],
    [202, ".letter .words"],
    [203, ".letter .words"],
    [204, ".letter .words"],
    [206, ".letter .words"],
    [208, ".writing"],
  ] as const) {
    await go(page, `/agreements/${id(number)}`, ready);
    seen[number] = await violations(page);
    if ((await page.locator(".btn.primary:visible").count()) > 1) crowded.push(number);
  }
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
  expect(crowded).toEqual([]);
});

test("what asks for a yes stands first, and nothing says how many there are or for how long they wait", async () => {
  const page = await open();
  expect(await page.locator("h2.month").allTextContents()).toEqual([
    "You are writing",
    "Sam proposes",
    "Agreed",
    "You propose",
  ]);
  expect(await page.locator("main").innerText()).not.toMatch(/\d+ (agreements?|days?|waiting)/i);
  await button(page, "No longer").press("Enter");
  await page.getByText("You did not agree to this.").waitFor();
  await page.getByText("It held until Thursday 1 October.").waitFor();
});

test("a yes is one press on the keyboard, and the page says at once that it counts", async () => {
  const page = await open(`/agreements/${id(202)}`, ".letter .words");
  expect(await standing(page).innerText()).toBe("Proposed. It counts once you say yes.");
  await button(page, "Yes, I agree").press("Enter");
  await standing(page).getByText("Agreed, until Friday 15 January.").waitFor();
  expect(await button(page, "Yes, I agree").count()).toBe(0);
});

test("ending is one press without a question, and the same words can be proposed again", async () => {
  const page = await open(`/agreements/${id(200)}`, ".letter .words");
  await button(page, "End it").press("Enter");
  await standing(page).getByText("You ended it · today").waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
  await button(page, "Propose it again").click();
  await page.getByRole("heading", { name: "A new wording" }).waitFor();
});

test("saying no to a proposal gives no reason and asks for none", async () => {
  const page = await open(`/agreements/${id(202)}`, ".letter .words");
  await button(page, "I don’t agree to this").click();
  await standing(page).getByText("You did not agree to this.").waitFor();
});

test("a proposal is written, given its day within ninety, looked at, and proposed", async () => {
  const page = await open("/agreements", ".empty", "?pages=none");
  await button(page, "Propose something").press("Enter");
  await page.locator("[contenteditable=true]").click();
  await page.keyboard.type("We speak of money on Mondays.");
  const until = page.getByLabel("Until when it holds", { exact: true });
  await until.fill("2027-06-01");
  await page.getByText("It is set to Friday 19 February.").waitFor();
  expect(await until.inputValue()).toBe("2027-02-19");
  await button(page, "Propose…").click();
  const sheet = page.getByRole("dialog", { name: "This is what Sam will see" });
  await sheet.getByText("We speak of money on Mondays.").waitFor();
  await sheet.getByText("Until Friday 19 February").waitFor();
  expect(await violations(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Propose to Sam" }).click();
  await standing(page).getByText("Proposed. It counts once Sam says yes.").waitFor();
  await button(page, "Take it back").click();
  await standing(page).getByText("You took this proposal back.").waitFor();
});

test("the palette finds agreements by the word for them that comes to mind", async () => {
  const page = await open("/journal");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("boundar");
  await page.locator(".palette-item[data-focused]").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Agreements" }).waitFor();
});
