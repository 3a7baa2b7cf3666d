import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import { openOwnServer, type OwnServer } from "../support/ownServer.ts";
import {
  button,
  field,
  go,
  heading,
  leave,
  link,
  type Person,
  unlock,
  waitForSync,
} from "../support/person.ts";
import { pair, share, writeEntry } from "../support/together.ts";

/** Two who are never online together: what one shares reaches the other through a mailbox, or in a file. */

let household: Household;
let server: OwnServer;
let anna: Person;
let sam: Person;

beforeAll(async () => {
  [household, server] = await Promise.all([openHousehold(), openOwnServer()]);
  [anna, sam] = await Promise.all([
    household.moveIn({ name: "Anna", passphrase: "a kettle under the moon", role: "I was hurt" }),
    household.moveIn({ name: "Sam", passphrase: "eleven quiet lanterns", role: "I broke trust" }),
  ]);
  await pair(anna, sam);
});
afterEach((context) => household.tellScreens(context));
afterAll(async () => {
  await household?.end();
  await server?.end();
});

const open = async (person: Person): Promise<void> => {
  await person.openWindow();
  await unlock(person);
};
const addMailbox = async (person: Person): Promise<void> => {
  await go(person, "Settings");
  await field(person.page, "Address of a mailbox").fill(server.address);
  await field(person.page, "Address of a mailbox").press("Enter");
  await person.page.locator(".removables").getByText(server.address).waitFor();
};
const reads = async (person: Person, words: string): Promise<void> => {
  await go(person, "Journal");
  await person.page.locator(".line").getByText(words).waitFor({ timeout: 40_000 });
};
/** What lies in the mailbox now and did not before. */
const newSince = async (before: readonly string[]): Promise<readonly string[]> => {
  const fresh = () => server.waiting().filter((key) => !before.includes(key));
  await expect.poll(() => fresh().length, { timeout: 40_000 }).toBeGreaterThan(0);
  return fresh();
};
const upToDate = "Both up to date since today.";

test("through a mailbox, words arrive though the two are never there at once, and its server may die in between", async () => {
  await addMailbox(anna);
  await addMailbox(sam);
  // Each has put there that they hold what the other had sent.
  await expect.poll(() => server.waiting().length, { timeout: 40_000 }).toBe(2);
  await leave(sam);
  const before = server.waiting();
  await writeEntry(anna, { title: "For later", words: "The beans came up while you were away." });
  await share(anna, sam);
  await waitForSync(anna, "One page waits until Sam’s Twofold is open too");
  const words = await newSince(before);
  await leave(anna);
  const withWords = server.waiting();
  await server.kill();
  await server.start();

  await open(sam);
  await reads(sam, "The beans came up");
  // Sam's computer says that it has them, and is switched off again.
  await newSince(withWords);
  await leave(sam);
  await open(anna);
  await waitForSync(anna, upToDate);
  // What was acknowledged leaves the mailbox.
  const left = () => server.waiting().filter((key) => words.includes(key));
  await expect.poll(left, { timeout: 40_000 }).toEqual([]);
});

test("its server has read nothing, says nothing, and is the only other place that was asked", async () => {
  const text = [...server.files().map(({ bytes }) => bytes.toString("latin1")), server.printed()];
  for (const words of ["beans", "For later", "Anna", "Sam"])
    expect(text.filter((each) => each.includes(words))).toEqual([]);
  const named = [household.origin, household.meetingPoint, server.address];
  for (const person of [anna, sam])
    expect(person.contacted().filter((origin) => !named.includes(origin))).toEqual([]);
  for (const { crashes } of [anna, sam]) expect(crashes()).toEqual([]);
});

const toFilePage = async ({ page, origin }: Person): Promise<void> => {
  await page.goto(`${origin}/#/capsule`);
  await heading(page, "Send or open a file").waitFor();
};
const saveFile = async (person: Person): Promise<string> => {
  await toFilePage(person);
  const downloading = person.page.waitForEvent("download");
  await button(person.page, "Save the file").click();
  const path = await (await downloading).path();
  await person.page.getByText("The file is made").waitFor();
  return path;
};
const openFile = async (person: Person, path: string): Promise<void> => {
  await toFilePage(person);
  const choosing = person.page.waitForEvent("filechooser");
  await button(person.page, "Choose files…").click();
  await (await choosing).setFiles(path);
};

test("in a file, words arrive though no computer reaches the other; and the file that comes back says so", async () => {
  for (const person of [anna]) {
    await go(person, "Settings");
    await person.page
      .locator(".removables li")
      .filter({ hasText: server.address })
      .getByRole("button")
      .click();
    await person.page.locator(".removables").getByText(server.address).waitFor({ state: "hidden" });
  }
  await writeEntry(anna, { title: "On a stick", words: "I put this in your coat." });
  await share(anna, sam);
  await waitForSync(anna, "One page waits until Sam’s Twofold is open too");
  const toSam = await saveFile(anna);
  // One's own file, opened by mistake, changes nothing.
  await openFile(anna, toSam);
  await anna.page.getByText("This file is from you").waitFor();
  await leave(anna);

  await open(sam);
  await openFile(sam, toSam);
  await sam.page.getByText("What was in it is here now.").waitFor();
  await openFile(sam, toSam);
  await sam.page.getByText("Everything in it was here already.").waitFor();
  await reads(sam, "I put this in your coat.");
  const back = await saveFile(sam);
  await leave(sam);

  await open(anna);
  await waitForSync(anna, "One page waits");
  await openFile(anna, back);
  await waitForSync(anna, upToDate);
  await link(anna.page, "Journal").first().waitFor();
});
