import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  go,
  heading,
  link,
  lock,
  type Person,
  unlock,
  waitForSync,
  wordsOnScreen,
} from "../support/person.ts";
import {
  agree,
  ask,
  draftAnswer,
  meet,
  openQuestion,
  readsNothingOf,
  sendAnswer,
  sendAtOnce,
  share,
  writeEntry,
} from "../support/together.ts";

let household: Household;
let anna: Person;
let sam: Person;

beforeAll(async () => {
  household = await openHousehold();
  [anna, sam] = await Promise.all([
    household.moveIn({ name: "Anna", passphrase: "a kettle under the moon", role: "I was hurt" }),
    household.moveIn({ name: "Sam", passphrase: "eleven quiet lanterns", role: "I broke trust" }),
  ]);
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

const everywhere = ["Journal", "Questions", "Settings"] as const;

/** Whether these words stand on no screen that the person has. */
const findsNowhere = async (person: Person, words: string): Promise<boolean> => {
  for (const place of everywhere) {
    await go(person, place);
    await heading(person.page, place).waitFor();
    if (!(await readsNothingOf(person, words))) return false;
  }
  return true;
};

test("two people pair by a link and four words", async () => {
  await meet(anna, sam);
  const words = await wordsOnScreen(anna);
  expect(words.split(" ")).toHaveLength(4);
  await agree(anna);
  await anna.page.getByText("You have said that they are the same.").waitFor();
  await agree(sam);
  for (const person of [anna, sam]) {
    await heading(person.page, "You are two now").waitFor();
    await link(person.page, "Go to the journal").click();
  }
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
  await Promise.all([anna, sam].map(sendAtOnce));
});

test("the role that one chose is nowhere in what the other sees", async () => {
  await go(sam, "Settings");
  expect(await sam.page.getByRole("radio", { name: "I broke trust" }).isChecked()).toBe(true);
  for (const place of ["Journal", "Questions"] as const) {
    await go(anna, place);
    await heading(anna.page, place).waitFor();
    expect(await readsNothingOf(anna, "broke trust")).toBe(true);
  }
});

test("an entry is its writer's alone while other things are shared", async () => {
  await writeEntry(anna, { title: "The kitchen", words: "I slept four hours." });
  await writeEntry(anna, { title: "The garden", words: "The beans came up today." });
  await share(anna, sam);
  await go(sam, "Journal");
  await link(sam.page, "The garden").waitFor();
  await waitForSync(anna, "Both up to date since today.");
  expect(await findsNowhere(sam, "The kitchen")).toBe(true);
  expect(await findsNowhere(sam, "I slept four hours")).toBe(true);
});

test("what is shared was seen before in a preview, and is read by the partner", async () => {
  await go(anna, "Journal");
  await link(anna.page, "The kitchen").click();
  await button(anna.page, "Share…").click();
  const preview = anna.page.getByRole("dialog", { name: "This is what Sam will see" });
  await preview.getByText("I slept four hours.").waitFor();
  await preview.getByText("Sam can copy or photograph what you share.").waitFor();
  await button(anna.page, "Share with Sam").click();
  await go(sam, "Journal");
  await link(sam.page, "The kitchen").click();
  await sam.page.getByText("I slept four hours.").waitFor();
  await sam.page.getByText("Anna wrote · today").waitFor();
});

const question = "Why that night in March";

test("a question arrives with its need and the depth that was wanted", async () => {
  await ask(anna, sam, {
    title: question,
    words: "You wrote that you were at the office.",
    need: "The why",
    depth: "The facts, plainly",
  });
  await openQuestion(sam, question);
  await sam.page.getByText("You wrote that you were at the office.").waitFor();
  await sam.page.getByText("Needs: the why").waitFor();
  await sam.page.getByText("Depth: the facts, plainly").waitFor();
  await sam.page.getByText("You don’t owe an answer tonight; say when.").waitFor();
});

const firstAnswer = "I told myself it was a small lie.";

test("an answer is begun, put down through a lock and a reload, and taken up again", async () => {
  await draftAnswer(sam, firstAnswer);
  await lock(sam);
  await sam.page.reload();
  await unlock(sam);
  await go(sam, "Questions");
  await sam.page.getByText("Your answer is begun").waitFor();
  expect(await findsNowhere(anna, "small lie")).toBe(true);
  await openQuestion(sam, question);
  await sam.page.getByText(firstAnswer).waitFor();
  await sendAnswer(sam, anna);
});

test("an answer arrives closed: its words are nowhere on the screen before it is opened", async () => {
  await openQuestion(anna, question);
  await anna.page.getByText("Closed. It waits as long as you like.").waitFor();
  expect(await findsNowhere(anna, "small lie")).toBe(true);
  await openQuestion(anna, question);
  await button(anna.page, "Open now").click();
  await anna.page.getByText(firstAnswer).waitFor();
});

test("the same is asked again, and a fresh answer stands beside the earlier one", async () => {
  await button(anna.page, "Ask again").click();
  await anna.page
    .getByRole("alertdialog", { name: "Ask this again?" })
    .getByRole("button", { name: "Ask again" })
    .click();
  await anna.page.getByText("asked again today").waitFor();
  await openQuestion(sam, question);
  await sam.page.getByText("asked again today").waitFor();
  await draftAnswer(sam, "I know it still hurts. It was not small.");
  await sendAnswer(sam, anna);
  await button(anna.page, "Open now").click();
  await anna.page.getByText("It was not small.").waitFor();
  // What she was reading stays open beside it; when she comes back it lies folded above the newest.
  await openQuestion(anna, question);
  await anna.page.getByRole("button", { name: "Answer of today" }).click();
  await anna.page.getByText(firstAnswer).waitFor();
});

test("both are told that they are up to date, after a reload too", async () => {
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
  await sam.page.reload();
  await unlock(sam);
  await link(sam.page, "The kitchen").waitFor();
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
});

test("nothing broke unseen on the way", () => {
  expect(anna.crashes()).toEqual([]);
  expect(sam.crashes()).toEqual([]);
});
