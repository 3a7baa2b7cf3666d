import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dayOne } from "../support/archives.ts";
import { violations } from "../support/axe.ts";
import { zipOf } from "../support/zipFiles.ts";
import { go, type Start, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "twofold-moving-"));
  mkdirSync(join(folder, "diary", "2026"), { recursive: true });
  writeFileSync(join(folder, "diary", "2026-03-04.md"), "# The canal\n\nWe walked.");
  writeFileSync(join(folder, "diary", "2026", "2026-03-05 Home.md"), "| a |\n|---|\n\nWords");
  writeFileSync(join(folder, "diary", "scan.pdf"), "x");
  writeFileSync(join(folder, "broken.zip"), "PK\u0003\u0004 and nothing more");
  const entry = (index: number) => ({
    uuid: `E${index}`,
    creationDate: `2026-03-04T10:00:${String(index % 60).padStart(2, "0")}Z`,
    text: `# Day ${index}\n\nWords`,
    ...(index === 3 ? { location: { latitude: 1 } } : {}),
  });
  const entries = Array.from({ length: 400 }, (_, index) => entry(index));
  writeFileSync(join(folder, "Export.zip"), await zipOf({ "Journal.json": dayOne(entries) }));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

type Place = Start & { readonly at?: string };

const openPlace = async ({ at = "/journal", ...start }: Place = {}): Promise<Page> => {
  const page = await screens.openJournal(start);
  if (at === "/room") await page.evaluate(() => window.scene.journal.set.room("open"));
  await go(page, `${at}/bring-in`, "h1");
  await page.getByRole("heading", { name: "Bring in your writing" }).waitFor();
  return page;
};

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

const chooseWith = async (page: Page, name: string, ...paths: readonly string[]) => {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    button(page, name).press("Enter"),
  ]);
  await chooser.setFiles(paths.map((path) => join(folder, path)));
};

const choose = (page: Page, path: string) => chooseWith(page, "Choose files…", path);
const focusedText = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
const isWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
const entriesOf = (page: Page) =>
  page.evaluate(() => window.scene.journal.entries.cards.read().length);

test("by keyboard alone: chosen, looked at, brought in, and put in the trash again", async () => {
  const page = await openPlace();
  const before = await entriesOf(page);
  await choose(page, "Export.zip");
  await page.getByText("400 entries", { exact: true }).waitFor();
  expect(await focusedText(page)).toBe("What would come in");
  await page.getByText("until you choose to share one").waitFor();
  await page.getByText("Twofold keeps no places").first().waitFor();
  // Nothing has happened yet.
  expect(await entriesOf(page)).toBe(before);
  await button(page, "Bring them in").press("Enter");
  await page.getByText("400 entries are in: Journal.").first().waitFor();
  expect(await focusedText(page)).toBe("Brought in");
  expect(await entriesOf(page)).toBe(before + 400);
  await page.getByText("This report as text").press("Enter");
  const report = await page.getByLabel("The report, to copy").inputValue();
  expect(report).toContain("400 entries are in: Journal.");
  expect(report).toContain("Twofold keeps no places");
  await button(page, "Put all of it in the trash…").press("Enter");
  await button(page, "Put them in the trash").press("Enter");
  await page.getByRole("heading", { name: "They are in the trash" }).waitFor();
  expect(await entriesOf(page)).toBe(before);
});

test("stopped in the middle, what is in stays in, and the same again goes on", async () => {
  const page = await openPlace();
  const before = await entriesOf(page);
  await choose(page, "Export.zip");
  await button(page, "Bring them in").press("Enter");
  await page.getByRole("progressbar").waitFor();
  await page.getByText(/^[1-9]\d* of 400 entries$/).waitFor();
  await button(page, "Stop here").press("Enter");
  await page.getByText("You stopped it.").first().waitFor();
  const come = (await entriesOf(page)) - before;
  expect(come).toBeGreaterThan(0);
  expect(come).toBeLessThan(400);
  await button(page, "Bring in something else").press("Enter");
  await choose(page, "Export.zip");
  await button(page, "Bring them in").press("Enter");
  await page
    .getByText(`${400 - come} entries are in: Journal.`)
    .first()
    .waitFor();
  await page
    .getByText(/from before and w.* left as/)
    .first()
    .waitFor();
  expect(await entriesOf(page)).toBe(before + 400);
});

test("a folder comes as Markdown, and what stays out is named with its file", async () => {
  const page = await openPlace();
  await chooseWith(page, "Choose a folder…", "diary");
  await page.getByText("2 entries", { exact: true }).waitFor();
  await page.getByText("From 4 March to 5 March").waitFor();
  await page.getByText("The canal").waitFor();
  await page.getByText("1 file stays out: it is not writing").first().waitFor();
  await page.getByText("A table in 1 entry becomes plain lines.").first().waitFor();
  const which = page.getByRole("button", { name: /^Where ?: 1 file stays out/ });
  await which.press("Enter");
  await page.getByText("diary/scan.pdf").waitFor();
});

test("a file that cannot be taken is said in three sentences, and the screen is where it was", async () => {
  const page = await openPlace();
  await choose(page, "broken.zip");
  const said = page.getByRole("alert");
  await said.waitFor();
  expect(await said.textContent()).toContain("damaged or cut short");
  expect(await said.textContent()).toContain("nothing was changed");
  await button(page, "Choose files…").waitFor();
});

test("a folder and a file that are dropped are taken as well", async () => {
  const page = await openPlace();
  const box = await page.locator(".drop-zone").boundingBox();
  if (box === null) throw new Error("nowhere to drop");
  const devtools = await page.context().newCDPSession(page);
  const files = [join(folder, "diary"), join(folder, "Export.zip")];
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await devtools.send("Input.dispatchDragEvent", {
      type,
      x: box.x + 20,
      y: box.y + 20,
      data: { items: [], files, dragOperationsMask: 1 },
    });
  await devtools.detach();
  await page.getByText("402 entries", { exact: true }).waitFor();
});

test("the same screen brings writing into my room", async () => {
  const page = await openPlace({ at: "/room" });
  await choose(page, "Export.zip");
  await page.getByText("They come into your room and stay there.").waitFor();
  await button(page, "Bring them in").press("Enter");
  await page.getByText("400 entries are in: My room.").first().waitFor();
});

test.each([
  { name: "light" },
  { name: "dark", dark: true },
  { name: "narrow", width: 360 },
  { name: "large", text: 2 },
  { name: "narrow and large", width: 360, text: 2 },
])("every step is in order and nothing is wider than the window ($name)", async (look) => {
  const page = await openPlace(look);
  const seen: Record<string, unknown> = {};
  const note = async (name: string) => {
    seen[name] = { wide: await isWide(page), axe: await violations(page) };
  };
  await note("choosing");
  await choose(page, "broken.zip");
  await page.getByRole("alert").waitFor();
  await note("refused");
  await choose(page, "Export.zip");
  await button(page, "Bring them in").waitFor();
  await note("looking");
  await button(page, "Bring them in").press("Enter");
  await page.getByRole("progressbar").waitFor();
  await note("bringing");
  await page.getByRole("heading", { name: "Brought in" }).waitFor();
  await page.getByText("This report as text").click();
  await note("brought");
  await button(page, "Put all of it in the trash…").click();
  await page.getByRole("alertdialog").waitFor();
  await note("asked");
  expect(seen).toEqual(
    Object.fromEntries(Object.keys(seen).map((name) => [name, { wide: false, axe: [] }])),
  );
});

test("nothing complained meanwhile", () => {
  expect(screens.complaints).toEqual([]);
});
