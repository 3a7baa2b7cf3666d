import { afterAll, afterEach, beforeAll, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  comeBack,
  editor,
  field,
  go,
  heading,
  leave,
  link,
  type Person,
  waitForSync,
} from "../support/person.ts";
import { pair, untilSaved } from "../support/together.ts";

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

const standing = ({ page }: Person, words: string | RegExp) =>
  page.locator(".agreement-standing").filter({ hasText: words }).waitFor({ timeout: 40_000 });

const openAgreement = async (person: Person, title: string): Promise<void> => {
  await go(person, "Agreements");
  await link(person.page, new RegExp(title)).click({ timeout: 40_000 });
  await heading(person.page, title).waitFor();
};

const money = "Money on Mondays";

test("what one proposes counts once the other has said yes, and both read until when", async () => {
  await go(anna, "Agreements");
  await button(anna.page, "Propose something").click();
  await editor(anna.page).waitFor();
  await field(anna.page, "Title").fill(money);
  await editor(anna.page).fill("We look at the account together on Mondays.");
  await untilSaved(anna);
  await button(anna.page, "Propose…").click();
  await button(anna.page, "Propose to Sam").click();
  await standing(anna, "Proposed. It counts once Sam says yes.");

  await openAgreement(sam, money);
  await sam.page.getByText("We look at the account together on Mondays.").waitFor();
  await button(sam.page, "Yes, I agree").click();
  await standing(sam, /^Agreed, until /);
  await standing(anna, /^Agreed, until /);
});

test("one ends it alone, offline; the other reads it when they come back, and it can be proposed again", async () => {
  await waitForSync(sam, "Both up to date since today.");
  await leave(anna);
  await button(sam.page, "End it").click();
  await standing(sam, "You ended it · today");
  await leave(sam);

  await comeBack(anna);
  await openAgreement(anna, money);
  await standing(anna, /^Agreed, until /);
  await comeBack(sam);
  await standing(anna, "Sam ended it · today");
  await button(anna.page, "Propose it again").click();
  await heading(anna.page, "A new wording").waitFor();
  await editor(anna.page).getByText("We look at the account together on Mondays.").waitFor();
});
