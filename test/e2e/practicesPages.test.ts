import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  chooseFirstPassphrase,
  editor,
  field,
  go,
  heading,
  link,
  lock,
  type Person,
  unlock,
} from "../support/person.ts";
import {
  bothUpToDate,
  goBeside,
  reads,
  readsNone,
  send,
  soon,
  twoMoveIn,
  writeHere,
} from "../support/practiceSteps.ts";
import { ask, share, untilSaved, writeEntry } from "../support/together.ts";

/** What takes more than a line: the why, plans for a hard moment, hard days, what only one reads; and stepping away. */

let household: Household;
let anna: Person;
let sam: Person;

beforeAll(async () => {
  household = await openHousehold();
  [anna, sam] = await twoMoveIn(household);
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

const both = (): readonly Person[] => [anna, sam];

const asked = "Why you came home and said nothing";
const led = "I wanted one place where nobody was disappointed in me.";
const excuse = "I could have said that I was lonely.";
const into = "I was there the whole time.";

const openWhy = async (person: Person): Promise<void> => {
  await goBeside(person, "Letters", "Why");
  await link(person.page, asked).click(soon);
  await heading(person.page, asked).waitFor();
};

/** What lies folded on the why page, and is opened by whoever it was written to. */
const openClosed = async (person: Person, words: string): Promise<void> => {
  await person.page.getByText("Closed. It waits as long as you like.").waitFor(soon);
  await readsNone(person, words);
  await button(person.page, "Open now").click();
  await reads(person, words);
};

test("a why page goes round: one asks, the other writes first, and then it is written into", async () => {
  await goBeside(anna, "Letters", "Why");
  await button(anna.page, "Ask for the why").click();
  await field(anna.page, "Title").fill(asked);
  await writeHere(anna, "I cannot put that evening together.");
  await send(anna, "Send to Sam…", "Send to Sam");
  await reads(anna, "Sam writes first, when Sam is ready.");
  expect(await button(anna.page, "Write into it…").count()).toBe(0);

  await openWhy(sam);
  await reads(sam, "I cannot put that evening together.");
  await button(sam.page, "Write what led there…").click();
  await editor(sam.page).waitFor();
  for (const [part, words] of [
    ["What led there", led],
    ["What does not excuse it", excuse],
  ] as const) {
    await sam.page.getByRole("button", { name: new RegExp(part) }).click();
    await editor(sam.page).press("Control+End");
    await sam.page.keyboard.type(words);
    await untilSaved(sam);
  }
  await send(sam, "Send to Anna…", "Send to Anna");
  await reads(sam, led);

  await openClosed(anna, led);
  for (const name of ["What led there", "What does not excuse it"])
    await heading(anna.page, name).waitFor();
  await reads(anna, excuse);
  await button(anna.page, "Write into it…").click();
  await writeHere(anna, into);
  await send(anna, "Send to Sam…", "Send to Sam");
  await openClosed(sam, into);
});

const moment = "a message comes that you would want to know of";
const then = "I will show it to you before I answer.";
const hard = "I lied about the time again, and said so at night.";
const helped = "A walk without talking";

test("a plan for a hard moment is its writer's, until it is shared", async () => {
  await goBeside(sam, "For me", "When … I will …");
  await button(sam.page, "Write a plan").click();
  await button(sam.page, `… ${moment}`).click();
  expect(await field(sam.page, "When").inputValue()).toBe(moment);
  await writeHere(sam, then);
  // What was asked before arrives; what stays does not.
  await ask(sam, anna, { title: "May I show you something", words: "It is about the messages." });
  await go(anna, "Questions");
  await link(anna.page, "May I show you something").waitFor(soon);
  await bothUpToDate(anna, sam);
  await goBeside(anna, "For me", "When … I will …");
  await button(anna.page, "Write a plan").waitFor();
  await readsNone(anna, then);
  await goBeside(sam, "For me", "When … I will …");
  await link(sam.page, then).click();
  await send(sam, "Share with Anna…", "Share with Anna");
  await link(anna.page, then).click(soon);
  await heading(anna.page, `When ${moment}`).waitFor();
});

test("a hard day is noted with what helped before, which the next one offers", async () => {
  await goBeside(sam, "For me", "Setbacks");
  await button(sam.page, "Note a hard day").click();
  await field(sam.page, "What helped before").fill(helped);
  await writeHere(sam, hard);
  await send(sam, "Share with Anna…", "Share with Anna");
  await reads(sam, `What helped before: ${helped}`);
  await goBeside(anna, "For me", "Setbacks");
  await link(anna.page, hard).click(soon);
  await reads(anna, `What helped before: ${helped}`);
  await reads(anna, "A hard day is not going backwards.");
  await goBeside(sam, "For me", "Setbacks");
  await button(sam.page, "Note a hard day").click();
  await button(sam.page, helped).click();
  expect(await field(sam.page, "What helped before").inputValue()).toBe(helped);
});

test("a page of Their side names who was hurt to whoever broke trust alone, and leads to something small", async () => {
  await goBeside(anna, "For me", "Their side");
  await link(anna.page, /^Staying with their pain/).click();
  await reads(anna, /Whoever was hurt has learnt that an ordinary evening can be a lie/);
  await goBeside(sam, "For me", "Their side");
  await link(sam.page, /^Staying with their pain/).click();
  await reads(sam, /^It comes back\. Weeks later/);
  await reads(sam, /Anna has learnt that an ordinary evening can be a lie/);
  await link(sam.page, "The next ten minutes").click();
  await button(sam.page, "Open Steady").click();
  await sam.page.getByRole("dialog").waitFor();
  await sam.page.keyboard.press("Escape");
  await sam.page.getByRole("dialog").waitFor({ state: "detached" });
});

const undecided = "I do not know whether I want this house.";
const roomPassphrase = "nobody opens this cupboard";

test("what one has not decided is written where only one reads, and never goes to the other", async () => {
  await goBeside(anna, "For me", "Undecided");
  await reads(anna, "You may stay undecided");
  expect(await editor(anna.page).count()).toBe(0);
  await link(anna.page, "Write about it in my room").click();
  await button(anna.page, "I have not made it yet").click();
  await chooseFirstPassphrase(anna.page, roomPassphrase);
  await button(anna.page, "Make my room").click();
  await editor(anna.page).waitFor({ timeout: 60_000 });
  expect(await field(anna.page, "Title").inputValue()).toBe("What I have not decided yet");
  await writeHere(anna, undecided);
  await button(anna.page, "Leave my room").click();
  await writeEntry(anna, { title: "The garden", words: "The beans are up." });
  await share(anna, sam);
  await go(sam, "Journal");
  await link(sam.page, "The garden").waitFor(soon);
  await bothUpToDate(anna, sam);
  for (const place of ["Journal", "Today", "My room"] as const) {
    await go(sam, place);
    await heading(sam.page, place).first().waitFor();
    await readsNone(sam, undecided, "What I have not decided yet");
  }
});

const meanwhile = { title: "The roof", words: "The roofer comes on Thursday." };

test("to whoever stepped away nothing new appears; once they are back it is all there", async () => {
  await go(anna, "Settings");
  await anna.page.getByText("Until I come back", { exact: true }).click();
  await button(anna.page, "Step away now").click();
  await reads(anna, "You have stepped away until you come back.");

  await writeEntry(sam, meanwhile);
  await share(sam, anna);
  await ask(sam, anna, { title: "Shall I cook", words: "Or would you like to?" });
  await go(sam, "Today");
  await button(sam.page, "Ask Anna for one thing…").click();
  await sam.page.getByText("Call me", { exact: true }).click();
  await button(sam.page, "Tell Anna").click();
  await button(sam.page, "Close").click();
  // It is all with her; and his side cannot tell that she is away.
  await bothUpToDate(anna, sam);
  await readsNone(sam, "stepped away");

  const stillAway = async (): Promise<void> => {
    for (const place of ["Today", "Journal", "Questions"] as const) {
      await go(anna, place);
      await heading(anna.page, place).first().waitFor();
      await anna.page.getByText("You have stepped away until you come back.").waitFor();
      await readsNone(anna, meanwhile.title, meanwhile.words, "Shall I cook", "Call me");
    }
  };
  await stillAway();
  await anna.page.reload();
  await unlock(anna);
  await bothUpToDate(anna);
  await stillAway();

  await button(anna.page, "I’m back").click();
  await go(anna, "Today");
  await reads(anna, "Call me");
  await go(anna, "Questions");
  await link(anna.page, "Shall I cook").waitFor(soon);
  await go(anna, "Journal");
  await link(anna.page, meanwhile.title).click();
  await reads(anna, meanwhile.words);
});

test("all of it is there after a lock and a new start, and of my room its writer's alone", async () => {
  const stands = async (): Promise<void> => {
    for (const person of both()) {
      await openWhy(person);
      for (const words of [led, excuse, into]) await reads(person, words);
      await goBeside(person, "For me", "When … I will …");
      await reads(person, then);
      await goBeside(person, "For me", "Setbacks");
      await reads(person, hard);
      await go(person, "Journal");
      await link(person.page, meanwhile.title).waitFor();
    }
  };
  for (const person of both()) {
    await lock(person);
    await unlock(person);
  }
  await stands();
  for (const person of both()) {
    await person.page.reload();
    await unlock(person);
  }
  await stands();
  await bothUpToDate(anna, sam);
  await go(anna, "My room");
  await readsNone(anna, undecided);
  await field(anna.page, "Passphrase of my room").fill(roomPassphrase);
  await button(anna.page, "Open my room").click();
  await link(anna.page, "What I have not decided yet").click({ timeout: 60_000 });
  await reads(anna, undecided);
  for (const person of both()) expect(person.crashes()).toEqual([]);
});
