import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  comeBack,
  field,
  go,
  heading,
  isOpen,
  leave,
  link,
  lookAt,
  type Person,
  unlock,
  waitForSync,
  wordsOnScreen,
} from "../support/person.ts";
import { agree, pair, sendAtOnce, share, writeEntry } from "../support/together.ts";

/** Two computers are lost: one with a backup, one without. The two meet again, and what they shared is whole. */

const passphrase = "a kettle under the moon";
let household: Household;
let anna: Person;
let sam: Person;

beforeAll(async () => {
  household = await openHousehold();
  [anna, sam] = await Promise.all([
    household.moveIn({ name: "Anna", passphrase, role: "I was hurt" }),
    household.moveIn({ name: "Sam", passphrase: "eleven quiet lanterns", role: "I broke trust" }),
  ]);
  await pair(anna, sam);
});
afterEach((context) => household.tellScreens(context));
afterAll(async () => {
  await household?.end();
});

const reads = async (person: Person, words: string): Promise<void> => {
  await go(person, "Journal");
  await person.page.locator(".line").getByText(words).waitFor({ timeout: 40_000 });
};
const entryOf = async (person: Person, title: string, words: string, partner: Person) => {
  await writeEntry(person, { title, words });
  await share(person, partner);
};
const upToDate = "Both up to date since today.";

/** From the settings, in the words of somebody whose partner has a new computer; to the link of an invitation. */
const inviteAgain = async (person: Person, partner: Person): Promise<string> => {
  const { page } = person;
  await go(person, "Settings");
  await link(page, `${partner.name} has a new computer`).click();
  await heading(page, `${partner.name} has a new computer`).waitFor();
  await button(page, "Go on").click();
  await button(page, "Make an invitation").click();
  await heading(page, "Your invitation").waitFor();
  return field(page, "Invitation link").inputValue();
};

const compare = async (one: Person, other: Person): Promise<void> => {
  const [here, there] = await Promise.all([wordsOnScreen(one), wordsOnScreen(other)]);
  expect(there).toBe(here);
};

test("a computer without a backup is lost, and what the two had shared comes back to a new one", async () => {
  await entryOf(anna, "The canal", "The ice held, and I was not afraid of it.", sam);
  await entryOf(sam, "The kitchen", "I have put the list where you can see it.", anna);
  await reads(anna, "I have put the list");
  await reads(sam, "The ice held");
  for (const person of [anna, sam]) await waitForSync(person, upToDate);
  await leave(sam);

  const before = sam;
  sam = await household.moveIn({ name: "Sam", passphrase: "a lantern of my own", role: "both" });
  const invitation = await inviteAgain(anna, sam);
  await lookAt(sam, invitation);
  await button(sam.page, "Meet my partner").click();
  await compare(anna, sam);
  await anna.page.getByText("Sam comes with other keys than the ones you knew last.").waitFor();
  await agree(anna, sam);
  for (const { page } of [anna, sam]) {
    await heading(page, "The two of you have met again").waitFor();
    await link(page, "Go to the journal").click();
  }
  await reads(sam, "The ice held");
  await reads(sam, "I have put the list");
  await sendAtOnce(sam);
  await entryOf(sam, "The list", "It has one line less today.", anna);
  await reads(anna, "It has one line less today.");

  // The lost computer turns up, and writes: nothing of it arrives, nor does it read what is new.
  await before.openWindow();
  await unlock(before);
  await entryOf(before, "Found", "This computer was behind the shelf.", anna);
  await entryOf(anna, "Monday", "We laughed about the shelf.", sam);
  await reads(sam, "We laughed about the shelf.");
  await go(anna, "Journal");
  expect(await anna.page.locator(".line").getByText("behind the shelf").count()).toBe(0);
  await go(before, "Journal");
  expect(await before.page.locator(".line").getByText("We laughed").count()).toBe(0);
  expect(before.crashes()).toEqual([]);
  await leave(before);
});

test("a journal from a backup meets the partner again, and has what was shared since", async () => {
  // As in a browser that saves files as downloads alone.
  await anna.context.addInitScript(() => {
    for (const picker of ["showSaveFilePicker", "showDirectoryPicker"])
      Object.assign(globalThis, { [picker]: undefined });
  });
  await comeBack(anna);
  await go(anna, "Settings");
  await button(anna.page, "Set up backups").click();
  await field(anna.page, "Your passphrase").fill(passphrase);
  await button(anna.page, "Go on").click();
  const downloading = anna.page.waitForEvent("download", { timeout: 60_000 });
  await button(anna.page, "Save a backup now").click();
  const backup = await (await downloading).path();
  await entryOf(anna, "After the backup", "I wrote this when the file was made already.", sam);
  await reads(sam, "I wrote this when the file was made already.");
  for (const person of [anna, sam]) await waitForSync(person, upToDate);
  await leave(anna);

  anna = await household.arrive({ name: "Anna", passphrase, role: "I was hurt" });
  const { page } = anna;
  await button(page, "Bring back from a backup").click();
  const choosing = page.waitForEvent("filechooser");
  await button(page, "Choose the file").click();
  await (await choosing).setFiles(backup);
  await field(page, "The passphrase").last().fill(passphrase);
  await button(page, "Bring it back").click();
  await heading(page, "It is back").waitFor({ timeout: 60_000 });
  await button(page, "Open the journal").click();
  await isOpen(anna);
  await reads(anna, "The ice held");
  expect(await page.locator(".line").getByText("the file was made already").count()).toBe(0);

  const invitation = await inviteAgain(sam, anna);
  await link(page, "Meet Sam again").first().click();
  await button(page, "Go on").click();
  await field(page, "Invitation link").fill(invitation);
  await button(page, "Look at it").click();
  await button(page, "Meet my partner").click();
  await compare(anna, sam);
  await agree(anna, sam);
  await heading(sam.page, "The two of you have met again").waitFor();
  await link(sam.page, "Go to the journal").click();
  await heading(page, "The two of you have met again").waitFor();
  await button(page, "Lock now").click();
  await field(page, "Passphrase").waitFor();
  await unlock(anna);

  await reads(anna, "I wrote this when the file was made already.");
  await link(page, "After the backup").click();
  await page.getByText("Came back from Sam’s copy").waitFor();
  await sendAtOnce(anna);
  await entryOf(anna, "Here again", "Everything is where I left it.", sam);
  await reads(sam, "Everything is where I left it.");
  await entryOf(sam, "Good", "I read it twice.", anna);
  await reads(anna, "I read it twice.");
  for (const person of [anna, sam]) await waitForSync(person, upToDate);
  for (const { crashes } of [anna, sam]) expect(crashes()).toEqual([]);
});
