import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { bring, chosen, opened, wordsOf } from "../support/archives.ts";
import { violations } from "../support/axe.ts";
import { looksBesideLight } from "../ui/looks.ts";
import { useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");

const screens = useScreens({ width: 1100 });
const { openAt } = screens;

beforeAll(loadSodium);
afterEach(() => {
  if (screens.complaints.length > 0) throw new Error(screens.complaints.join("\n"));
});

const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();
const openSheet = async (page: Page): Promise<void> => {
  await press(page, "Save as a file…");
  await page.getByRole("dialog", { name: "Save as a file" }).waitFor();
};
const save = async (page: Page, form: string): Promise<{ name: string; bytes: Uint8Array }> => {
  await page.getByRole("radio", { name: form }).locator("xpath=ancestor::label").click();
  const downloading = page.waitForEvent("download");
  await press(page, "Save the file");
  const download = await downloading;
  return {
    name: download.suggestedFilename(),
    bytes: new Uint8Array(await readFile(await download.path())),
  };
};
const fitsTheWidth = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const dialog = document.querySelector(".dialog");
    return (
      document.documentElement.scrollWidth <= innerWidth &&
      (dialog === null || dialog.scrollWidth <= dialog.clientWidth + 1)
    );
  });

test("one entry is saved as Markdown by its own name, after it was said that nothing locks it", async () => {
  const page = await openAt(`/journal/${id(80)}`, ".writing");
  await openSheet(page);
  await page.getByText("This file is not locked. Whoever has it can read it.").waitFor();
  expect(await violations(page)).toEqual([]);
  const { name, bytes } = await save(page, "Markdown");
  expect(name).toBe("2026-03-03 The evening in March.md");
  await page.getByText("1 entry is in the file.").waitFor();
  const said = new TextDecoder().decode(bytes);
  expect(said).toMatch(/^---\ntitle: "The evening in March"\n/);
  expect(said).toContain('tags: ["canal", "the long talk"]');
  expect(said).toContain("shared: yes");
  const again = await bring(await opened([chosen(name, bytes)]));
  expect(again.entries.map(({ title }) => title)).toEqual(["The evening in March"]);
  expect(again.entries.map(wordsOf).join("\n")).toContain("I was not tired");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Close");
  await press(page, "Close");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Save as a file…");
});

test("the list is saved as a web page with my words alone, and the page runs and fetches nothing", async () => {
  const page = await openAt("/journal", ".line");
  await openSheet(page);
  const { name, bytes } = await save(page, "A web page");
  expect(name).toMatch(/^Writing \d{4}-\d\d-\d\d\.html$/);
  const html = new TextDecoder().decode(bytes);
  expect(html).toContain("I was not tired");
  expect(html).not.toContain("Sunday, without phones");
  expect(html).not.toContain("A letter I will not send");

  for (const dark of [false, true]) {
    const context = await screens.browser().newContext({
      colorScheme: dark ? "dark" : "light",
      viewport: { width: 360, height: 800 },
    });
    const reading = await context.newPage();
    const spoken: string[] = [];
    reading.on("console", (message) => spoken.push(message.text()));
    reading.on("request", (request) => spoken.push(request.url()));
    await reading.setContent(html);
    expect(await reading.getByRole("heading", { level: 1 }).textContent()).toBe("From my journal");
    expect(await fitsTheWidth(reading)).toBe(true);
    const paper = await reading.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper).toBe(dark ? "rgb(27, 26, 30)" : "rgb(246, 242, 234)");
    expect(spoken).toEqual([]);
    await context.close();
  }
});

test("a narrowed list offers what it shows, and everything", async () => {
  const page = await openAt("/journal", ".line");
  await press(page, "Narrow it down");
  await page.getByLabel("Tag", { exact: true }).selectOption("canal");
  await expect.poll(() => page.locator(".line").count()).toBe(2);
  await openSheet(page);
  await page.getByText("Those of mine that the list shows now (2)").waitFor();
  expect(await violations(page)).toEqual([]);
  const { name, bytes } = await save(page, "Markdown");
  expect(name).toMatch(/\.zip$/);
  const again = await bring(await opened([chosen(name, bytes)]));
  expect(again.entries.map(({ title }) => title).toSorted()).toEqual([
    "Before the year ends",
    "The evening in March",
  ]);
});

test("my room is saved from inside the room alone", async () => {
  const page = await openAt("/room", ".room form");
  expect(await page.getByRole("button", { name: "Save as a file…" }).count()).toBe(0);
  await page.evaluate(() => window.scene.journal.set.room("open"));
  await page.locator(".line").first().waitFor();
  await openSheet(page);
  await page.getByText("It holds what you wrote in your room").waitFor();
  const { bytes } = await save(page, "Markdown");
  const again = await bring(await opened([chosen("Writing.zip", bytes)]));
  expect(again.entries.map(({ title }) => title)).toContain("What I do not say");
  expect(again.entries.map(({ title }) => title)).not.toContain("The evening in March");
});

test("on paper stand the chosen entries and nothing of the app", async () => {
  const page = await openAt(`/journal/${id(80)}`, ".writing");
  /** What stood on paper, kept: the page lets no text become markup, not even a test's. */
  const paper = await page.evaluateHandle(() => {
    const kept: { sheet?: Node } = {};
    const seen = new MutationObserver(() => {
      const sheet = document.querySelector(".print-sheet");
      if (sheet !== null) kept.sheet = sheet.cloneNode(true);
    });
    seen.observe(document.body, { childList: true });
    return kept;
  });
  await openSheet(page);
  await page.getByRole("radio", { name: "PDF" }).locator("xpath=ancestor::label").click();
  await press(page, "Save the file");
  await page.getByText("handed to your browser’s window for printing").waitFor();
  expect(await page.evaluate(() => window.scene.printed())).toBe(1);
  expect(await page.locator(".print-sheet").count()).toBe(0);
  await paper.evaluate(({ sheet }) => document.body.append(sheet ?? "there was none"));
  expect(await page.locator(".print-sheet").innerHTML()).toContain(
    '<h1 dir="auto">The evening in March</h1>',
  );

  await page.emulateMedia({ media: "print" });
  expect(await page.locator("#root").isVisible()).toBe(false);
  expect(await page.getByRole("dialog").isVisible()).toBe(false);
  expect(await page.locator(".print-sheet h1").isVisible()).toBe(true);
  const pdf = await page.pdf({ tagged: true });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
});

test("another page of the app prints its words without its buttons", async () => {
  const page = await openAt(`/journal/${id(81)}`, ".words");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await page.locator(".words").first().isVisible()).toBe(true);
  expect(await page.locator(".nav").isVisible()).toBe(false);
  expect(await page.locator("main .btn:visible").count()).toBe(0);
});

test("years of entries keep the screen awake, and stopping leaves no file", async () => {
  const page = await openAt("/journal", ".line", { query: "?pages=none&many=5000" });
  const downloads: unknown[] = [];
  page.on("download", (download) => downloads.push(download));
  await openSheet(page);
  await press(page, "Save the file");
  await page.getByRole("progressbar").waitFor();
  expect(await violations(page)).toEqual([]);
  await press(page, "Stop");
  await page.getByRole("button", { name: "Save the file", exact: true }).waitFor();
  expect(downloads).toEqual([]);
});

test.each(looksBesideLight)("the sheet fits and can be used by everybody: $name", async (look) => {
  const page = await openAt("/journal", ".line", look);
  await openSheet(page);
  expect(await fitsTheWidth(page)).toBe(true);
  expect(await violations(page)).toEqual([]);
});
