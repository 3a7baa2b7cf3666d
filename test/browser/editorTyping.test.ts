import { expect, test } from "vitest";
import { editorTyped } from "../../renderer/ui/editor/keys.ts";
import type { Piece } from "../../shared/page/pieces.ts";
import { openPage, photo, readPage, said, showPage, words } from "./editorDesk.ts";

/** What the page holds, short enough to be read in a test. */
const outline = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece): string => {
      if (piece.kind === "words") {
        const bold = piece.bold ? `**${piece.text}**` : piece.text;
        const look = piece.italic ? `/${bold}/` : bold;
        return piece.address === undefined ? look : `${look}<${piece.address}>`;
      }
      if (piece.kind === "paragraph") return `p(${outline(piece.inside)})`;
      if (piece.kind === "heading") return `h${piece.level}(${outline(piece.inside)})`;
      if (piece.kind === "task") return `${piece.done ? "x" : "o"}(${outline(piece.inside)})`;
      if (piece.kind === "numbers") return `numbers${piece.start ?? ""}(${outline(piece.inside)})`;
      return "inside" in piece ? `${piece.kind}(${outline(piece.inside)})` : piece.kind;
    })
    .join("");

const typed: readonly (readonly [keys: string, holds: string])[] = [
  ["# one", "h2(one)"],
  ["## one", "h2(one)"],
  ["### one", "h3(one)"],
  ["- one", "bullets(item(p(one)))"],
  ["* one", "bullets(item(p(one)))"],
  ["1. one", "numbers(item(p(one)))"],
  ["4. one", "numbers4(item(p(one)))"],
  ["[ ] one", "tasks(o(p(one)))"],
  ["[] one", "tasks(o(p(one)))"],
  ["[x] one", "tasks(x(p(one)))"],
  ["- [ ] one", "tasks(o(p(one)))"],
  ["- [X] one", "tasks(x(p(one)))"],
  ["> one", "quote(p(one))"],
  ["a **bold** b", "p(a **bold** b)"],
  ["a *slanted* b", "p(a /slanted/ b)"],
  ["---one", "linep(one)"],
  ["a [walk](https://example.org/a) b", "p(a walk<https://example.org/a> b)"],
  ["a [walk](javascript:alert) b", "p(a [walk](javascript:alert) b)"],
  ["1980. one", "numbers1980(item(p(one)))"],
  ["I. was there", "p(I. was there)"],
];

test("what is typed as it is in Markdown becomes what it means", async () => {
  const page = await openPage();
  for (const [index, [keys, holds]] of typed.entries()) {
    await showPage(page, `typed ${index}`);
    await page.keyboard.type(keys);
    expect([keys, outline(await readPage(page))]).toEqual([keys, holds]);
  }
});

test("every shortcut that the sheet of keys lists is among them", () => {
  const tried = typed.map(([keys]) => keys).join("\n");
  for (const { typed: begins } of editorTyped) {
    const [first = ""] = begins.split("…");
    expect(tried).toContain(first);
  }
});

test("a shortcut that was not meant is taken back by one undo, and the letters stay", async () => {
  const page = await openPage();
  await page.keyboard.type("- ");
  expect(outline(await readPage(page))).toBe("bullets(item(p()))");
  await page.keyboard.press("Control+z");
  expect(outline(await readPage(page))).toBe("p(- )");
});

test("a checklist is ticked with the pointer and with a key, nests, and its boxes are named by their words", async () => {
  const page = await openPage();
  await page.keyboard.type("[ ] call the plumber");
  await page.keyboard.press("Enter");
  await page.keyboard.type("find the number");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+Enter");
  expect(outline(await readPage(page))).toBe(
    "tasks(o(p(call the plumber)tasks(x(p(find the number)))))",
  );
  await page.getByRole("checkbox", { name: "call the plumber", exact: true }).click();
  await page.keyboard.type("!");
  expect(outline(await readPage(page))).toBe(
    "tasks(x(p(call the plumber)tasks(x(p(find the number!)))))",
  );
  const inner = page.getByRole("checkbox", { name: "find the number!", exact: true });
  expect(await inner.isChecked()).toBe(true);
  expect(await page.evaluate(() => window.desk.attributes([0, 0]))).toEqual({ checked: true });
  await page.keyboard.press("Control+Enter");
  expect(await inner.isChecked()).toBe(false);
});

test("outside of a checklist the same key breaks the line, as ever", async () => {
  const page = await openPage([said("one")]);
  await page.keyboard.press("Control+Enter");
  expect(outline(await readPage(page))).toBe("p(onebreak)");
});

test("the tools make a checklist, a list, a quote and a dividing line, and say which is on", async () => {
  const page = await openPage([said("one")]);
  const tool = (name: string) => page.getByRole("button", { name, exact: true });
  await tool("Checklist").click();
  expect(outline(await readPage(page))).toBe("tasks(o(p(one)))");
  expect(await tool("Checklist").getAttribute("aria-pressed")).toBe("true");
  await tool("List").click();
  expect(outline(await readPage(page))).toBe("bullets(item(p(one)))");
  expect(await tool("Checklist").getAttribute("aria-pressed")).toBe("false");
  await tool("List").click();
  await tool("Quote").click();
  expect(outline(await readPage(page))).toBe("quote(p(one))");
  expect(await tool("Quote").getAttribute("aria-pressed")).toBe("true");
  await tool("Quote").click();
  await tool("Dividing line").click();
  await page.keyboard.type("two");
  expect(outline(await readPage(page))).toBe("p(one)linep(two)");
});

test("opening a page changes nothing in it, whatever it is made of", async () => {
  const task = (text: string, done: boolean): Piece => ({
    kind: "task",
    done,
    inside: [said(text)],
  });
  const page = await openPage([
    { kind: "heading", level: 3, inside: [words("A heading")] },
    { kind: "tasks", inside: [task("ticked", true), task("not", false)] },
    { kind: "numbers", start: 3, inside: [{ kind: "item", inside: [said("three")] }] },
    { kind: "quote", inside: [said("said"), { kind: "line" }] },
    photo("the river"),
    {
      kind: "paragraph",
      inside: [{ ...words("a link", "https://example.org"), bold: true }],
    },
    { kind: "line" },
  ]);
  await page.locator(".writing figure", { hasText: "the river" }).waitFor();
  expect(await page.locator(".writing").innerHTML()).not.toContain("kkkk");
  await page.keyboard.press("ArrowUp");
  expect(await page.evaluate(() => window.desk.updates())).toBe(0);
});

test("a page that holds something newer is shown to be read and is not cut", async () => {
  const page = await openPage([said("kept")]);
  await page.evaluate(() => {
    window.desk.open("other");
    window.desk.plant("somethingNewer");
    window.desk.open("one");
  });
  await page.evaluate(() => window.desk.open("other"));
  await page.getByText("It can still be read.").waitFor();
  expect(await page.locator(".writing").count()).toBe(0);
  expect(await page.evaluate(() => window.desk.raw())).toContain("somethingnewer");
});

test("undo stays on its page, and leaves alone what came from the ledger", async () => {
  const page = await openPage([said("one")]);
  await page.keyboard.type(" more");
  await showPage(page, "two", [said("two")]);
  await page.keyboard.press("Control+z");
  expect(outline(await readPage(page, "one"))).toBe("p(one more)");
  expect(outline(await readPage(page, "two"))).toBe("p(two)");
  await page.keyboard.type(" mine");
  await page.evaluate((piece) => window.desk.fromLedger([piece]), said("theirs"));
  await page.keyboard.press("Control+z");
  expect(outline(await readPage(page))).toBe("p(two)p(theirs)");
  await page.keyboard.press("Control+z");
  expect(outline(await readPage(page))).toBe("p(two)p(theirs)");
  await page.keyboard.press("Control+Shift+z");
  expect(outline(await readPage(page))).toBe("p(two mine)p(theirs)");
  await showPage(page, "one");
  await page.keyboard.press("Control+z");
  expect(outline(await readPage(page, "one"))).toBe("p(one more)");
  expect(outline(await readPage(page, "two"))).toBe("p(two mine)p(theirs)");
});
