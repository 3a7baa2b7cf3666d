import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import type { Look } from "../ui/keptPages.ts";
import { useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");

const screens = useScreens();

const openJournal = (look: Look = {}): Promise<Page> =>
  screens.openAt("/journal", ".virtual-lines", look);

const dialog = (page: Page) => page.getByRole("dialog");
const items = (page: Page) => page.getByRole("menuitem");
const openPalette = async (page: Page, typed = ""): Promise<void> => {
  await page.keyboard.press("Control+k");
  await dialog(page).waitFor();
  await page.keyboard.type(typed);
};
const run = async (page: Page, typed: string, first: string): Promise<void> => {
  await openPalette(page, typed);
  await items(page).first().getByText(first, { exact: true }).waitFor();
  await page.locator(".palette-item[data-focused]").waitFor();
  await page.keyboard.press("Enter");
  // What was chosen may open a sheet of its own.
  await page.getByRole("dialog", { name: "Go to, or do" }).waitFor({ state: "detached" });
};

test.each([
  ["questi", "Questions", "Questions"],
  ["lett", "Letters", "Letters"],
  ["my ro", "My room", "My room"],
  ["pref", "Settings", "Settings"],
])("“%s” and Enter go there, and the focus with it", async (typed, name, heading) => {
  const page = await openJournal();
  await run(page, typed, name);
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  await page.waitForFunction((words) => document.activeElement?.textContent === words, heading);
});

test("it writes an entry, asks a question and begins a letter from anywhere", async () => {
  const page = await openJournal();
  await run(page, "write entr", "Write an entry");
  await page.getByRole("textbox", { name: "Your words" }).waitFor();
  await run(page, "ask", "Ask a question");
  await page.locator(".writing").waitFor();
  await run(page, "begin let", "Begin a letter");
  await dialog(page).getByRole("button").first().waitFor();
  expect(await page.getByRole("heading", { name: "Letters" }).count()).toBe(1);
});

test("from any screen it goes to the field for words, and to the calendar", async () => {
  const page = await openJournal();
  await run(page, "settings", "Settings");
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await run(page, "search", "Look for words");
  const field = page.getByRole("textbox", { name: "Look for words" });
  await field.waitFor();
  await page.waitForFunction(() => document.activeElement?.matches(".finding input"));
  await page.keyboard.type("silence");
  await page.getByRole("region", { name: "Found entries" }).getByRole("link").first().waitFor();
  await run(page, "jump", "Jump to a day");
  await page.locator(".calendar").waitFor();
  expect(await field.inputValue()).toBe("");
  await page.waitForFunction(() => document.activeElement?.closest(".calendar") !== null);
});

test("words that are no command are looked for in the entries", async () => {
  const page = await openJournal();
  await openPalette(page, "heavy sil");
  await items(page).getByText("Look for “heavy sil” in the entries").waitFor();
  await page.locator(".palette-item[data-focused]").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Sunday, without phones" }).waitFor();
});

test("an entry is found by its title, never by its words; in my room only the room’s, and outside never one of them", async () => {
  const page = await openJournal();
  await openPalette(page, "phones sund");
  await items(page).getByText("Sunday, without phones").waitFor();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await openPalette(page, "cooked");
  await items(page).getByText("Look for “cooked”").waitFor();
  expect(await items(page).count()).toBe(1);
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });

  await page.evaluate(() => window.scene.journal.set.room("open"));
  const titles = await page.evaluate(() => ({
    room:
      window.scene.journal.room.entries.cards.read().find(({ title }) => title !== "")?.title ?? "",
  }));
  expect(titles.room).not.toBe("");
  await openPalette(page, titles.room);
  await items(page).getByText(`Look for “${titles.room}”`).waitFor();
  expect(await items(page).count()).toBe(1);
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await page.evaluate(() => (location.hash = "/room"));
  await page.getByRole("heading", { name: "My room" }).waitFor();
  await openPalette(page, titles.room);
  await items(page).getByText(titles.room, { exact: true }).waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("phones");
  await items(page).getByText("Look for “phones”").waitFor();
  expect(await items(page).getByText("Sunday, without phones").count()).toBe(0);
});

test("light, dark and the size of the text change at once, in the settings too", async () => {
  const page = await openJournal();
  await run(page, "settings", "Settings");
  await page.getByRole("radio", { name: "As this computer" }).waitFor();
  await run(page, "dark", "Dark");
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
  expect(await page.getByRole("radio", { name: "Dark" }).isChecked()).toBe(true);
  await run(page, "larger", "Larger text");
  expect(await page.evaluate(() => document.documentElement.style.fontSize)).toBe("115%");
  await run(page, "word page", "Show or hide how many words a page has");
  expect(await page.getByRole("switch", { name: /how many words/ }).isChecked()).toBe(true);
  expect(await page.getByRole("radio", { name: "English" }).isChecked()).toBe(true);
});

test("while something is being written it offers to write with nothing around, and the words keep the focus", async () => {
  const page = await openJournal();
  await openPalette(page, "nothing aro");
  await items(page).getByText("Look for “nothing aro”").waitFor();
  expect(await items(page).count()).toBe(1);
  await page.keyboard.press("Escape");
  await page.evaluate((to) => (location.hash = to), `/journal/${id(1)}`);
  await page.getByRole("textbox", { name: "Your words" }).click();
  await run(page, "focus mode", "Write with nothing around, or show everything again");
  expect(await page.evaluate(() => document.documentElement.dataset["writing"])).toBe("alone");
  await page.waitForFunction(() => document.activeElement?.matches(".writing"));
});

test("one Esc closes it and gives the focus back; Esc Esc, its own button and its own line step out", async () => {
  const page = await screens.openAlone("/journal", ".virtual-lines", {}, (made) =>
    made.clock.install(),
  );
  await page.getByRole("link", { name: "Questions" }).focus();
  await openPalette(page, "se");
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.textContent === "Questions");
  expect(await page.evaluate(() => window.scene.journal.locked())).toBe(false);
  await openPalette(page);
  // However long this machine takes between the two, they are one moment.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Come back" }).waitFor();

  const other = await openJournal();
  await openPalette(other);
  await dialog(other)
    .getByRole("button", { name: /Step out/ })
    .click();
  await other.getByRole("button", { name: "Come back" }).waitFor();
  await screens.leave(other);

  const third = await openJournal();
  await run(third, "quick exit", "Step out");
  await third.getByRole("button", { name: "Come back" }).waitFor();
});

test("it locks; and what was typed and chosen before is kept nowhere", async () => {
  const page = await openJournal();
  await openPalette(page, "zeppelin");
  await page.keyboard.press("Control+k");
  await dialog(page).waitFor({ state: "detached" });
  await openPalette(page);
  expect(
    await dialog(page)
      .getByRole("textbox")
      .or(dialog(page).getByRole("searchbox"))
      .or(dialog(page).getByRole("combobox"))
      .first()
      .inputValue(),
  ).toBe("");
  await page.keyboard.press("Escape");
  await run(page, "lock", "Lock");
  await page.getByRole("heading", { name: "Your journal is locked" }).waitFor();
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  );
  expect(kept).not.toMatch(/zeppelin|lock/);
  await page.keyboard.press("Control+k");
  expect(await dialog(page).count()).toBe(0);
});

test("? shows every key, the editor’s among them, but not while a field has the focus; and nothing opens over a question", async () => {
  const page = await openJournal();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await sheet.getByText("Numbered list").first().waitFor();
  expect(await sheet.getByText("Go to a place, or do something by name").count()).toBe(1);
  expect(await sheet.getByText("Ctrl").count()).toBeGreaterThan(3);
  await page.keyboard.press("Control+k");
  expect(await dialog(page).count()).toBe(1);
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.getByRole("textbox", { name: "Look for words" }).focus();
  await page.keyboard.type("?");
  expect(await dialog(page).count()).toBe(0);
  await page.evaluate((to) => (location.hash = to), `/journal/${id(1)}`);
  await page.getByRole("button", { name: "Share…" }).click();
  await dialog(page).waitFor();
  await page.keyboard.press("Control+k");
  expect(await dialog(page).count()).toBe(1);
});

test.each([{ dark: false }, { dark: true }, { width: 360 }])(
  "the palette and the keys are in order for axe, and fit (%o)",
  async (look) => {
    const page = await openJournal(look);
    const fits = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await openPalette(page, "s");
    await items(page).first().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await fits()).toBe(0);
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press("?");
    await dialog(page).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await fits()).toBe(0);
  },
);
