import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SyncTruth } from "../../shared/journal/journal.ts";
import { violations } from "../support/axe.ts";
import { looks } from "../ui/looks.ts";
import { go, type Start, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "twofold-carry-"));
  mkdirSync(join(folder, "stick"));
  writeFileSync(join(folder, "stick", "twofold-2026-11-19.twofold"), "capsule on the stick");
  writeFileSync(join(folder, "stick", "holiday.jpg"), "a photo");
  mkdirSync(join(folder, "other"));
  writeFileSync(join(folder, "other", "holiday.jpg"), "a photo");
  writeFileSync(join(folder, "renamed by mail.bin"), "CUT_SHORT");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const heading = "Send or open a file";
const openPage = async (start?: Start): Promise<Page> => {
  const page = await screens.openAt("/capsule", "h1", start);
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  return page;
};
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const main = (page: Page) => page.locator("main");
const says = (page: Page, words: string) => main(page).getByText(words).first().waitFor();
const hasFocus = (page: Page, words: string) =>
  page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, words);
const slow = (page: Page, is: boolean) =>
  page.evaluate((on) => window.scene.journal.set.capsules({ slow: on }), is);

const savedBy = async (page: Page, press: () => Promise<void>) => {
  const downloading = page.waitForEvent("download");
  await press();
  const download = await downloading;
  return {
    name: download.suggestedFilename(),
    words: await readFile(await download.path(), "utf8"),
  };
};

/** With their names and what is in them (test/support/fakeCapsules.ts). */
const choose = async (page: Page, files: Readonly<Record<string, string>>): Promise<void> => {
  const choosing = page.waitForEvent("filechooser");
  await button(page, "Choose files…").press("Enter");
  await (
    await choosing
  ).setFiles(
    Object.entries(files).map(([name, words]) => ({
      name,
      mimeType: "",
      buffer: Buffer.from(words),
    })),
  );
};

const drop = async (page: Page, ...paths: readonly string[]): Promise<void> => {
  const zone = page.locator(".drop-zone");
  await zone.scrollIntoViewIfNeeded();
  const box = await zone.boundingBox();
  if (box === null) throw new Error("nowhere to drop");
  const devtools = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await devtools.send("Input.dispatchDragEvent", {
      type,
      x: box.x + 20,
      y: box.y + 20,
      data: { items: [], files: paths.map((path) => join(folder, path)), dragOperationsMask: 1 },
    });
  await devtools.detach();
};

const waits = (page: Page) =>
  page.evaluate(() =>
    window.scene.journal.set.sync({
      state: "waiting",
      pages: 3,
      sinceDay: new Date(2026, 10, 18).getTime(),
      heardDay: undefined,
    }),
  );

test("a mailbox is added and taken out again by keyboard, and the settings hold just that", async () => {
  const page = await screens.openAt("/settings", "main h2");
  const section = page.getByRole("region", { name: "Mailbox" });
  const field = section.getByRole("textbox", { name: "Address of a mailbox" });
  const add = async (address: string) => {
    await field.fill(address);
    await field.press("Enter");
  };
  const kept = () => page.evaluate(() => window.scene.journal.settings.read());
  await section.getByText("never a word, and never a name").waitFor();
  expect(await kept()).toMatchObject({ mailboxes: [] });
  await add("https://post.example.org");
  await section.getByText("begins with ws:// or wss://").waitFor();
  expect(await kept()).toMatchObject({ mailboxes: [] });
  await add(" wss://post.example.org/ ");
  await button(page, "Remove wss://post.example.org").waitFor();
  expect(await field.inputValue()).toBe("");
  await add("wss://post.example.org");
  await section.getByText("This address is already there.").waitFor();
  // Only what networks in between can look into is said to be so.
  await add("ws://192.168.178.20:47180");
  await add("ws://old.example.org");
  await section.getByText("ws://old.example.org begins with ws://").waitFor();
  expect(await section.getByText("so networks in between see").count()).toBe(1);
  expect(await kept()).toMatchObject({
    mailboxes: ["wss://post.example.org", "ws://192.168.178.20:47180", "ws://old.example.org"],
    meetingPoints: [],
  });
  await waits(page);
  await page
    .getByText("or fetches them from the mailbox. Waiting since Wednesday.")
    .first()
    .waitFor();
  const remove = (address: string) => button(page, `Remove ${address}`).press("Enter");
  const onButton = (address: string) =>
    page.waitForFunction(
      (label) => document.activeElement?.getAttribute("aria-label") === label,
      `Remove ${address}`,
    );
  await remove("ws://192.168.178.20:47180");
  await onButton("ws://old.example.org");
  await remove("ws://old.example.org");
  await onButton("wss://post.example.org");
  await remove("wss://post.example.org");
  await section.getByText("None. What you share waits here").waitFor();
  await page.waitForFunction(() => document.activeElement?.matches("input"));
  expect(await kept()).toMatchObject({ mailboxes: [] });
  for (let number = 1; number <= 8; number++) await add(`wss://post${number}.example.org`);
  await section.getByText("Eight are kept at most.").waitFor();
  expect(await field.count()).toBe(0);
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "group");
  expect((await kept()).mailboxes).toHaveLength(8);
});

test("of photos it is said what they need, whatever else carries the words", async () => {
  const page = await screens.openJournal();
  const say = (truth: SyncTruth) =>
    page.evaluate((shown) => window.scene.journal.set.sync(shown), truth);
  await page.evaluate(() =>
    window.scene.journal.changeSettings({ mailboxes: ["wss://post.example.org"] }),
  );
  await say({ state: "arriving", photosOnly: false });
  await page.getByText("More of Sam’s pages are on their way.").first().waitFor();
  await say({ state: "arriving", photosOnly: true });
  const needs = "while both Twofolds are open at once, or in a file or a shared folder.";
  await page
    .getByText(`Some of Sam’s photos have not come yet. Photos come ${needs}`)
    .first()
    .waitFor();
  expect(await page.getByText("on their way").count()).toBe(0);
  for (const [pages, words] of [
    [1, "One page has photos that have not gone yet."],
    [2, "Two pages have photos that have not gone yet."],
  ] as const) {
    await say({ state: "waiting", pages, sinceDay: undefined, heardDay: undefined });
    await page.getByText(`${words} Photos go ${needs}`).first().waitFor();
  }
  await page.evaluate(() => window.scene.journal.changeSettings({ mailboxes: [] }));
});

test("what waits is sent as a file by keyboard: what is new or all of it, and what was stopped left nothing", async () => {
  const page = await screens.openJournal();
  expect(await page.getByRole("link", { name: "Send as a file" }).count()).toBe(0);
  await waits(page);
  await page.getByRole("link", { name: "Send as a file" }).first().press("Enter");
  await hasFocus(page, heading);
  await says(page, "can see that you use Twofold and roughly how much is in the file");
  const save = () => button(page, "Save the file").press("Enter");
  const first = await savedBy(page, save);
  expect(first).toEqual({ name: "twofold-2026-11-21.twofold", words: "capsule new" });
  await hasFocus(page, "The file is made");
  await says(page, "It is called twofold-2026-11-21.twofold.");
  await says(page, "It does not matter if it arrives late, twice or out of order.");
  await button(page, "Make another file").press("Enter");
  await hasFocus(page, "Save the file");

  let downloads = 0;
  page.on("download", () => (downloads += 1));
  await slow(page, true);
  await save();
  await says(page, "Putting the file together: 2 of 6 MB.");
  await hasFocus(page, "Stop");
  await page.keyboard.press("Enter");
  await says(page, "You stopped it. No file was made.");
  await hasFocus(page, "Save the file");
  await slow(page, false);
  await page.evaluate(() => window.scene.journal.set.capsules({ refusesToWrite: "STORE_FAILED" }));
  await save();
  await page.getByRole("alert").getByText("Nothing is lost").waitFor();
  expect(downloads).toBe(0);
  await page.evaluate(() => window.scene.journal.set.capsules({ refusesToWrite: undefined }));

  await page.getByRole("radio", { name: "What is new" }).focus();
  await page.keyboard.press("ArrowDown");
  expect(await savedBy(page, save)).toMatchObject({ words: "capsule all" });
  await hasFocus(page, "The file is made");
});

test("where the system's own window asks for the place, closing it is noticed, and no file is said to be made", async () => {
  const page = await openPage();
  const save = () => button(page, "Save the file").press("Enter");
  await page.evaluate(() => {
    window.scene.place(
      new Promise((then) => addEventListener("answered", () => then("closed"), { once: true })),
    );
  });
  await save();
  await page.getByRole("status").getByText("Say where it goes").waitFor();
  expect(await main(page).getByText("The file is made").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.evaluate(() => dispatchEvent(new Event("answered")));
  await page.getByRole("status").getByText("No place was chosen").waitFor();
  await hasFocus(page, "Save the file");
  expect(await main(page).getByText("The file is made").count()).toBe(0);

  await page.evaluate(() => window.scene.place("refused"));
  await save();
  await page.getByRole("alert").waitFor();
  await page.evaluate(() => window.scene.place("saved"));
  await save();
  await hasFocus(page, "The file is made");
  expect(await main(page).getByText("among your downloads").count()).toBe(0);

  // A window that nobody answers holds nothing up: not the next file, and not the lock.
  await button(page, "Make another file").press("Enter");
  await page.evaluate(() => window.scene.place(new Promise(() => {})));
  await save();
  await page.getByRole("status").getByText("Say where it goes").waitFor();
  await button(page, "Make another file").press("Enter");
  await page.evaluate(() => window.scene.place("saved"));
  await save();
  await hasFocus(page, "The file is made");
  await button(page, "Make another file").press("Enter");
  await page.evaluate(() => window.scene.place(new Promise(() => {})));
  await save();
  await page.getByRole("status").getByText("Say where it goes").waitFor();
  await button(page, "Lock").press("Enter");
  await page.getByRole("heading", { name: "Your journal is locked" }).waitFor();
});

test("a file that is opened says whether it brought anything, and each that is refused says why", async () => {
  const page = await openPage();
  await choose(page, { "twofold-2026-11-19.twofold": "capsule one" });
  await says(page, "What was in it is here now.");
  await hasFocus(page, "Choose files…");
  await choose(page, { "the same (1).bin": "capsule one" });
  await says(page, "Everything in it was here already.");
  for (const [words, said] of [
    ["some other file", "This is not a file that one Twofold makes for another."],
    ["NEWER_CAPSULE", "This file was made by a later Twofold."],
    ["CUT_SHORT", "The end of this file is missing."],
    ["CAPSULE_ALTERED", "This file is damaged"],
    ["OTHER_COUPLE", "it was made for another journal"],
    ["OWN_CAPSULE", "This file is from you, for your partner."],
    ["FILE_GONE", "The file could not be read any more."],
    ["DISK_FULL", "There is not enough room left on the disk."],
  ] as const) {
    await choose(page, { "twofold.twofold": words });
    await page.getByRole("alert").getByText(said).waitFor();
    await hasFocus(page, "Choose files…");
  }
  expect(await main(page).getByText("here now").count()).toBe(0);
  await slow(page, true);
  await choose(page, { "first.twofold": "capsule two", "second.twofold": "capsule three" });
  await says(page, "Reading first.twofold: 8 of 23 MB.");
  await hasFocus(page, "Stop");
  await page.keyboard.press("Enter");
  await says(page, "You stopped it.");
  await says(page, "The files after that were not opened.");
  await hasFocus(page, "Choose files…");
  expect(await page.getByRole("alert").count()).toBe(0);
});

test("several at once, chosen or dropped, are told of together, and each that was refused by its name", async () => {
  const page = await openPage();
  const alert = page.getByRole("alert");
  await choose(page, {
    "one.twofold": "capsule one",
    "broken.twofold": "CAPSULE_ALTERED",
    "mine.twofold": "OWN_CAPSULE",
    "two.twofold": "capsule two",
  });
  await says(page, "What was in the others is here now.");
  const told = await alert.getByRole("listitem").allTextContents();
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/^broken\.twofold ?This file is damaged/);
  expect(told[1]).toMatch(/^mine\.twofold ?This file is from you/);
  await choose(page, { "two.twofold": "capsule two", "one.twofold": "capsule one" });
  await says(page, "Everything in them was here already.");
  expect(await alert.count()).toBe(0);

  // Of a folder only what is called so; a file by itself whatever it is called.
  await drop(page, "stick", "renamed by mail.bin");
  await says(page, "What was in the others is here now.");
  expect(await alert.getByRole("listitem").allTextContents()).toHaveLength(1);
  await alert.getByText("renamed by mail.bin").waitFor();
  await drop(page, "other");
  await alert.getByText("There is no file of Twofold’s in what you chose.").waitFor();
  await hasFocus(page, "Choose files…");
});

test("both halves are found by name; and without a partner, or while sharing is paused, the page says what comes first", async () => {
  const page = await screens.openJournal();
  const run = async (typed: string) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type(typed);
    await page.locator(".palette-item[data-focused]").waitFor();
    await page.keyboard.press("Enter");
  };
  await run("open a file");
  await hasFocus(page, "Open a file");
  await run("send as");
  await hasFocus(page, "Send as a file");
  await go(page, "/settings", "main h2");
  await page.getByRole("link", { name: "Send or open a file" }).first().press("Enter");
  await hasFocus(page, heading);
  await page.evaluate(() => window.scene.journal.set.sync({ state: "paused" }));
  await says(page, "Keep files that you are given until then.");
  expect(await button(page, "Save the file").count()).toBe(0);
  await page.evaluate(() => {
    window.scene.journal.set.sync({ state: "alone" });
    window.scene.journal.set.partner(undefined);
  });
  await says(page, "Two journals have to be joined first.");
  expect(await button(page, "Choose files…").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("link", { name: "Invite, or use an invitation" }).press("Enter");
  await hasFocus(page, "The two of you");
});

test.each(looks)("every step is in order and fits ($name)", async (look) => {
  const page = await openPage(look);
  const seen: Record<string, unknown> = {};
  const note = async (name: string) => {
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    const primary = await main(page).locator(".btn.primary").count();
    seen[name] = { wide, one: primary <= 1, axe: await violations(page) };
  };
  await note("first");
  await slow(page, true);
  await button(page, "Save the file").click();
  await choose(page, {
    "a file with a long name and no place to break it_________.twofold": "x",
  });
  await says(page, "of 23 MB");
  await note("under way");
  await slow(page, false);
  await page.getByRole("alert").waitFor();
  await says(page, "The file is made");
  await note("made, and refused");
  await choose(page, {
    "one.twofold": "capsule one",
    "broken.twofold": "CUT_SHORT",
    "x.jpg": "x",
  });
  await says(page, "What was in the others");
  await note("several");
  await page.evaluate(() =>
    window.scene.journal.changeSettings({
      mailboxes: ["wss://post.example.org/with/a/long/way/to/it/for/friends", "ws://a.example.org"],
    }),
  );
  await waits(page);
  await go(page, "/settings", "main h2");
  await note("settings");
  expect(seen).toEqual(
    Object.fromEntries(Object.keys(seen).map((name) => [name, { wide: 0, one: true, axe: [] }])),
  );
});

test("a server is asked only when somebody presses, and the answer is said in words beside it", async () => {
  const page = await screens.openAt("/settings", "main h2");
  const asked = await page.evaluate(() => {
    const { journal } = window.scene;
    void journal.changeSettings({
      iceServers: [{ url: "stun:stun.example.org" }, { url: "turn:relay.example.org" }],
    });
    return journal.settings.read().iceServers.length;
  });
  expect(asked).toBe(2);
  const line = (url: string) => page.locator(".removables li").filter({ hasText: url });
  await line("stun:stun.example.org").waitFor();
  expect(await page.locator(".removables .answer").allInnerTexts()).toEqual(["", ""]);
  await button(page, "Try it: turn:relay.example.org").press("Enter");
  await line("turn:relay.example.org").getByRole("status").getByText("does not take").waitFor();
  expect(await line("stun:stun.example.org").getByRole("status").innerText()).toBe("");
  await button(page, "Try it: stun:stun.example.org").press("Enter");
  await line("stun:stun.example.org").getByRole("status").getByText("It answers.").waitFor();
  expect(await violations(page)).toEqual([]);
});

test("nothing complained meanwhile", () => {
  expect(screens.complaints).toEqual([]);
});
