import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  editor,
  field,
  go,
  heading,
  link,
  type Person,
  waitForSync,
} from "../support/person.ts";
import { pair, readsNothingOf, untilSaved } from "../support/together.ts";

let household: Household;
let anna: Person;
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
afterAll(() => household?.end());

const upToDate = async (): Promise<void> => {
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
};

const begin = async (person: Person, what: string): Promise<void> => {
  await go(person, "Letters");
  await button(person.page, /^(Write|Choose what to write)$/).click();
  await button(person.page, new RegExp(`^${what}`)).click();
};

const write = async (person: Person, words: string): Promise<void> => {
  await editor(person.page).waitFor();
  await editor(person.page).fill(words);
  await untilSaved(person);
};

const send = async ({ page }: Person, partner: Person): Promise<void> => {
  await button(page, `Send to ${partner.name}…`).click();
  await heading(page, `This is what ${partner.name} will see`).waitFor();
  await button(page, `Send to ${partner.name}`).click();
  await editor(page).waitFor({ state: "detached" });
};

test("something you should know arrives only in the times that its reader chose, and closed", async () => {
  await go(anna, "Settings");
  await anna.page.getByText("On chosen days, in chosen hours", { exact: true }).click();
  const hour = (from: number): string =>
    new Date(Date.now() + from * 3_600_000).toTimeString().slice(0, 5);
  await field(anna.page, "May arrive from").fill(hour(3));
  await field(anna.page, "May arrive until").fill(hour(4));
  // A field for a time has fields within it, so Tab does not leave it: Enter keeps what is typed.
  await anna.page.keyboard.press("Enter");
  await begin(sam, "Something you should know");
  await write(sam, "The number came up on my phone again.");
  await send(sam, anna);
  await upToDate();
  await go(anna, "Letters");
  await heading(anna.page, "Letters").first().waitFor();
  expect(await readsNothingOf(anna, "Something you should know, from")).toBe(true);
  await go(anna, "Settings");
  await anna.page.getByText("At any time", { exact: true }).click();
  await go(anna, "Letters");
  await link(anna.page, "Something you should know, from Sam").click();
  await anna.page.getByText("Closed. It waits as long as you like.").waitFor();
  expect(await readsNothingOf(anna, "The number came up")).toBe(true);
  await button(anna.page, "Keep for a session").click();
  await anna.page.getByText("Kept for a session.").waitFor();
  await button(anna.page, "Open now").click();
  await anna.page.getByText("The number came up on my phone again.").waitFor();
});

test("a letter of responsibility begins with a question to oneself, of which nothing is kept", async () => {
  await begin(sam, "A letter of responsibility");
  await heading(sam.page, "Before you write: are you sorry for you, or for them?").waitFor();
  await field(sam.page, /sorry for me/).fill("I think of the silence at home");
  await button(sam.page, "Go on to the letter").click();
  await write(sam, "I did it, and I chose it, but you were away.");
  await sam.page.getByText(/“But” often takes back/).waitFor();
  await write(sam, "I did it, and I chose it.");
  await send(sam, anna);
  await go(anna, "Letters");
  await link(anna.page, "A letter from Sam").click();
  await button(anna.page, "Open now").click();
  await anna.page.getByText("I did it, and I chose it.").waitFor();
  expect(await readsNothingOf(anna, "silence at home")).toBe(true);
});

test("a letter about what it did can ask for a pause: the reply is written at once and waits", async () => {
  await begin(anna, "A letter about what it did to me");
  await editor(anna.page).waitFor();
  await anna.page.getByText("Three days", { exact: true }).click();
  await write(anna, "When I found the receipt I sat on the stairs.");
  await send(anna, sam);
  await go(sam, "Letters");
  await link(sam.page, "A letter from Anna").click();
  await button(sam.page, "Open now").click();
  await sam.page.getByText("When I found the receipt I sat on the stairs.").waitFor();
  await button(sam.page, "Write a reply…").click();
  await write(sam, "I did not know about the stairs.");
  await sam.page.getByText(/^You can send this from /).waitFor();
  expect(await button(sam.page, "Send to Anna…").count()).toBe(0);
  await upToDate();
  await go(anna, "Letters");
  expect(await readsNothingOf(anna, "A reply from Sam")).toBe(true);
});

test("a disclosure is written in private after two notes, delivered once as a whole, and added to with a date", async () => {
  await begin(sam, "A disclosure");
  await heading(sam.page, "Before you begin: is it safe?").waitFor();
  await button(sam.page, "Go on").click();
  await sam.page.getByText(/Courts can order pages to be shown/).waitFor();
  expect(await button(sam.page, "Begin").isEnabled()).toBe(false);
  await sam.page.getByText("I have read this", { exact: true }).click();
  await button(sam.page, "Begin").click();
  await editor(sam.page).waitFor();
  await editor(sam.page).fill("I begin with what is hardest.");
  await button(sam.page, /Add: What happened/).click();
  await editor(sam.page).getByText("What happened").waitFor();
  await untilSaved(sam);
  await upToDate();
  await go(anna, "Letters");
  expect(await readsNothingOf(anna, "A disclosure from Sam")).toBe(true);

  await button(sam.page, "Deliver to Anna…").click();
  await button(sam.page, "Go on…").click();
  await heading(sam.page, "Deliver it now?").waitFor();
  await button(sam.page, "Deliver to Anna").click();
  await button(sam.page, "Write an addition…").waitFor();
  expect(await button(sam.page, "Change…").count()).toBe(0);

  await link(anna.page, "A disclosure from Sam").click();
  await anna.page.getByText(/It may be long and hard/).waitFor();
  await button(anna.page, "Open now").click();
  await anna.page.getByText("I begin with what is hardest.").waitFor();

  await button(sam.page, "Write an addition…").click();
  await write(sam, "There was one more evening, in May.");
  await send(sam, anna);
  await button(anna.page, "Open now").click();
  await anna.page.getByText("There was one more evening, in May.").waitFor();
  await begin(sam, "An addition to my disclosure");
});

test("nothing broke unseen on the way", () => {
  expect(anna.crashes()).toEqual([]);
  expect(sam.crashes()).toEqual([]);
});
