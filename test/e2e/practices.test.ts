import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  comeBack,
  field,
  go,
  leave,
  link,
  lock,
  type Person,
  unlock,
} from "../support/person.ts";
import {
  bothUpToDate,
  goBeside,
  reads,
  readsNoMore,
  readsNone,
  send,
  soon,
  twoMoveIn,
  writeHere,
} from "../support/practiceSteps.ts";

/** What the two say in a line or a press: how it is today, one need, a thank-you, a day with each other, a night off. */

let household: Household;
let anna: Person;
let sam: Person;

beforeAll(async () => {
  household = await openHousehold();
  [anna, sam] = await twoMoveIn(household);
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

const askFor = async (person: Person, need: string, line: string): Promise<void> => {
  const { page } = person;
  await go(person, "Today");
  await button(page, "Ask Sam for one thing…").click();
  const sheet = page.getByRole("dialog", { name: "Ask Sam for one thing" });
  await sheet.getByText(need, { exact: true }).click();
  await field(page, "A line with it, if you like").fill(line);
  await button(page, "Tell Sam").click();
  await sheet.getByText("It is on its way to Sam.").waitFor();
  await button(page, "Close").click();
};

const need = "An hour to myself";
const thanks = "the bread you brought";

test("a check-in that is kept is on nobody else's Today; once it is shared, it is", async () => {
  const { page } = anna;
  await go(anna, "Today");
  await button(page, "Check in").click();
  await button(page, "tired").click();
  await field(page, "What you need").fill(need);
  await field(page, "Thank you for …").fill(thanks);
  await writeHere(anna, "I slept, and then I did not.");
  await button(page, "Keep it here").click();
  await reads(anna, "Your check-in · only here");

  // What she says after it arrives; so the check-in had its time to.
  await askFor(anna, "Quiet, please", "Only this evening");
  await go(sam, "Today");
  await reads(sam, "Only this evening");
  await bothUpToDate(anna, sam);
  await readsNone(sam, need, thanks, "I slept", "How Anna is today");

  await link(page, "Your check-in · only here").click();
  await send(anna, "Share with Sam…", "Share with Sam");
  await reads(anna, "Your check-in · shared with Sam");
  await reads(sam, "How Anna is today");
  for (const words of ["tired", need, thanks, "I slept, and then I did not."])
    await reads(sam, words);
});

test("one need is answered with words that lay ready, and is gone from both once it is taken down", async () => {
  await go(sam, "Journal");
  await sam.page.getByText("Anna asks: “Quiet, please”").waitFor();
  await go(sam, "Today");
  await button(sam.page, "Words to answer with…").click();
  await button(sam.page, "No questions now.").click();
  // Laid into the field, and not said yet.
  expect(await field(sam.page, "What you say").inputValue()).toBe("No questions now.");
  await bothUpToDate(anna, sam);
  await readsNone(anna, "No questions now.");
  await button(sam.page, "Say it to Anna").click();
  await reads(sam, "You said: “No questions now.”");
  await reads(anna, "Sam says: “No questions now.”");
  await go(anna, "Journal");
  await anna.page.getByText("Sam says: “No questions now.”").waitFor();
  await go(anna, "Today");
  await button(anna.page, "Take it down").click();
  for (const person of [anna, sam]) await readsNoMore(person, "Quiet, please");
  await readsNone(sam, "Only this evening", "No questions now.");
});

test("a thank-you is read by whoever takes part, and by nobody who does not", async () => {
  const line = "Thank you for the bread";
  await go(anna, "Us");
  await anna.page.getByRole("switch", { name: "I take part" }).press("Space");
  await button(anna.page, "Thank you for").click();
  await field(anna.page, "A thank-you, in one line").pressSequentially("the bread");
  await button(anna.page, "Say it to Sam").click();
  await reads(anna, line);
  await bothUpToDate(anna, sam);
  await go(sam, "Us");
  const partTaken = sam.page.getByRole("switch", { name: "I take part" });
  await partTaken.waitFor({ state: "attached" });
  await readsNone(sam, line);
  await partTaken.press("Space");
  await reads(sam, line);
  await button(anna.page, "Take it back").click();
  for (const person of [anna, sam]) await readsNoMore(person, line);
});

const sundays = "Sundays by the canal";

test("what they want to do together stands with two yeses", async () => {
  await goBeside(anna, "Us", "Things to do together");
  await button(anna.page, "Propose something").click();
  await field(anna.page, "Title").fill(sundays);
  await writeHere(anna, "A walk, and no telephones.");
  await anna.page.getByText("Every week", { exact: true }).click();
  await send(anna, "Propose it…", "Propose to Sam");
  await reads(anna, "Proposed. It stands once Sam says yes.");

  await goBeside(sam, "Us", "Things to do together");
  await link(sam.page, sundays).click(soon);
  await reads(sam, "A walk, and no telephones.");
  await button(sam.page, "Yes, with you").click();
  for (const person of [anna, sam]) await reads(person, "You both want this.");
});

test("a yes that crosses the other's “take it back” on the way does not bring it back", async () => {
  const lake = "A night at the lake";
  await goBeside(sam, "Us", "Things to do together");
  await button(sam.page, "Propose something").click();
  await field(sam.page, "Title").fill(lake);
  await writeHere(sam, "I would ask my sister about the children.");
  await send(sam, "Propose it…", "Propose to Anna");
  await goBeside(anna, "Us", "Things to do together");
  await link(anna.page, lake).click(soon);
  await reads(anna, "Sam would like this with you.");
  await bothUpToDate(anna, sam);

  await leave(anna);
  await button(sam.page, "Take it back").click();
  await reads(sam, "You ended it.");
  await leave(sam);

  await comeBack(anna);
  await goBeside(anna, "Us", "Things to do together");
  await link(anna.page, lake).click();
  await button(anna.page, "Yes, with you").click();
  await reads(anna, "You both want this.");

  await comeBack(sam);
  await goBeside(sam, "Us", "Things to do together");
  await button(sam.page, "What is over").click();
  await link(sam.page, lake).click();
  await reads(anna, "Sam ended it.");
  await bothUpToDate(anna, sam);
  await reads(sam, "You ended it.");
  for (const { page } of [anna, sam]) {
    expect(await page.getByText("You both want this.").count()).toBe(0);
    expect(await button(page, "Yes, with you").count()).toBe(0);
  }
});

test("“not tonight” is said for both, and whoever said it can take it back", async () => {
  await go(anna, "Us");
  await field(anna.page, "A line, if you want").fill("I am too tired to be fair");
  await button(anna.page, "Say “not tonight”").click();
  await reads(anna, /^You said “not tonight”/);
  await go(sam, "Questions");
  const notice = sam.page.getByText(/^Anna said “not tonight”\. Nothing hard until /);
  await notice.waitFor(soon);
  await go(sam, "Us");
  await reads(sam, "I am too tired to be fair");
  // It is said for both: there is nothing left for him to say, and nothing of hers to take back.
  for (const each of ["Say “not tonight”", "Take it back"])
    expect(await button(sam.page, each).count()).toBe(0);
  await button(anna.page, "Take it back").click();
  for (const { page } of [anna, sam]) await button(page, "Say “not tonight”").waitFor(soon);
  await go(sam, "Questions");
  await button(sam.page, /^Ask a (first )?question$/).waitFor();
  expect(await notice.count()).toBe(0);
});

test("locked and unlocked, and started again, both read what they had", async () => {
  const stands = async (): Promise<void> => {
    for (const person of [anna, sam]) {
      await go(person, "Today");
      await reads(person, need);
      await reads(person, thanks);
      await goBeside(person, "Us", "Things to do together");
      await link(person.page, sundays).click();
      await reads(person, "You both want this.");
      await reads(person, "A walk, and no telephones.");
    }
    await bothUpToDate(anna, sam);
  };
  for (const person of [anna, sam]) {
    await lock(person);
    await unlock(person);
  }
  await stands();
  for (const person of [anna, sam]) {
    await person.page.reload();
    await unlock(person);
  }
  await stands();
  for (const person of [anna, sam]) expect(person.crashes()).toEqual([]);
});
