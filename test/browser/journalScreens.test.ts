import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { go, unlock, useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");

const screens = useScreens({ width: 1100 });
const { openAt } = screens;
const openRoom = async (hash: string, ready: string): Promise<Page> => {
  const page = await openAt("/room", ".room form");
  await page.evaluate(() => window.scene.journal.set.room("open"));
  await go(page, hash, ready);
  return page;
};
const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();
const choose = (page: Page, label: string, option: string) =>
  page.getByLabel(label, { exact: true }).selectOption(option);
const titles = (page: Page) => page.locator(".line .line-title").allTextContents();
/** Where the focus is in a list, and whether it can be seen. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    const box = activeElement?.getBoundingClientRect();
    return {
      page: activeElement?.getAttribute("data-page") ?? undefined,
      seen: box !== undefined && box.top >= 0 && box.bottom <= innerHeight,
    };
  });
const many = (index: number): string => id(0x10000 + index);
const isFocused = (page: Page, wanted: string) =>
  expect.poll(() => focused(page), { timeout: 15_000 }).toEqual({ page: wanted, seen: true });

test("the keys go through years of entries, and one stop of Tab is all the list takes", async () => {
  const page = await openAt("/journal", ".line", { query: "?pages=none&many=20000" });
  await page.getByRole("button", { name: "Narrow it down" }).focus();
  for (let stop = 0; stop < 6 && (await focused(page)).page === undefined; stop += 1)
    await page.keyboard.press("Tab");
  await isFocused(page, many(0));
  await page.keyboard.press("ArrowDown");
  await isFocused(page, many(1));
  await page.keyboard.press("PageDown");
  const { page: paged } = await focused(page);
  expect(Number.parseInt(paged ?? "", 16)).toBeGreaterThan(0x10002);
  await page.keyboard.press("End");
  await isFocused(page, many(19_999));
  await page.keyboard.press("ArrowUp");
  await isFocused(page, many(19_998));
  await page.keyboard.press("PageUp");
  await page.keyboard.press("Home");
  await isFocused(page, many(0));
  expect(await page.locator(".line[tabindex='0']").count()).toBe(1);
  expect(await page.locator(".line").count()).toBeLessThan(60);
});

test("what arrives, and a step with the keys, take away none of the lines that stand ready", async () => {
  const page = await openAt("/journal", ".line", { query: "?pages=none&many=40", height: 800 });
  const pages = () =>
    page
      .locator(".virtual-lines .line")
      .evaluateAll((lines) => lines.map((line) => line.getAttribute("data-page")));
  await expect.poll(async () => (await pages()).length).toBeGreaterThan(6);
  const before = await pages();
  const oneMore = await page.evaluate(async () => {
    const made = await window.scene.journal.entries.draftEntry();
    return made.ok ? made.value : "";
  });
  await page.locator(`.line[data-page="${oneMore}"]`).waitFor();
  expect(await pages()).toEqual(expect.arrayContaining(before.slice(0, -1)));
  const ready = await pages();
  await page.locator(".line").first().focus();
  await page.keyboard.press("ArrowDown");
  await isFocused(page, many(0));
  expect(await pages()).toEqual(ready);
});

/** Which entry a line shows, once the list has come to rest. */
const lineAtRest = (page: Page, index: number): Promise<string> =>
  page.evaluate(
    (at) =>
      new Promise<string>((found) => {
        const shown = () => document.querySelectorAll(".line")[at]?.getAttribute("data-page") ?? "";
        const look = (before: string, frames: number): void => {
          const now = `${shown()} ${scrollY}`;
          if (now === before && frames === 10) found(shown());
          else requestAnimationFrame(() => look(now, now === before ? frames + 1 : 0));
        };
        look("", 0);
      }),
    index,
  );

test("who comes back from an entry is at its line again, deep in the list as at its top", async () => {
  const page = await openAt("/journal", ".line", { query: "?pages=none&many=20000" });
  await page.evaluate(() => scrollTo(0, 900_000));
  await page.waitForFunction(() => document.querySelectorAll(".line").length > 4);
  const before = await page.evaluate(() => scrollY);
  await page.mouse.wheel(0, 200);
  await page.waitForFunction((from) => scrollY !== from, before);
  const opened = await lineAtRest(page, 6);
  await page.locator(`.line[data-page="${opened}"]`).click();
  await page.locator("article").waitFor();
  await page.locator(".back").click();
  await page.locator(".line").first().waitFor();
  await isFocused(page, opened);
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(800_000);
  await page.keyboard.press("Enter");
  await page.locator("article").waitFor();
});

test("every line says its place in its month; of the partner’s alone it is not said how many there are", async () => {
  const page = await openAt("/journal", ".line");
  const sizes = () =>
    page
      .locator(".virtual-lines li")
      .evaluateAll((lines) => lines.map((line) => line.getAttribute("aria-setsize")));
  expect((await sizes()).slice(0, 3)).toEqual(["3", "3", "3"]);
  await press(page, "Narrow it down");
  await choose(page, "Whose", "theirs");
  await page.locator(".chip").waitFor();
  await expect.poll(async () => new Set(await sizes())).toEqual(new Set(["-1"]));
});

test("filters hold together, each can be taken away, and where nothing is left there is one way out", async () => {
  const page = await openAt("/journal", ".line");
  await press(page, "Narrow it down");
  await choose(page, "Tag", "canal");
  await expect.poll(() => titles(page)).toEqual(["The evening in March", "Before the year ends"]);
  await choose(page, "Whose", "here");
  await expect.poll(() => titles(page)).toEqual(["Before the year ends"]);
  await choose(page, "Feeling", "hopeful");
  await page.getByText("No entries like that.").waitFor();
  expect(await page.getByRole("button", { name: /^Show all/ }).count()).toBe(1);
  await page.getByRole("row", { name: "felt hopeful" }).getByRole("button").click();
  await expect.poll(() => titles(page)).toEqual(["Before the year ends"]);
  // It is the same list when one comes back to it, and another one after the lock.
  await go(page, "/questions", ".line");
  await go(page, "/journal", ".line");
  expect(await titles(page)).toEqual(["Before the year ends"]);
  await press(page, "Lock");
  await unlock(page);
  await go(page, "/journal", ".line");
  expect((await titles(page)).length).toBeGreaterThan(3);
});

test("a day without an entry leads to the nearest one before it, and days with writing say so", async () => {
  const page = await openAt("/journal", ".line");
  await press(page, "Jump to a date");
  const day = page.getByRole("button", { name: /19 November 2026/ });
  const said = await day.evaluate((cell) =>
    cell.getAttribute("aria-describedby") === null
      ? ""
      : document.getElementById(cell.getAttribute("aria-describedby") ?? "")?.textContent,
  );
  expect(said).toBe("There is writing about this day");
  const empty = page.getByRole("button", { name: /17 November 2026/ });
  expect(await empty.getAttribute("aria-describedby")).toBeNull();
  await empty.click();
  await isFocused(page, id(3));
  expect(await page.locator(".calendar").count()).toBe(0);
  await press(page, "Jump to a date");
  const month = page.getByLabel("Or to a month with writing in it");
  await month.selectOption({ label: "March" });
  await isFocused(page, id(80));
});

test("the day, tags and feelings of an entry are set by keyboard, and the preview shows all of them", async () => {
  const page = await openAt(`/journal/${id(1)}`, ".writing");
  await page.getByText("Only on this computer.", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Date, tags and feelings" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("The day it is about").fill("2026-03-03");
  const tags = page.getByLabel("Tags", { exact: true });
  await tags.focus();
  await page.keyboard.type("can");
  await page.getByRole("list", { name: "Tags: used before" }).getByText("canal").waitFor();
  await page.keyboard.type("dle");
  await page.keyboard.press("Enter");
  await page.keyboard.type("CANAL");
  await page.keyboard.press("Enter");
  await page.keyboard.type("gone");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Backspace");
  await page.getByText("gone taken away.").waitFor();
  await page.getByRole("button", { name: "tender" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await page.getByRole("textbox", { name: "In your own words" }).focus();
  await page.keyboard.type("as if under water");
  await page.keyboard.press("Enter");
  await press(page, "Share…");
  const preview = page.getByRole("dialog");
  await preview.getByText("about 3 March, written today").waitFor();
  await preview.getByText("as if under water").waitFor();
  expect(await preview.locator(".tag").allTextContents()).toEqual([
    "candle",
    "canal",
    "tender",
    "hopeful",
    "as if under water",
  ]);
});

test("a day that has not come is not taken, and the screen says so", async () => {
  const page = await openAt(`/journal/${id(1)}`, ".writing");
  await press(page, "Date, tags and feelings");
  await page.getByLabel("The day it is about").fill("2026-12-24");
  await page.getByText("That day has not come yet.").waitFor();
  expect(await page.locator(".details-said").count()).toBe(0);
});

test("words of my room are not offered in the journal, nor the journal’s in my room", async () => {
  const page = await openRoom(`/room/${id(30)}`, ".writing");
  const offered = async () => {
    await press(page, "Date, tags and feelings");
    return page.locator(".chip.offered").allTextContents();
  };
  expect(await offered()).toEqual(["nights", "worn thin"]);
  await go(page, `/journal/${id(1)}`, ".writing");
  await page.locator(".only-here").waitFor();
  const inJournal = await offered();
  expect(inJournal).toContain("canal");
  expect(inJournal).not.toContain("nights");
  expect(inJournal).not.toContain("worn thin");
});

test("what is put in the trash comes back with one press, and the line stays until the next act", async () => {
  const page = await openAt(`/journal/${id(82)}`, ".writing");
  await press(page, "Put in the trash");
  await page.getByText("It is in the trash, and stays there for 30 days.").waitFor();
  expect(await titles(page)).not.toContain("Before the year ends");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Put it back");
  await page.keyboard.press("Enter");
  await page.locator(".writing").waitFor();
  await page.locator(".back").click();
  await page.locator(".line").first().waitFor();
  expect(await page.getByText("It is in the trash").count()).toBe(0);
  expect(await titles(page)).toContain("Before the year ends");
});

test("the trash is read, put back from, and deleted from only after it was said what goes", async () => {
  const page = await openAt("/journal/trash", ".line");
  await page.getByRole("link", { name: /A letter I will not send/ }).click();
  await page.getByText("I would rather say it slowly.").waitFor();
  await page.getByText("deleted for good after 18 December").waitFor();
  await press(page, "Delete for good…");
  const asks = page.getByRole("alertdialog");
  await asks.getByText("cannot come back").waitFor();
  await press(page, "Leave it in the trash");
  await asks.waitFor({ state: "detached" });
  await press(page, "Delete for good…");
  await asks.getByRole("button", { name: "Delete for good", exact: true }).click();
  await page.getByRole("heading", { name: "Trash" }).waitFor();
  expect(await titles(page)).toEqual([]);
  await page.locator(".line").click();
  await press(page, "Put it back");
  await page.locator(".writing").waitFor();
  await page.locator(".back").click();
  expect(await page.getByRole("link", { name: "Trash" }).count()).toBe(0);
  await go(page, "/journal/trash", "h1");
  await page.getByText("Nothing is in the trash.").waitFor();
});

test("an entry goes out of my room only as a copy, after it was shown; there is nothing to share it with", async () => {
  const page = await openRoom(`/room/${id(85)}`, ".writing");
  expect(await page.getByRole("button", { name: /^Share/ }).count()).toBe(0);
  await press(page, "Copy to the journal…");
  const preview = page.getByRole("dialog");
  await preview.getByText("I lay awake until four").waitFor();
  await preview.getByText("its tags and feelings stay there").waitFor();
  await press(page, "Copy to the journal");
  await page.getByText("A copy is in the journal, only on this computer.").waitFor();
  expect(await page.locator(".writing").count()).toBe(1);
  await go(page, `/journal/${id(1)}`, ".only-here");
  expect(await page.getByRole("button", { name: "Copy into my room…" }).count()).toBe(1);
  await page.evaluate(() => window.scene.journal.set.room("closed"));
  await expect.poll(() => page.getByRole("button", { name: "Copy into my room…" }).count()).toBe(0);
});

test.each([{ dark: false }, { dark: true }])("these screens are in order (%o)", async (look) => {
  const rules = look.dark ? ["color-contrast"] : undefined;
  const page = await openAt("/journal", ".line", look);
  const seen: Record<string, readonly string[]> = { list: await violations(page, rules) };
  const see = async (name: string) => (seen[name] = await violations(page, rules));
  await press(page, "Jump to a date");
  await page.locator(".calendar").waitFor();
  await see("calendar");
  await press(page, "Narrow it down");
  await choose(page, "Tag", "canal");
  await page.locator(".chip").waitFor();
  await see("narrowed");
  await choose(page, "Feeling", "hopeful");
  await page.locator(".nothing-like-that").waitFor();
  await see("none");
  await go(page, `/journal/${id(82)}`, ".writing");
  await press(page, "Date, tags and feelings");
  await see("details");
  await press(page, "Share…");
  await page.getByRole("dialog").waitFor();
  await see("preview");
  await page.keyboard.press("Escape");
  await go(page, `/journal/${id(80)}`, ".writing");
  await see("mine, shared");
  await go(page, `/journal/${id(81)}`, ".words");
  await see("theirs");
  await go(page, "/journal/trash", ".line");
  await see("trash");
  await go(page, `/journal/trash/${id(83)}`, ".words");
  await see("trashed");
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
});

test("narrow, and with text of twice the size, nothing scrolls sideways", async () => {
  const page = await openAt("/journal", ".line", { width: 360 });
  for (const size of ["100%", "200%"]) {
    await page.evaluate((to) => document.documentElement.style.setProperty("font-size", to), size);
    for (const [hash, ready, name] of [
      ["/journal", ".line", "Jump to a date"],
      ["/journal", ".line", "Narrow it down"],
      [`/journal/${id(82)}`, ".writing", "Date, tags and feelings"],
      ["/journal/trash", ".line", undefined],
      [`/journal/trash/${id(83)}`, ".words", undefined],
    ] as const) {
      await go(page, "/settings", ".setting");
      await go(page, hash, ready);
      if (name !== undefined) await press(page, name);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([size, hash, name, width]).toEqual([size, hash, name, 360]);
    }
  }
});
