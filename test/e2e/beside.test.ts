import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  comeBack,
  field,
  go,
  heading,
  leave,
  link,
  type Person,
  waitForSync,
  wordsOnScreen,
} from "../support/person.ts";
import { agree, pair, sendAtOnce, share, writeEntry } from "../support/together.ts";

/** Anna uses a second computer beside her first; Sam has one. */

let household: Household;
let anna: Person;
let desk: Person;
let sam: Person;

beforeAll(async () => {
  household = await openHousehold();
  [anna, sam] = await Promise.all([
    household.moveIn({ name: "Anna", passphrase: "a kettle under the moon", role: "I was hurt" }),
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
  await person.page.locator(".line").getByText(words).waitFor({ timeout: 60_000 });
};
const entryOf = async (person: Person, title: string, words: string, partner: Person) => {
  await writeEntry(person, { title, words });
  await share(person, partner);
};
const upToDate = "Both up to date since today.";

test("a second computer joins by the four words, and everything shared is on it", async () => {
  await entryOf(anna, "The canal", "The ice held, and I was not afraid of it.", sam);
  await entryOf(sam, "The kitchen", "I have put the list where you can see it.", anna);
  await reads(anna, "I have put the list");
  for (const person of [anna, sam]) await waitForSync(person, upToDate);

  desk = await household.moveIn({
    name: "Anna?",
    passphrase: "a desk by the window",
    role: "both",
  });
  await go(anna, "Settings");
  await link(anna.page, "Add a computer of yours").click();
  await button(anna.page, "Go on").click();
  await field(anna.page, "The passphrase of this journal").fill("a kettle under the moon");
  await button(anna.page, "Go on").click();
  await button(anna.page, "Make an invitation").click();
  await heading(anna.page, "Your invitation").waitFor();
  const invitation = await field(anna.page, "Invitation link").inputValue();

  await desk.page.goto(`${desk.origin}/#/pair`);
  await link(desk.page, "I have this journal on another computer").click();
  await button(desk.page, "Go on").click();
  await field(desk.page, "Invitation link").fill(invitation);
  await button(desk.page, "Look at it").click();
  await button(desk.page, "Meet my other computer").click();
  const [here, there] = await Promise.all([wordsOnScreen(anna), wordsOnScreen(desk)]);
  expect(there).toBe(here);
  await agree(anna, desk);
  await heading(anna.page, "Your other computer has joined").waitFor();
  await heading(desk.page, "This computer has joined your journal").waitFor();
  for (const { page } of [anna, desk]) await link(page, "Go to the journal").click();
  await reads(desk, "The ice held");
  await reads(desk, "I have put the list");
});

test("the partner's app says that there is another computer, and words go between all three", async () => {
  await sam.page
    .getByText("Anna uses Twofold on another computer too.")
    .first()
    .waitFor({ timeout: 60_000 });
  await sendAtOnce(desk);
  await entryOf(desk, "The window", "From here one sees the harbour.", sam);
  await reads(sam, "From here one sees the harbour.");
  await reads(anna, "From here one sees the harbour.");
  await entryOf(sam, "The letter box", "I emptied it before you asked.", anna);
  await reads(desk, "I emptied it before you asked.");
  await reads(anna, "I emptied it before you asked.");
});

test("with the first computer closed the second goes on, and the first catches up when it is back", async () => {
  await leave(anna);
  await entryOf(desk, "Tuesday", "We spoke for an hour.", sam);
  await reads(sam, "We spoke for an hour.");
  await entryOf(sam, "Wednesday", "I did not look at my phone.", anna);
  await reads(desk, "I did not look at my phone.");
  await comeBack(anna);
  await reads(anna, "We spoke for an hour.");
  await reads(anna, "I did not look at my phone.");
  for (const person of [anna, desk, sam]) {
    await waitForSync(person, upToDate);
    expect(person.crashes()).toEqual([]);
  }
});
