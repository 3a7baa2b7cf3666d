import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { go, type Start, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const openSettings = (start?: Start): Promise<Page> =>
  screens.openAt("/settings", "main h2", start);
const part = (page: Page) => page.getByRole("region", { name: "Shared folder" });
const button = (page: Page, name: string) => part(page).getByRole("button", { name, exact: true });
const says = (page: Page, words: string) => part(page).getByText(words).first().waitFor();
const hasFocus = (page: Page, words: string) =>
  page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, words);
const isUsed = (page: Page) =>
  page.evaluate(() => window.scene.journal.settings.read().sharedFolder);
const use = (page: Page) =>
  page.evaluate(() => window.scene.journal.changeSettings({ sharedFolder: true }));
const waits = (page: Page) =>
  page.evaluate(() =>
    window.scene.journal.set.sync({
      state: "waiting",
      pages: 3,
      sinceDay: new Date(2026, 10, 18).getTime(),
      heardDay: undefined,
    }),
  );

test("a folder is chosen, changed for another and no longer used by keyboard, and the settings hold just that", async () => {
  const page = await openSettings();
  await says(page, "never a word, and never a name");
  await says(page, "None is chosen.");
  expect(await isUsed(page)).toBe(false);
  await button(page, "Choose a shared folder").press("Enter");
  await part(page).getByRole("status").getByText("the folder “Anna and Sam”").waitFor();
  await hasFocus(page, "Choose another shared folder");
  expect(await isUsed(page)).toBe(true);
  await says(page, "the files in it stay there");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await hasFocus(page, "Choose another shared folder");
  expect(await isUsed(page)).toBe(true);
  await page.keyboard.press("Tab");
  await hasFocus(page, "Stop using it");
  await page.keyboard.press("Enter");
  await says(page, "None is chosen.");
  await hasFocus(page, "Choose a shared folder");
  expect(await isUsed(page)).toBe(false);
});

test("what waits is said to wait in the folder only while it is used", async () => {
  const page = await openSettings();
  await waits(page);
  const said = (words: string) => page.getByText(words).first().waitFor();
  await said("until Sam’s Twofold is open too. Waiting since Wednesday.");
  await said("This journal lives on your two computers only.");
  await button(page, "Choose a shared folder").press("Enter");
  await said("or takes them from the shared folder. Waiting since Wednesday.");
  await said("What is on its way also waits, sealed, in the shared folder.");
  await page.evaluate(() =>
    window.scene.journal.changeSettings({ mailboxes: ["wss://post.example.org"] }),
  );
  await said("or takes them from the mailbox or the shared folder.");
  await said("in the mailbox and in the shared folder.");
  await button(page, "Stop using it").press("Enter");
  await said("or fetches them from the mailbox. Waiting since Wednesday.");
});

test("a browser that has to ask again says so on every page, and once allowed does not any more", async () => {
  const page = await screens.openAt("/journal", ".line", { query: "?shared=asks" });
  await use(page);
  await waits(page);
  const link = page.getByRole("link", { name: "Allow the shared folder again" }).first();
  await link.waitFor();
  expect(await page.getByText("from the shared folder").count()).toBe(0);
  await link.click();
  await says(page, "Until then nothing goes through it.");
  await button(page, "Allow the shared folder again").press("Enter");
  await says(page, "Sealed files go into the folder “Anna and Sam”");
  await hasFocus(page, "Choose another shared folder");
  await page.getByText("from the shared folder").first().waitFor();
  expect(await link.count()).toBe(0);
});

test("a browser without folders says so and leads to a file", async () => {
  const page = await openSettings({ query: "?shared=notOffered" });
  await says(page, "This browser cannot keep a folder.");
  expect(await part(page).getByRole("button").count()).toBe(0);
  await part(page).getByRole("link", { name: "Send or open a file" }).press("Enter");
  await page.getByRole("heading", { name: "Send or open a file", level: 1 }).waitFor();
});

test("alone there is none to choose yet", async () => {
  const page = await openSettings({ query: "?partner=none" });
  await says(page, "once your journal is paired");
  expect(await part(page).getByRole("button").count()).toBe(0);
});

test("what could not be chosen is said with what is safe and what to do", async () => {
  const page = await openSettings({ query: "?shared=refused" });
  await button(page, "Choose a shared folder").press("Enter");
  await part(page).getByRole("alert").getByText("Your words are safe here.").waitFor();
  expect(await isUsed(page)).toBe(false);
  expect(await violations(page)).toEqual([]);
});

test("whoever sends a file by hand is told of the folder", async () => {
  const page = await screens.openAt("/capsule", "h1");
  await page.getByRole("link", { name: "A shared folder does this by itself" }).press("Enter");
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
});

test.each<[string, Start]>([
  ["360 px wide", { width: 360 }],
  ["at twice the text size", { text: 2 }],
])("nothing is wider than the window %s", async (_, look) => {
  const page = await screens.openAt("/journal", ".line", { ...look, query: "?shared=asks" });
  await use(page);
  await go(page, "/settings", "main h2");
  await says(page, "Until then nothing goes through it.");
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBe(0);
});

test("nothing complained meanwhile", () => {
  expect(screens.complaints).toEqual([]);
});
