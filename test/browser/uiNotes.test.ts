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

const places: readonly (readonly [string, string])[] = [
  ["/why", ".line"],
  [`/why/${id(390)}`, ".letter .words"],
  [`/why/${id(394)}`, ".letter .words"],
  [`/why/${id(395)}`, ".writing"],
  [`/why/${id(397)}`, ".writing"],
  [`/why/${id(398)}`, ".withdrawn"],
  ["/when-then", ".line"],
  [`/when-then/${id(407)}`, ".letter .words"],
  [`/when-then/${id(408)}`, ".writing"],
  ["/setbacks", ".line"],
  [`/setbacks/${id(411)}`, ".letter .words"],
  [`/setbacks/${id(413)}`, ".writing"],
  ["/before", ".line"],
  [`/before/${id(420)}`, ".writing"],
  ["/their-side", ".line"],
  ...["minutes", "replying", "staying", "guilt", "people"].map(
    (page) => [`/their-side/${page}`, ".small-act"] as const,
  ),
  ["/undecided", ".reading"],
];

test.each(looks)(
  "every page is in order, fits and has one primary button at most: $name",
  async (look) => {
    const page = await screens.openAt("/why", ".line", look);
    const wrong: Record<string, unknown> = {};
    for (const [place, ready] of places) {
      await go(page, place, ready);
      const found = await violations(page);
      const primary = await page.locator("main .btn.primary:visible").count();
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      if (found.length > 0 || primary > 1 || wide) wrong[place] = { found, primary, wide };
    }
    expect(wrong).toEqual({});
  },
);

test("a why page from the first small step, by the keyboard; the other's turn comes before one's own", async () => {
  const page = await open("/why", ".empty", "?pages=none");
  await button(page, "Ask for the why").press("Enter");
  await page.locator("[contenteditable=true]").click();
  await page.keyboard.type("Why the garden?");
  await button(page, "Send to Sam…").press("Enter");
  const sheet = page.getByRole("dialog", { name: "This is what Sam will see" });
  await sheet.getByRole("button", { name: "Send to Sam" }).press("Enter");
  await page.getByText("Sam writes first, when Sam is ready.").waitFor();
  expect(await page.getByRole("button", { name: /^Write/ }).count()).toBe(0);
});

test("closed reasons show no word; opened, they are read, and written into", async () => {
  const page = await open(`/why/${id(390)}`, ".letter.closed");
  expect(await page.getByText("I lay still").count()).toBe(0);
  await button(page, "Open now").press("Enter");
  await page.getByText("I lay still").waitFor();
  await button(page, "Write more…").press("Enter");
  await button(page, "What Sam wrote").press("Enter");
  await page.locator(".letter").getByText("I lay still").waitFor();
});

test("the two headings of reasons are offered, and go once each to the end of the page", async () => {
  const page = await open(`/why/${id(395)}`, ".writing");
  expect(await button(page, "Add: What led there").count()).toBe(0);
  await button(page, "Add: What does not excuse it").press("Enter");
  await page.locator(".writing h2").getByText("What does not excuse it").waitFor();
  await button(page, "Add: What does not excuse it").waitFor({ state: "detached" });
});

test("a plan takes its moment from the ones offered, is kept alone, and shows both halves before it is shared", async () => {
  const page = await open(`/when-then/${id(408)}`, ".writing");
  await button(page, "… I am away overnight").press("Enter");
  expect(await page.getByLabel("When", { exact: true }).inputValue()).toBe("I am away overnight");
  await button(page, "I will tell you the same day …").press("Enter");
  await button(page, "Share with Sam…").press("Enter");
  const sheet = page.getByRole("dialog", { name: "This is what Sam will see" });
  await sheet.getByRole("heading", { name: "I am away overnight" }).waitFor();
  await sheet.getByText("I will tell you the same day").waitFor();
  await sheet.getByRole("button", { name: "Keep writing" }).press("Enter");
  await page.getByRole("link", { name: "When … I will …" }).first().press("Enter");
  await page.getByRole("heading", { name: "Only here" }).waitFor();
  await page.getByRole("heading", { name: "When I am away overnight" }).first().waitFor();
});

test("a hard day offers what helped on one's own other days, and never the partner's", async () => {
  const page = await open(`/setbacks/${id(413)}`, ".writing");
  await button(page, "Calling Ines").press("Enter");
  expect(await page.getByLabel("What helped before", { exact: true }).inputValue()).toBe(
    "Calling Ines",
  );
  await page.getByRole("link", { name: "Setbacks" }).first().press("Enter");
  await page.getByText("What helped before: Calling Ines").nth(1).waitFor();
  expect(await page.locator("main").innerText()).not.toMatch(/\d+ (days|setbacks|notes|times)/i);
});

test("undecided has no field and leads through the door of my room to an entry under its title", async () => {
  const page = await open("/undecided", ".reading");
  expect(await page.getByRole("main").locator("input, textarea, select").count()).toBe(0);
  await page.getByRole("link", { name: "Write about it in my room" }).press("Enter");
  await page.getByLabel("Passphrase of my room", { exact: true }).fill("open sesame");
  await page.keyboard.press("Enter");
  await page.locator(".room .writing").waitFor();
  const title = page.getByRole("textbox", { name: "Title" });
  expect(await title.inputValue()).toBe("What I have not decided yet");
  expect(await page.locator(".room-band").count()).toBe(1);
});

test("their side ends in one small act: it breathes in Steady, and leads to letters", async () => {
  const page = await open("/their-side/minutes", ".small-act");
  await button(page, "Open Steady").press("Enter");
  await page.getByRole("dialog").first().waitFor();
  await page.keyboard.press("Escape");
  await go(page, "/their-side/staying", ".small-act");
  await button(page, "Write to Sam").press("Enter");
  await page.getByRole("dialog", { name: "What would you like to write?" }).waitFor();
});
