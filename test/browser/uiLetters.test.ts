import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");

const screens = useScreens({ height: 720 });

const openLetters = (hash = "/letters", ready = "h1", query = ""): Promise<Page> =>
  screens.openAt(hash, ready, { query });

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

const primaries = (page: Page) => page.locator(".btn.primary:visible").count();

test("every page of the letters is in order and has one primary button at most", async () => {
  const page = await openLetters("/letters", ".line");
  const seen: Record<string, readonly string[]> = { place: await violations(page) };
  const crowded: number[] = [];
  for (const [number, ready] of [
    [40, ".closed"],
    [41, ".letter .words"],
    [42, ".letter .words"],
    [43, ".writing"],
    [44, ".letter .words"],
    [45, ".put-off"],
    [46, ".closed"],
    [48, ".closed"],
    [51, ".letter .words"],
    [53, ".withdrawn"],
    [55, ".writing"],
  ] as const) {
    await go(page, `/letters/${id(number)}`, ready);
    seen[number] = await violations(page);
    if ((await primaries(page)) > 1) crowded.push(number);
  }
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
  expect(crowded).toEqual([]);
});

test("a disclosure passes two calm screens, is written by sections, and goes once, as a whole", async () => {
  const page = await openLetters("/letters", ".empty", "?pages=none");
  const seen: Record<string, readonly string[]> = { empty: await violations(page) };
  await button(page, "Choose what to write").focus();
  await page.keyboard.press("Enter");
  seen["choice"] = await violations(page);
  await button(page, "A disclosure").focus();
  await page.keyboard.press("Enter");
  await page.getByText("If you are afraid, stop here.").waitFor();
  expect(await focused(page)).toBe("Before you begin: is it safe?");
  seen["safety"] = await violations(page);
  await button(page, "Not now").click();
  await button(page, "Choose what to write").click();
  await button(page, "A disclosure").click();
  await button(page, "Go on").click();
  expect(await button(page, "Begin").isDisabled()).toBe(true);
  await page.getByText("This is not legal advice.").waitFor();
  seen["legal"] = await violations(page);
  await page.getByRole("checkbox", { name: "I have read this" }).focus();
  await page.keyboard.press("Space");
  await button(page, "Begin").click();
  await page.locator(".writing").waitFor();
  await page.getByText("Only here. Take the weeks you need.").waitFor();

  await button(page, "Add: What happened").click();
  await page.keyboard.type("It began in March.");
  await button(page, "Add: Who knows").click();
  await page.keyboard.type("My brother.");
  expect(await page.locator(".writing :is(h2, p)").allTextContents()).toEqual([
    "What happened",
    "It began in March.",
    "Who knows",
    "My brother.",
  ]);
  expect(await page.locator(".sections li", { hasText: "On the page" }).count()).toBe(2);
  seen["writing"] = await violations(page);
  await button(page, "Read the two notes again").click();
  await page.getByRole("dialog").getByText("Courts can order pages to be shown").waitFor();
  seen["notes"] = await violations(page);
  await button(page, "Close").click();

  await button(page, "Deliver to Sam…").click();
  await page.getByRole("dialog").getByText("It began in March.").waitFor();
  await button(page, "Go on…").click();
  const last = page.getByRole("alertdialog");
  await last.getByText("never into it").waitFor();
  seen["last"] = await violations(page);
  expect(await focused(page)).toBe("Not yet");
  await button(page, "Not yet").click();
  await last.waitFor({ state: "detached" });
  expect(await page.locator(".writing").count()).toBe(1);

  await button(page, "Deliver to Sam…").click();
  await button(page, "Go on…").click();
  await button(page, "Deliver to Sam").click();
  await button(page, "Write an addition…").waitFor();
  await expect.poll(() => focused(page)).toBe("My disclosure");
  expect(await button(page, "Change…").count()).toBe(0);
  expect(await button(page, "Withdraw…").count()).toBe(1);
  await page.getByRole("link", { name: "Letters" }).first().click();
  await button(page, "Write").click();
  await button(page, "An addition to my disclosure").waitFor();
  expect(await button(page, "A disclosure").count()).toBe(0);
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
});

test("before a letter of responsibility one is asked for whom one is sorry, and no answer goes anywhere", async () => {
  const page = await openLetters("/letters", ".empty", "?pages=none");
  await button(page, "Choose what to write").click();
  await button(page, "A letter of responsibility").click();
  expect(await focused(page)).toContain("are you sorry for you, or for them?");
  expect(await page.evaluate(() => window.scene.journal.cards.read())).toEqual([]);
  await page.getByLabel("When I am sorry for me").fill("a thought for nobody");
  expect(await violations(page)).toEqual([]);
  await button(page, "Go on to the letter").click();
  await page.locator(".writing").waitFor();
  await button(page, "What I did was …").click();
  await page.keyboard.type("this.");
  await button(page, "The part I find hardest to say").click();
  expect(await page.locator(".writing p").first().textContent()).toBe("What I did was this.");
  expect(await page.locator(".writing h2").textContent()).toBe("The part I find hardest to say");
  const kept = await page.evaluate(() => JSON.stringify(window.scene.journal.cards.read()));
  expect(kept + (await page.locator("body").innerText())).not.toContain("a thought for nobody");
});

test("what is typed right after a button beside the page goes into the page, and no letter is lost", async () => {
  const page = await openLetters("/letters", ".empty", "?pages=none");
  await button(page, "Choose what to write").click();
  await button(page, "A letter of responsibility").click();
  await button(page, "Go on to the letter").click();
  await page.locator(".writing").waitFor();
  // A busy computer: no picture is drawn for as long as somebody goes on.
  await page.evaluate(() => void (window.requestAnimationFrame = () => 0));
  await button(page, "What I did was …").click();
  await page.keyboard.type("this. ");
  await button(page, "Bold").click();
  await page.keyboard.type("All of it.");
  await button(page, "The part I find hardest to say").click();
  await page.keyboard.type("That.");
  const lines = page.locator(".writing > *");
  await expect
    .poll(() => lines.allTextContents())
    .toEqual(["What I did was this. All of it.", "The part I find hardest to say", "That."]);
  expect(await page.locator(".writing strong").textContent()).toBe("All of it.");
  await button(page, "Undo").click();
  await page.keyboard.type("Once more.");
  await expect.poll(() => page.locator(".writing").textContent()).toContain("Once more.");
});

test("a closed letter shows no word of itself until its reader opens it; then its heading has the focus", async () => {
  const page = await openLetters("/letters", ".line");
  expect(await page.locator("body").innerText()).not.toMatch(/petrol station|conference/);
  await go(page, `/letters/${id(48)}`, ".closed");
  await page.getByText("It may be long and hard.").waitFor();
  await button(page, "Open now").first().click();
  await page.getByText("It began at the conference").waitFor();
  expect(await focused(page)).toBe("A disclosure from Sam");
  expect(await page.locator("body").innerText()).not.toContain("one more evening");
});

test("a reply can be written at once; until the pause is over it says from when it can be sent, and why", async () => {
  const page = await openLetters(`/letters/${id(44)}`, ".letter .words");
  await page.getByText("pause before a reply: three days").waitFor();
  await button(page, "Write a reply…").click();
  await page.locator(".writing").waitFor();
  await page.getByText(/You can send this from 24 November, 18:3\d/).waitFor();
  await page.getByText("Sam asked for this pause").waitFor();
  expect(await button(page, "Send to Sam…").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("link", { name: "A letter from Sam" }).click();
  await button(page, "Go on with your reply…").waitFor();
});

test("what I sent is changed over a private copy, and comes back as the same page, shown as changed", async () => {
  const page = await openLetters(`/letters/${id(42)}`, ".letter .words");
  await button(page, "Change…").click();
  await page.locator(".writing").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" And she called today.");
  await button(page, "Save the change…").click();
  await page.getByRole("dialog").getByText("It shows as changed").waitFor();
  await button(page, "Save the change").click();
  await page.locator(".letter .words").getByText("And she called today.").waitFor();
  await button(page, "changed today").waitFor();
  await expect.poll(() => focused(page)).toBe("I spoke with my sister");
});

test("narrow and at twice the size nothing scrolls sideways", async () => {
  const page = await openLetters("/letters", ".line");
  await page.setViewportSize({ width: 320, height: 860 });
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  for (const size of ["100%", "200%"]) {
    await page.evaluate((to) => (document.documentElement.style.fontSize = to), size);
    for (const [number, ready] of [
      [43, ".writing"],
      [44, ".letter .words"],
      [48, ".closed"],
      [55, ".writing"],
    ] as const) {
      await go(page, `/letters/${id(number)}`, ready);
      expect([size, number, await wide()]).toEqual([size, number, 320]);
    }
    await go(page, "/letters", ".line");
    expect([size, await wide()]).toEqual([size, 320]);
  }
});

test("the policy refused nothing that a letter wanted, and no screen broke", () => {
  expect(screens.complaints).toEqual([]);
});
