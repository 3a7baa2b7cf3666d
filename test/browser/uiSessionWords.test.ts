import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { pageAt } from "../ui/scenes.ts";
import { go, useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ height: 720, british: true });

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const showAll = async (page: Page): Promise<void> => {
  const more = button(page, "Show earlier ones");
  while ((await more.count()) > 0) await more.first().press("Enter");
};

/** What is kept in For me, and lies on no table but one's own. */
const forMe = /ringtone|roofs|Thursdays, about six|Mara|0151|My brother|Cold water|balcony/;
const paceCards = /\bhug\b|Hold hands|shoulders rubbed|Lie close/i;

test("the list for a session, the preview and the file hold nothing of For me, of pace cards or of the vision", async () => {
  const page = await screens.openAt("/session", ".bring-line");
  await page.evaluate(() => window.scene.journal.layPace(["hug", "hands"]));
  for (const kind of ["pace", "paceAnswer", "paceShown", "cue", "supporter"] as const)
    await page.evaluate(
      (is) =>
        window.scene.journal.set.says({
          kind: is,
          title: "A hug from Mara",
          excerpt: "Hold hands",
        }),
      kind,
    );
  await showAll(page);
  const pick = page.getByRole("group", { name: "Pages to bring" });
  const listed = await pick.innerText();
  expect(listed).not.toMatch(forMe);
  expect(listed).not.toMatch(paceCards);
  expect(listed).not.toContain("the radio is on");
  for (const box of await pick.getByRole("checkbox").all()) await box.check({ force: true });
  await button(page, "Look at it first").press("Enter");
  const sheet = page.getByRole("dialog");
  await sheet.locator(".bring-sheet h4").first().waitFor();
  await sheet.getByRole("radio", { name: "Markdown" }).check({ force: true });
  const downloading = page.waitForEvent("download");
  await sheet.getByRole("button", { name: "Make it" }).press("Enter");
  const file = await readFile(await (await downloading).path(), "utf8");
  expect(file).toContain("Anybody could have written them.");
  expect(file).toContain("The soup was too salty");
  expect(file).not.toMatch(forMe);
  expect(file).not.toMatch(paceCards);
  expect(file).not.toContain("the radio is on");
});

test("words of the vision are asked for, and come along under both names once there is a yes", async () => {
  const page = await screens.openAt("/session", ".bring-line");
  await button(page, "Ask Sam for pages").press("Enter");
  const theirs = page.getByRole("group", { name: "Pages of Sam" });
  await theirs.waitFor();
  await showAll(page);
  const mine = theirs.locator(".bring-line", { hasText: "You and Sam · 2 November" });
  await mine.getByRole("checkbox").check({ force: true });
  expect(await violations(page)).toEqual([]);
  await button(page, "Ask Sam").press("Enter");
  await page.getByText(/^You asked Sam for pages/).waitFor();
  const pick = page.getByRole("group", { name: "Pages to bring" });
  expect(await pick.innerText()).not.toContain("the radio is on");
  await page.evaluate(() => {
    const asked = window.scene.journal.cards.read().find(({ kind }) => kind === "bring");
    window.scene.journal.set.says({ kind: "yes", of: asked?.id });
  });
  await page.getByText(/^Sam said yes to the pages/).waitFor();
  await showAll(page);
  await pick
    .locator(".bring-line", { hasText: "the radio is on" })
    .getByRole("checkbox")
    .check({ force: true });
  await button(page, "Look at it first").press("Enter");
  const sheet = page.getByRole("dialog");
  await sheet.getByText(/^Noor and Sam · Monday,? 2 November 2026$/).waitFor();
});

test("the partner's asking for words of the vision that they proposed says which, and the yes is mine to give", async () => {
  const page = await screens.openAt("/session", ".bring-line");
  await page.evaluate(
    (version) =>
      window.scene.journal.set.says({ kind: "bring", said: { kind: "bring", pages: [version] } }),
    pageAt(482),
  );
  const asks = page.locator("section", {
    has: page.getByRole("heading", { name: "Asked of each other" }),
  });
  const asked = asks.locator("li.line", { hasText: "I say where I am before anybody has to ask" });
  await asked.getByRole("button", { name: "Yes, these can come along" }).press("Enter");
  await asked.getByText(/^You said yes to bringing/).waitFor();
});

test.each([
  ["/journal", ".line", "Look for words", "No entry has these words"],
  ["/questions", ".line", "Find in questions and answers", "Nothing found."],
] as const)(
  "at %s the words of For me, of the vision and of pace cards find nothing",
  async (place, ready, field, says) => {
    const page = await screens.openAt(place, ready);
    for (const words of ["ringtone", "Mara knows", "radio is on and", "Lie close and be held"]) {
      await page.getByRole("textbox", { name: field }).fill(words);
      await page.getByRole("status").getByText(says).waitFor();
    }
  },
);

test("the timeline, looked at through any pillar, says nothing of For me, the vision or pace cards", async () => {
  const page = await screens.openAt("/timeline", ".mark-line");
  const see = async () => {
    const words = await page.getByRole("main").innerText();
    expect(words).not.toMatch(forMe);
    expect(words).not.toMatch(paceCards);
    expect(words).not.toContain("radio is on");
  };
  await see();
  for (const pillar of ["Honesty", "Responsibility", "Empathy", "Consistent action"]) {
    await page.getByRole("main").getByText(pillar, { exact: true }).first().click();
    await see();
  }
  await go(page, "/today", ".today");
  expect(await page.getByRole("main").innerText()).not.toMatch(paceCards);
});

test("no screen broke, and the policy refused nothing that one wanted", () => {
  expect(screens.complaints).toEqual([]);
});
