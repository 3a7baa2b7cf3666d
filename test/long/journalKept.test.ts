import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { paint } from "../browser/photoKit.ts";
import { dayOne } from "../support/archives.ts";
import { type Household, openHousehold } from "../support/household.ts";
import {
  chooseFile,
  dayOneOf,
  choosePhoto,
  openEntry,
  paintRough,
  passMinutes,
  plugInStick,
  readAllLines,
  readStick,
  seePhoto,
  stopReadingAfter,
  stopWritingAfter,
  typeMore,
  untilHeld,
} from "../support/journalSteps.ts";
import { type KeptBrowser, openKeptBrowser } from "../support/keptBrowser.ts";
import {
  atComputer,
  button,
  editor,
  field,
  firstRun,
  go,
  heading,
  isOpen,
  link,
  type Person,
  unlock,
  vanish,
} from "../support/person.ts";
import { pair, share, writeEntry } from "../support/together.ts";
import { zipOf } from "../support/zipFiles.ts";

/** What the journal keeps when the computer does not: killed while it brings in, backs up and brings back. */

const profile = mkdtempSync(join(tmpdir(), "twofold-journal-"));
const passphrase = "a kettle under the tin moon";
let household: Household;
let kept: KeptBrowser;
let anna: Person;
let sam: Person;

const sitDown = async (): Promise<Person> => {
  kept = await openKeptBrowser(profile);
  const who = { origin: household.origin, name: "Anna", passphrase, role: "Both" } as const;
  const person = household.welcome(await atComputer(kept.context, who));
  await plugInStick(person);
  await person.page.reload();
  return person;
};

/** SIGKILL, and everything as it was left on the disk. */
const killAndComeBack = async (): Promise<void> => {
  crashes.push(...anna.crashes());
  await kept.kill();
  anna = await sitDown();
  await unlock(anna);
};
const crashes: string[] = [];

beforeAll(async () => {
  household = await openHousehold();
  const who = { name: "Sam", passphrase: "eleven quiet lanterns", role: "Neither fits" } as const;
  [anna, sam] = await Promise.all([sitDown(), household.moveIn(who)]);
  await firstRun(anna);
  await pair(anna, sam);
});
afterEach((context) => household.tellScreens(context));
afterAll(async () => {
  await kept?.close();
  await household?.end();
  rmSync(profile, { recursive: true, force: true });
});

const chooseArchive = async (zip: Uint8Array): Promise<void> => {
  await go(anna, "Journal");
  await link(anna.page, "Bring in writing").click();
  const buffer = globalThis.Buffer.from(zip);
  await chooseFile(anna, "Choose files…", { name: "Day One.zip", buffer });
  await heading(anna.page, "What would come in").waitFor();
};

/** These words, whole, on Anna's screen. */
const reads = (words: string): Promise<void> =>
  anna.page.getByText(words, { exact: true }).waitFor();

const draft = "Before the harbour";
let draftPhoto: string;

test("from another app: first what would come, then a report of what came and what did not, then the entries", async () => {
  const { page } = anna;
  const picture = await paint(page, 320, 240);
  const entries = [
    {
      uuid: "A".repeat(32),
      creationDate: "2018-06-01T10:00:00Z",
      text: "# The ferry\n\nIt was late. ![](dayone-moment://B1)",
      tags: ["Ostend"],
      photos: [
        {
          identifier: "B1",
          md5: createHash("md5").update(picture).digest("hex"),
          type: "jpeg",
        },
      ],
    },
    { uuid: "B".repeat(32), creationDate: "2018-06-02T10:00:00Z", text: "" },
  ];
  const md5 = createHash("md5").update(picture).digest("hex");
  await chooseArchive(
    await zipOf({ "Journal.json": dayOne(entries), [`photos/${md5}.jpeg`]: picture }),
  );
  await reads("1 entry");
  await reads("With 1 picture");
  await reads("The ferry");
  await reads("1 entry stays out: there is nothing in it.");
  await button(page, "Bring them in").click();
  await reads("1 entry is in: Journal.");
  await reads("1 entry stays out: there is nothing in it.");
  await link(page, "Go to: Journal").click();
  await link(page, "The ferry").click();
  await editor(page).getByText("It was late.").waitFor();
  await reads("about 1 June 2018, written today · Ostend");
  await seePhoto(editor(page));
});

test("killed in the middle of bringing in 300 entries, the journal opens with whole entries and the draft from before", async () => {
  const { page } = anna;
  await writeEntry(anna, { title: draft, words: "I stood there and said nothing." });
  await passMinutes(anna, 11);
  await editor(page).press("Control+End");
  await choosePhoto(anna, await paintRough(page, 1_000));
  draftPhoto = await seePhoto(editor(page));
  await typeMore(anna, "Then I said it.");

  const [first, second] = [await paint(page, 320, 240), await paintRough(page, 500)];
  expect(second.length).toBeGreaterThan(100_000);
  large = await dayOneOf(
    300,
    new Map([
      [1, first],
      [200, second],
    ]),
  );
  await chooseArchive(large);
  await reads("300 entries");
  await stopReadingAfter(anna, first.length + 50_000);
  await button(page, "Bring them in").click();
  await untilHeld(anna);
  await page.getByText(/^1\d\d of 300 entries$/).waitFor();
  await killAndComeBack();

  await openEntry(anna, draft);
  await anna.page.getByText("Only on this computer").waitFor();
  for (const words of ["I stood there and said nothing.", "Then I said it."])
    await editor(anna.page).getByText(words).waitFor();
  expect(await seePhoto(editor(anna.page))).toBe(draftPhoto);
  const days = await daysInTheList();
  here = days.length;
  expect(here).toBeGreaterThan(0);
  expect(here).toBeLessThan(300);
  expect(new Set(days).size).toBe(here);
  await anna.page.locator(".virtual-lines .line[tabindex='0']").press("End");
  await link(anna.page, /Day 1\b/).click();
  await seePhoto(editor(anna.page));
});

let large: Uint8Array;
/** Of its entries, those that the killed bringing in left here. */
let here: number;

/** The days that came in; each line has its whole words and its tag. */
const daysInTheList = async (): Promise<readonly number[]> => {
  await go(anna, "Journal");
  return (await readAllLines(anna)).flatMap((line) => {
    const day = /^Day (\d+)$/m.exec(line)?.[1];
    if (day === undefined) return [];
    expect(line).toContain(`The words of day ${day}, to their end.`);
    expect(line).toContain("harbour");
    return [Number(day)];
  });
};

test("bringing in the same again goes on from there: each entry is there once, and the report says so", async () => {
  await chooseArchive(large);
  await button(anna.page, "Bring them in").click();
  await reads(`${300 - here} entries are in: Journal.`);
  await reads(`${here} entries were here from before and were left as they are.`);
  const days = await daysInTheList();
  expect(days).toHaveLength(300);
  expect(new Set(days).size).toBe(300);
});

const section = () => anna.page.getByRole("region", { name: "Backups" });

/** The backup that the killed one must not touch. */
let backup: { readonly name: string; readonly buffer: Buffer };
let linesThen: readonly string[];

test("a backup that the computer dies in leaves the one before it whole, and the next is made as ever", async () => {
  await writeEntry(sam, { title: "What Sam wrote", words: "The light was on." });
  await share(sam, anna);
  await go(anna, "Journal");
  await link(anna.page, "What Sam wrote").waitFor();
  linesThen = await readAllLines(anna);
  await go(anna, "Settings");
  await button(anna.page, "Set up backups").click();
  await field(anna.page, "Your passphrase").fill(passphrase);
  await anna.page.keyboard.press("Enter");
  await button(anna.page, "Choose a folder").click({ timeout: 60_000 });
  await section().getByText("Backups go to the folder “Stick”.").waitFor();
  await button(anna.page, "Back up now").click();
  await section().getByText("The backup is made").waitFor();
  const [made] = await readStick(anna);
  if (made === undefined) throw new Error("nothing on the stick");
  backup = made;

  await passMinutes(anna, 1);
  await stopWritingAfter(anna, backup.buffer.length / 2);
  await button(anna.page, "Back up now").click();
  await untilHeld(anna);
  await killAndComeBack();
  const left = await readStick(anna);
  expect(left.find(({ name }) => name === backup.name)?.buffer.equals(backup.buffer)).toBe(true);
  const ended = left.filter(({ name, buffer }) => name.endsWith(".twofold") && buffer.length > 0);
  expect(ended).toHaveLength(1);
  await go(anna, "Settings");
  await chooseFile(anna, "Check a backup file", backup);
  await section().getByText("This backup is whole.").waitFor();
  await button(anna.page, "Back up now").click();
  await section().getByText("The backup is made").waitFor();
  expect(await readStick(anna)).toHaveLength(2);
});

test("killed while it brings a backup back, a new computer begins anew and then has words, photos and history", async () => {
  const other = await household.arrive({ name: "Anna", passphrase, role: "Both" });
  const bringBack = async (): Promise<void> => {
    await button(other.page, "Bring back from a backup").click();
    await chooseFile(other, "Choose the file", backup);
    await field(other.page, "The passphrase").last().fill(passphrase);
  };
  await bringBack();
  await stopReadingAfter(other, backup.buffer.length * 1.5);
  await button(other.page, "Bring it back").click();
  await untilHeld(other);
  const databases = await other.page.evaluate(() => indexedDB.databases());
  expect(databases.map(({ name }) => name).join(" ")).toMatch(/\.kept\.1\b/);
  await vanish(other);

  await other.openWindow();
  await bringBack();
  await button(other.page, "Bring it back").click();
  await heading(other.page, "It is back").waitFor({ timeout: 60_000 });
  await other.page.getByText(/^Sharing with Sam is paused\./).waitFor();
  await button(other.page, "Open the journal").click();
  await isOpen(other);
  expect(await readAllLines(other)).toEqual(linesThen);
  await openEntry(other, draft);
  expect(await seePhoto(editor(other.page))).toBe(draftPhoto);
  await button(other.page, "Earlier versions").click();
  const sheet = other.page.getByRole("dialog", { name: "Earlier versions" });
  await sheet.getByText("I stood there and said nothing.").waitFor();
  await sheet.getByRole("option").last().click();
  await sheet.getByText("This is how it began.").waitFor();
  expect(await sheet.getByText("Then I said it.").count()).toBe(0);
  expect(other.crashes()).toEqual([]);
});

test("nothing broke unseen on the way", () => {
  expect([...crashes, ...anna.crashes(), ...sam.crashes()]).toEqual([]);
});
