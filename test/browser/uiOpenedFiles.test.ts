import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { looks } from "../ui/looks.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens();
const main = (page: Page) => page.locator("main");
const says = (page: Page, words: string) => main(page).getByText(words).first().waitFor();
const asked = (page: Page) => page.evaluate(() => [...window.scene.opened.asked]);
const arrive = (page: Page, files: Readonly<Record<string, string>>, more = false) =>
  page.evaluate(([some, others]) => window.scene.opened.arrive(some, others), [
    files,
    more,
  ] as const);
const hasFocus = (page: Page, words: string) =>
  page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, words);
const untilAsked = (page: Page, last: string) =>
  page.waitForFunction((wanted) => window.scene.opened.asked.includes(wanted), last);

test("a file that is opened on the desktop is taken in as if it had been dropped, and let go of", async () => {
  const page = await screens.openJournal();
  await arrive(page, { "from Sam.twofold": "capsule desktop one" });
  await page.getByRole("heading", { name: "Send or open a file", level: 1 }).waitFor();
  await says(page, "What was in it is here now.");
  await hasFocus(page, "Choose files…");
  await untilAsked(page, "done from Sam.twofold");
  // Again, while the page is open already, and several.
  await arrive(page, { "a.twofold": "capsule desktop one", "b.twofold": "capsule desktop two" });
  await says(page, "What was in them is here now.");
  await untilAsked(page, "done b.twofold");
  // While one is read, the next waits for its turn.
  await page.evaluate(() => window.scene.journal.set.capsules({ slow: true }));
  await arrive(page, { "c.twofold": "capsule desktop three" });
  await says(page, "Reading c.twofold");
  await arrive(page, { "d.twofold": "OWN_CAPSULE" });
  await hasFocus(page, "Stop");
  expect(await asked(page)).not.toContain("begin d.twofold");
  await page.evaluate(() => window.scene.journal.set.capsules({ slow: false }));
  await page.getByRole("alert").getByText("This file is from you").waitFor();
  await untilAsked(page, "done d.twofold");
  expect(await violations(page)).toEqual([]);
});

test("while it is locked it is said that a file waits, and nothing of it is looked at before", async () => {
  const page = await screens.open();
  await page.getByRole("heading", { name: "Your journal is locked" }).waitFor();
  await arrive(page, { "secret plans.twofold": "capsule desktop locked" });
  await page.getByRole("status").getByText("A file waits to be opened.").waitFor();
  expect(await page.getByText("secret plans").count()).toBe(0);
  expect(await asked(page)).toEqual([]);
  // The passphrase field keeps the focus: whoever types goes on typing.
  await page.waitForFunction(() => document.activeElement?.matches("input"));
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("Passphrase", { exact: true }).fill("open sesame");
  await page.keyboard.press("Enter");
  await says(page, "What was in it is here now.");
  await untilAsked(page, "done secret plans.twofold");
  expect((await asked(page))[0]).toBe("begin secret plans.twofold");
});

test("whoever stepped out sees nothing of it until the journal is open again", async () => {
  const page = await screens.openJournal();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.title === "Notes");
  await arrive(page, { "late.twofold": "capsule desktop late" });
  expect(await page.getByText("file", { exact: false }).count()).toBe(0);
  expect(await asked(page)).toEqual([]);
});

test("at the first run it is said what comes first, and nothing of the file is looked at", async () => {
  const page = await screens.open({ query: "?door=new" });
  await arrive(page, { "one.twofold": "capsule desktop first" });
  await page.getByRole("status").getByText("If it is a backup").waitFor();
  expect(await asked(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
});

test.each([
  ["IS_A_BACKUP", "This is a Twofold backup, not a file from your partner."],
  ["a shopping list", "This is not a file that one Twofold makes for another."],
  ["FILE_GONE", "The file could not be read any more."],
] as const)("%s is told in words", async (words, said) => {
  const page = await screens.openJournal();
  await arrive(page, { "Twofold-1a2b3c4d-20261122-071530.twofold": words });
  await page.getByRole("alert").getByText(said).waitFor();
  await untilAsked(page, "done Twofold-1a2b3c4d-20261122-071530.twofold");
});

test("without a partner, or while sharing is paused, it says why the file cannot be taken in", async () => {
  const page = await screens.openJournal({ query: "?partner=none" });
  await arrive(page, { "one.twofold": "NOT_PAIRED" });
  await says(page, "Two journals have to be joined first.");
  await page.getByRole("alert").getByText("Pair with your partner first.").waitFor();
  await untilAsked(page, "done one.twofold");
  await arrive(page, { "two.twofold": "IS_A_BACKUP" });
  await page.getByRole("alert").getByText("This is a Twofold backup").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.evaluate(() => window.scene.journal.set.sync({ state: "paused" }));
  await arrive(page, { "three.twofold": "SHARING_PAUSED" });
  await page.getByRole("alert").getByText("came back from a backup").waitFor();
});

test("whoever is in the middle of what leaving would end is told, and goes when they choose to", async () => {
  const page = await screens.openAt("/settings/words", "form");
  await page.getByLabel("Passphrase", { exact: false }).first().fill("open sesame");
  await page.keyboard.press("Enter");
  await main(page).locator("ol li").nth(11).waitFor();
  await arrive(page, { "one.twofold": "capsule desktop notice" });
  await page.getByText("Opening it leaves what you are doing here.").waitFor();
  expect(await main(page).locator("ol li").count()).toBe(12);
  expect(await asked(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("link", { name: "Open it" }).press("Enter");
  await says(page, "What was in it is here now.");
  await untilAsked(page, "done one.twofold");
});

test.each(looks)(
  "that more were opened than are taken at once is said, and it fits ($name)",
  async (look) => {
    const page = await screens.openJournal(look);
    await arrive(
      page,
      { "a file with a long name and no place to break it_________.twofold": "CUT_SHORT" },
      true,
    );
    await page.getByRole("status").getByText("That was more than Twofold takes at once.").waitFor();
    await page.getByRole("alert").waitFor();
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBe(0);
    expect(await violations(page)).toEqual([]);
  },
);

test("nothing complained meanwhile", () => {
  expect(screens.complaints).toEqual([]);
});
