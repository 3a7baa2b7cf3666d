import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Piece } from "../../shared/page/pieces.ts";
import { violations } from "../support/axe.ts";
import { openPage, readPage, said, words } from "./editorDesk.ts";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const inWords = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.classList.contains("writing") === true);
const waitForWords = (page: Page) =>
  page.waitForFunction(() => document.activeElement?.classList.contains("writing"));

/** The tool says that the cursor is in one. */
const intoLink = async (page: Page): Promise<void> => {
  await waitForWords(page);
  await page.locator(".writing a").click();
  await page.locator("button[aria-label=Link][aria-pressed=true]").waitFor();
};

test("a link is put in, changed and taken away, and nothing that could run is one", async () => {
  const page = await openPage([said("our walk")]);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+Shift+k");
  const sheet = page.getByRole("dialog", { name: "Link" });
  const address = sheet.getByLabel("Address");
  await address.fill("javascript:alert(1)");
  await page.keyboard.press("Enter");
  await sheet.getByText("This is no address that can go into a page.").waitFor();
  await address.fill("example.org/river");
  await page.keyboard.press("Enter");
  await sheet.waitFor({ state: "detached" });
  await waitForWords(page);
  expect(await readPage(page)).toEqual([said("our walk", "https://example.org/river")]);
  await page.keyboard.type(" then");
  expect(await readPage(page)).toEqual([
    { kind: "paragraph", inside: [words("our walk", "https://example.org/river"), words(" then")] },
  ]);

  await intoLink(page);
  await button(page, "Link").click();
  expect(await address.inputValue()).toBe("https://example.org/river");
  await address.fill("sam@example.org");
  await button(page, "Change the link").click();
  await sheet.waitFor({ state: "detached" });
  expect(await readPage(page)).toEqual([
    { kind: "paragraph", inside: [words("our walk", "mailto:sam@example.org"), words(" then")] },
  ]);

  await intoLink(page);
  await button(page, "Link").click();
  await button(page, "Take the link away").click();
  await sheet.waitFor({ state: "detached" });
  expect(await readPage(page)).toEqual([said("our walk then")]);
});

test("without words selected, the sheet asks for them", async () => {
  const page = await openPage([said("see ")]);
  await button(page, "Link").click();
  const sheet = page.getByRole("dialog", { name: "Link" });
  await sheet.getByLabel("Address").fill("https://example.org/a");
  await sheet.getByLabel("Words").fill("this page");
  await page.keyboard.press("Enter");
  await sheet.waitFor({ state: "detached" });
  await waitForWords(page);
  await page.keyboard.type(".");
  expect(await readPage(page)).toEqual([
    {
      kind: "paragraph",
      inside: [words("see "), words("this page", "https://example.org/a"), words(".")],
    },
  ]);
});

test("writing with nothing around hides what is around, and Step out and the saved line stay", async () => {
  const page = await openPage([said("one")]);
  const nav = page.locator(".nav");
  const tools = page.getByRole("toolbar");
  const way = button(page, "Show everything again Esc");
  await button(page, "Write with nothing around").click();
  await way.waitFor();
  expect(await nav.isVisible()).toBe(false);
  expect(await tools.isVisible()).toBe(false);
  expect(await button(page, "Step out").isVisible()).toBe(true);
  expect(await page.getByText("Saved on this computer").isVisible()).toBe(true);
  await waitForWords(page);
  await page.keyboard.type(" two");
  await page.keyboard.press("Escape");
  await tools.waitFor();
  expect(await nav.isVisible()).toBe(true);
  expect(await inWords(page)).toBe(true);
  await page.keyboard.press("Control+Shift+f");
  await tools.waitFor({ state: "hidden" });
  await page.keyboard.press("Control+Shift+f");
  await tools.waitFor();
  await page.keyboard.press("Control+Shift+f");
  await way.click();
  await tools.waitFor();
  await waitForWords(page);
  expect(await readPage(page)).toEqual([said("one two")]);
});

test("Esc closes a sheet before it brings everything back", async () => {
  const page = await openPage([said("one")]);
  await page.keyboard.press("Control+Shift+f");
  await page.getByRole("toolbar").waitFor({ state: "hidden" });
  await page.keyboard.press("Control+Shift+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await page.getByRole("toolbar").isVisible()).toBe(false);
  await waitForWords(page);
  await page.keyboard.press("Escape");
  await page.getByRole("toolbar").waitFor();
});

test("how many words there are is said only to who asked for it, and follows what is written", async () => {
  const page = await openPage([said("one two three"), said("vier fünf")]);
  expect(await page.locator(".word-count").count()).toBe(0);
  await page.evaluate(() => window.desk.configure({ wordCount: true }));
  await page.getByText("5 words", { exact: true }).waitFor();
  await page.locator(".writing").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" sechs");
  await page.getByText("6 words", { exact: true }).waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.getByText("0 words", { exact: true }).waitFor();
  await page.keyboard.type("I");
  await page.getByText("1 word", { exact: true }).waitFor();
});

test("nothing that is typed into has a spell checker", async () => {
  const page = await openPage([said("one")]);
  await page.keyboard.press("Control+Shift+k");
  await page.getByRole("dialog").waitFor();
  const checked = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("input, textarea, [contenteditable=true]")]
      .filter((field) => field.spellcheck)
      .map((field) => field.outerHTML.slice(0, 80)),
  );
  expect(checked).toEqual([]);
});

/** What is about the words; the page around them is no screen of the app. */
const looked = [
  "aria-allowed-attr",
  "aria-required-children",
  "aria-required-parent",
  "aria-valid-attr-value",
  "color-contrast",
  "label",
  "list",
  "listitem",
  "nested-interactive",
  "role-img-alt",
  "target-size",
];

const everything: readonly Piece[] = [
  { kind: "heading", level: 2, inside: [words("A heading")] },
  {
    kind: "tasks",
    inside: [
      { kind: "task", done: true, inside: [said("ticked")] },
      { kind: "task", done: false, inside: [said("not yet")] },
    ],
  },
  { kind: "line" },
  { kind: "numbers", start: 4, inside: [{ kind: "item", inside: [said("four")] }] },
  said("a link", "https://example.org/a"),
  { kind: "bullets", inside: [{ kind: "item", inside: [said("أنا آسف")] }] },
];

test("what is read has the boxes with their state in words, lines, and addresses that nobody follows", async () => {
  const page = await openPage(everything);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.evaluate(() => window.desk.configure({ reading: true, hints: false }));
  const paper = page.locator("article .words");
  await paper.waitFor();
  expect(
    await paper.getByRole("img").evaluateAll((all) => all.map((each) => each.ariaLabel)),
  ).toEqual(["Ticked:", "Not ticked:"]);
  expect(await paper.locator("hr").count()).toBe(1);
  expect(await paper.locator("ol").getAttribute("start")).toBe("4");
  expect(await paper.locator("a, input").count()).toBe(0);
  await paper.getByText("(https://example.org/a)").waitFor();
  expect(asked).toEqual([]);
  expect(await violations(page, looked)).toEqual([]);
});

test("a list in another script has its signs on that script's side, in the editor as on paper", async () => {
  const page = await openPage(everything);
  const side = () =>
    page.locator(".words ul:not(.tasks)").evaluate((list) => getComputedStyle(list).direction);
  expect(await side()).toBe("rtl");
  expect(
    await page.locator(".words .tasks").evaluate((list) => getComputedStyle(list).direction),
  ).toBe("ltr");
  await page.evaluate(() => window.desk.configure({ reading: true }));
  await page.locator("article .words:not(.writing)").waitFor();
  expect(await side()).toBe("rtl");
});

test("the editor with everything in it has no trouble that a screen reader would meet", async () => {
  const page = await openPage(everything.filter((piece) => piece.kind !== "paragraph"));
  expect(await violations(page, looked)).toEqual([]);
});
