import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { asStored, findCanaries } from "../support/canary.ts";
import { plantEverywhere, takeUp } from "../support/canaryPlants.ts";
import { readStorage, type Stored } from "../support/canaryStorage.ts";
import { type Household, openHousehold } from "../support/household.ts";
import { readNetLog } from "../support/netLog.ts";
import {
  button,
  chooseFirstPassphrase,
  comeBack,
  editor,
  field,
  go,
  heading,
  leave,
  link,
  lock,
  type Person,
  unlock,
  waitForSync,
} from "../support/person.ts";
import {
  ask,
  draftAnswer,
  openQuestion,
  pair,
  readsNothingOf,
  sendAnswer,
  share,
  untilSaved,
  writeEntry,
} from "../support/together.ts";

/** Two who are seldom awake at once; and what of their words is left lying about. */

// None of these is a word of the app's own, in any language it has.
const typed = {
  anna: "Annawyn",
  sam: "Samoset",
  annasPassphrase: "marmalade under a tin moon",
  samsPassphrase: "eleven quiet ferry lanterns",
  roomPassphrase: "nobody opens this cupboard",
  roomTitle: "Cupboard of plums",
  roomWords: "I have not told Samoset about the train to Ghent.",
  draft: "Zinnia draft that stays unsent.",
  entryTitle: "Quinces on the sill",
  entry: "I slept four hours and counted the quinces.",
  questionTitle: "Whose umbrella was it",
  question: "There was a plaid umbrella in the hall in Februrary.",
  alone: "The ferry was late and I thought of Ostend.",
  answer: "The umbrella was hers, and I hid it behind the boiler.",
} as const;

const folder = mkdtempSync(join(tmpdir(), "twofold-netlog-"));
const netLog = join(folder, "net.json");
let household: Household;
let anna: Person;
let sam: Person;

beforeAll(async () => {
  household = await openHousehold({ switches: [`--log-net-log=${netLog}`] });
  [anna, sam] = await Promise.all([
    household.moveIn({
      name: typed.anna,
      passphrase: typed.annasPassphrase,
      role: "I was hurt",
    }),
    household.moveIn({ name: typed.sam, passphrase: typed.samsPassphrase, role: "I broke trust" }),
  ]);
});
afterEach((context) => household.tellScreens(context));
afterAll(async () => {
  await household?.end();
  rmSync(folder, { recursive: true, force: true });
});

test("my room is made, written in and left; without its passphrase it stays shut", async () => {
  const { page } = anna;
  await go(anna, "My room");
  await button(page, "I have not made it yet").click();
  await chooseFirstPassphrase(page, typed.roomPassphrase);
  await button(page, "Make my room").click();
  await button(page, "Write a first line").click({ timeout: 60_000 });
  await editor(page).waitFor();
  await field(page, "Title").fill(typed.roomTitle);
  await editor(page).fill(typed.roomWords);
  await untilSaved(anna);
  await button(page, "Leave my room").click();
  await field(page, "Passphrase of my room").fill("nobody opens that cupboard");
  await button(page, "Open my room").click();
  await page.getByText("That did not open a room.").waitFor();
  expect(await readsNothingOf(anna, typed.roomTitle)).toBe(true);
  await field(page, "Passphrase of my room").fill(typed.roomPassphrase);
  await button(page, "Open my room").click();
  await link(page, typed.roomTitle).click();
  await page.getByText(typed.roomWords).waitFor();
  await button(page, "Leave my room").click();
  await heading(page, "My room").waitFor();
});

test("a room that was never made looks like one that was", async () => {
  await go(sam, "My room");
  const doors = await Promise.all(
    [anna, sam].map(({ page }) => page.getByRole("main").innerText()),
  );
  expect(doors[0]).toBe(doors[1]);
});

test("what one writes, shares and asks while the other is away waits, and the words say so", async () => {
  await pair(anna, sam);
  await leave(sam);
  await writeEntry(anna, { words: typed.draft });
  await waitForSync(anna, "Both up to date since today.");
  await writeEntry(anna, { title: typed.entryTitle, words: typed.entry });
  await share(anna, sam);
  await waitForSync(anna, "One page waits until Samoset’s Twofold is open too.");
  await ask(anna, sam, { title: typed.questionTitle, words: typed.question });
  await waitForSync(
    anna,
    "Two pages wait until Samoset’s Twofold is open too. Last heard from Samoset’s Twofold: today.",
  );
});

test("a reload, a lock and a server that went away change nothing of what waits", async () => {
  await anna.page.reload();
  await unlock(anna);
  await household.stopServer();
  await waitForSync(anna, "Two pages wait until Samoset’s Twofold is open too.");
  await lock(anna);
  await leave(anna);
  await household.startServer();
});

test("the other, alone, finds nothing of it yet and writes too", async () => {
  await comeBack(sam);
  await writeEntry(sam, { words: typed.alone });
  await share(sam, anna);
  await waitForSync(sam, "One page waits until Annawyn’s Twofold is open too.");
  for (const words of [typed.entryTitle, typed.questionTitle])
    expect(await readsNothingOf(sam, words)).toBe(true);
});

test("once both are open it flows both ways by itself", async () => {
  await comeBack(anna);
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
  await go(sam, "Journal");
  await link(sam.page, typed.entryTitle).click();
  await sam.page.getByText(typed.entry).waitFor();
  await go(anna, "Journal");
  await anna.page.getByText(typed.alone).waitFor();
  await openQuestion(sam, typed.questionTitle);
  await draftAnswer(sam, typed.answer);
  await sendAnswer(sam, anna);
  await openQuestion(anna, typed.questionTitle);
  await button(anna.page, "Open now").click();
  await anna.page.getByText(typed.answer).waitFor();
});

test("they meet again over a server that has just been started again", async () => {
  await household.stopServer();
  await household.startServer();
  await sam.page.reload();
  await unlock(sam);
  await go(anna, "Journal");
  await writeEntry(anna, { title: "After the restart", words: "It still goes through." });
  await share(anna, sam);
  await go(sam, "Journal");
  await link(sam.page, "After the restart").waitFor({ timeout: 40_000 });
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
});

test("my room is not among what the partner has", async () => {
  for (const place of ["Journal", "Questions", "My room"] as const) {
    await go(sam, place);
    await heading(sam.page, place).waitFor();
    for (const words of [typed.roomTitle, typed.roomWords, typed.draft])
      expect(await readsNothingOf(sam, words)).toBe(true);
  }
});

/** Whatever is kept, printed or sent where no word of theirs belongs. */
const everythingOutside = async (): Promise<readonly Stored[]> => [
  ...(await readStorage(anna.page)),
  ...(await readStorage(sam.page)),
  asStored("what the server printed", household.printed()),
  asStored("Anna's signalling", anna.signalling()),
  asStored("Sam's signalling", sam.signalling()),
];

test("the search finds a word in each place and each dress, so that finding none means something", async () => {
  const planted = "a planted canary sings";
  const dresses = await plantEverywhere(anna.page, planted);
  const found = findCanaries([planted], await readStorage(anna.page));
  const missed = dresses.filter((dress) => !found.some(({ where }) => where.startsWith(dress)));
  expect(missed).toEqual([]);
  await takeUp(anna.page);
  expect(findCanaries([planted], await readStorage(anna.page))).toEqual([]);
});

test("no word that was typed is stored, printed or signalled anywhere in the clear", async () => {
  const words = anna.recoveryWords.join(" ");
  const outside = await everythingOutside();
  expect(findCanaries([...Object.values(typed), words], outside)).toEqual([]);
  // There was something to look through: both journals, both sides' signals, the server's own lines.
  expect(outside.filter(({ where }) => where.includes(".carried")).length).toBeGreaterThan(10);
  expect(anna.signalling()).toContain("subscribe");
  expect(sam.signalling()).toContain("publish");
  expect(household.printed()).toContain(household.origin);
});

test("a server for direct connections is asked only where somebody has set one, and only that", async () => {
  const serversOf = (person: Person): readonly unknown[] =>
    person.connections().map((made) => (JSON.parse(made) as RTCConfiguration).iceServers);
  const servers = [...serversOf(anna), ...serversOf(sam)];
  expect(servers.length).toBeGreaterThan(0);
  expect(servers.filter((each) => JSON.stringify(each) !== "[]")).toEqual([]);
  const own = "stun:127.0.0.1:9";
  const before = anna.connections().length;
  await go(anna, "Settings");
  await field(anna.page, "Server address").fill(own);
  await field(anna.page, "Server address").press("Enter");
  await button(anna.page, `Remove ${own}`).waitFor();
  await expect
    .poll(() => serversOf(anna).slice(before), { timeout: 30_000 })
    .toContainEqual([{ urls: own }]);
});

test("no host but this computer's own is ever contacted", async () => {
  const allowed = new Set([household.origin, household.meetingPoint]);
  for (const person of [anna, sam]) {
    expect(person.contacted()).toContain(household.meetingPoint);
    expect(person.contacted().filter((origin) => !allowed.has(origin))).toEqual([]);
    expect(person.crashes()).toEqual([]);
  }
  await household.end();
  const { names, lookups, packets } = readNetLog(readFileSync(netLog, "utf8"));
  expect(names).toContain(household.origin);
  const strangers = names.filter((name) => !/^https?:\/\/127\.0\.0\.1:/.test(name));
  expect(strangers.filter((name) => !isErrand.test(name))).toEqual([]);
  const errands = strangers.map((name) => new URL(name).hostname);
  expect(lookups.filter((name) => !errands.includes(name))).toEqual([]);
  expect(packets.length).toBeGreaterThan(0);
  expect(packets.filter((address) => !isThisComputer(address))).toEqual([]);
});

/** The browser's own, on its makers' account. What a page looks up for a direct connection has no scheme. */
const isErrand = /^https?:\/\/[a-z0-9.-]+\.(google|googleapis|gvt1)\.com$/;

const isThisComputer = (address: string): boolean => {
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const host = address.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return own.some((each) => each.address === host);
};
