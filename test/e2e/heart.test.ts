import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  editor,
  field,
  go,
  heading,
  leave,
  link,
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
  untilSaved,
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
  await pair(anna, sam);
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

const upToDate = async (): Promise<void> => {
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
};

/** Writes in the editor that is on the screen, in place of what stood there. */
const rewrite = async (person: Person, words: string): Promise<void> => {
  await editor(person.page).waitFor();
  await editor(person.page).fill(words);
  await untilSaved(person);
};

const march = "Why that night in March";
const office = "You wrote that you were at the office.";

test("a question is parked where nobody else can see it, and asked later", async () => {
  await go(anna, "Questions");
  await button(anna.page, "Ask a first question").click();
  await editor(anna.page).waitFor();
  await field(anna.page, "In a few words").fill("Is there more");
  await rewrite(anna, "I am afraid that there is more.");
  await go(anna, "Questions");
  await field(anna.page, "Park a question").fill("What did you throw away");
  await anna.page.keyboard.press("Enter");
  await link(anna.page, "What did you throw away").waitFor();
  await upToDate();
  await go(sam, "Questions");
  await heading(sam.page, "Questions").first().waitFor();
  for (const words of ["Is there more", "What did you throw away"])
    expect(await readsNothingOf(sam, words)).toBe(true);
});

test("a hint about “you always” says its piece, holds nothing back and can be turned off", async () => {
  await link(anna.page, "What did you throw away").click();
  await rewrite(anna, "You always tidy up before I come home.");
  await anna.page.getByText(/“You always” can be hard to answer/).waitFor();
  expect(await button(anna.page, "Ask…").isEnabled()).toBe(true);
  await button(anna.page, "Turn hints off").click();
  await anna.page.getByText("Hints are off.").waitFor();
  await go(anna, "Settings");
  const hints = anna.page.getByRole("switch", { name: "Gentle hints while writing" });
  expect(await hints.isChecked()).toBe(false);
  await hints.press("Space");
  await expect.poll(() => hints.isChecked()).toBe(true);
  await go(anna, "Questions");
});

test("a question that rests cannot go out before, unless it is taken up again", async () => {
  await link(anna.page, "What did you throw away").click();
  await button(anna.page, "Let it rest…").click();
  await anna.page.getByText(/^(Tomorrow|In the) morning/).click();
  await anna.page.getByRole("dialog").getByRole("button", { name: "Let it rest" }).click();
  await anna.page.getByText(/^Rests until /).waitFor();
  expect(await button(anna.page, "Ask…").count()).toBe(0);
  await anna.page.reload();
  await unlock(anna);
  await go(anna, "Questions");
  await link(anna.page, "What did you throw away").click();
  await anna.page.getByText(/^Rests until /).waitFor();
  await button(anna.page, "Take it up again now").click();
  await button(anna.page, "Ask…").waitFor();
});

test("a question goes with the day by which an answer would help, and nothing is said when it passes", async () => {
  await ask(anna, sam, { title: march, words: office, need: "The why" });
  await openQuestion(sam, march);
  await sam.page.getByText(office).waitFor();
  await go(anna, "Questions");
  await link(anna.page, "Is there more").click();
  await button(anna.page, "Say by when it would help").click();
  const soon = new Date(Date.now() + 3 * 86_400_000);
  await field(anna.page, "By when it would help").fill(soon.toLocaleDateString("en-CA"));
  await button(anna.page, "Ask…").click();
  await button(anna.page, "Ask Sam").click();
  await anna.page.getByText(/^Would help by /).waitFor();
  await openQuestion(sam, "Is there more");
  await sam.page.getByText(/^Would help by /).waitFor();
});

test("“I’ll answer by …” is said, and changed in the open", async () => {
  await openQuestion(sam, march);
  await button(sam.page, "Say by when").click();
  await button(sam.page, "Say it").click();
  await sam.page.getByText("You said: by tomorrow.").waitFor();
  await openQuestion(anna, march);
  await anna.page.getByText("Sam said: by tomorrow.").waitFor();
  await button(sam.page, "Say another day").click();
  await sam.page.getByText(/^In three days/).click();
  await button(sam.page, "Say it").click();
  await anna.page.getByText(/^Sam said: by .+ \(before: by tomorrow\)\.$/).waitFor();
});

test("an answer is written with what is hardest to say, may rest, and is seen before it goes", async () => {
  await draftAnswer(sam, "I told myself it was a small lie.");
  await button(sam.page, /The part I find hardest to say/).click();
  await editor(sam.page).getByText("The part I find hardest to say").waitFor();
  await button(sam.page, "Let it rest…").click();
  await sam.page.getByRole("dialog").getByRole("button", { name: "Let it rest" }).click();
  await sam.page.getByText(/^Rests until /).waitFor();
  expect(await button(sam.page, "Send to Anna…").count()).toBe(0);
  await button(sam.page, "Take it up again now").click();
  await sendAnswer(sam, anna);
});

test("what is closed can be put off: not today, or for a session, and the other learns of nothing", async () => {
  await anna.page.getByText("Closed. It waits as long as you like.").waitFor();
  await upToDate();
  await button(anna.page, "Not today").click();
  await anna.page.getByText("Another day. It waits.").waitFor();
  await anna.page.reload();
  await unlock(anna);
  await openQuestion(anna, march);
  await anna.page.getByText("Another day. It waits.").waitFor();
  expect(await readsNothingOf(anna, "small lie")).toBe(true);
  await upToDate();
  expect(await readsNothingOf(sam, "Another day")).toBe(true);
  await button(anna.page, "Open it after all").click();
  await anna.page.getByText("I told myself it was a small lie.").waitFor();
});

test("“What I heard” goes back, and whose words it was says not quite, then yes", async () => {
  await button(anna.page, "What I heard…").click();
  await rewrite(anna, "You say that it was a lie, and that you knew.");
  await button(anna.page, "Send to Sam…").click();
  await button(anna.page, "Send to Sam").click();
  await openQuestion(sam, march);
  await button(sam.page, /^What Anna heard/).click();
  await sam.page.getByText("You say that it was a lie, and that you knew.").waitFor();
  await button(sam.page, "Not quite").click();
  await anna.page.getByText("Sam said: not quite. You can try again.").waitFor();
  await button(sam.page, "Yes, that’s it").click();
  await anna.page.getByText("Sam said: yes.").waitFor();
});

test("a changed answer says so, and how it read before stays readable to both", async () => {
  await openQuestion(sam, march);
  await button(sam.page, "Change…").click();
  await rewrite(sam, "It was not a small lie.");
  await button(sam.page, "Save the change…").click();
  await button(sam.page, "Save the change").click();
  for (const person of [sam, anna]) {
    await openQuestion(person, march);
    await person.page.getByText("It was not a small lie.").waitFor();
    await button(person.page, "changed today").click();
    const before = person.page.getByRole("dialog", { name: "How it read before" });
    await before.getByText("I told myself it was a small lie.").waitFor();
    await button(person.page, "Close").click();
  }
});

test("a question that was changed after its answer says so at the answer", async () => {
  await openQuestion(anna, march);
  await button(anna.page, "Change…").first().click();
  await rewrite(anna, "You wrote that you were at the office. Where were you?");
  await button(anna.page, "Save the change…").click();
  await button(anna.page, "Save the change").click();
  for (const person of [anna, sam]) {
    await openQuestion(person, march);
    await person.page.getByText("The question was changed after this answer.").waitFor();
  }
});

test("withdrawn words are gone on both sides, and leave a dated trace", async () => {
  await openQuestion(sam, march);
  const own = sam.page.getByRole("article", { name: /^You answered/ });
  await own.getByRole("button", { name: "Withdraw…" }).click();
  await button(sam.page, "Withdraw them").click();
  for (const person of [sam, anna]) {
    await openQuestion(person, march);
    await person.page.getByText(/^Withdrawn today\./).waitFor();
    expect(await readsNothingOf(person, "small lie")).toBe(true);
  }
  await upToDate();
  for (const person of [sam, anna]) {
    await person.page.reload();
    await unlock(person);
    await openQuestion(person, march);
    await person.page.getByText(/^Withdrawn today\./).waitFor();
    expect(await readsNothingOf(person, "small lie")).toBe(true);
  }
});

test("an answer that meets a withdrawn question on the way still arrives in its place", async () => {
  await leave(anna);
  await openQuestion(sam, "Is there more");
  await draftAnswer(sam, "There is nothing more.");
  await sendAnswer(sam, anna);
  await leave(sam);
  await anna.openWindow();
  await unlock(anna);
  await openQuestion(anna, "Is there more");
  await button(anna.page, "Withdraw…").click();
  await button(anna.page, "Withdraw them").click();
  await anna.page.getByText(/^Withdrawn today\./).waitFor();
  await sam.openWindow();
  await unlock(sam);
  await button(anna.page, "Open now").click();
  await anna.page.getByText("There is nothing more.").waitFor();
});

test("a word is found in a question and in its answer", async () => {
  await go(anna, "Questions");
  await field(anna.page, /^Find in questions/).fill("nothing mo");
  await link(anna.page, /Found in an answer/).waitFor();
  await field(anna.page, /^Find in questions/).fill("zebra");
  await anna.page.getByText(/^Nothing found\./).waitFor();
  await button(anna.page, "Clear").click();
});

test("in quiet hours nothing new appears, and it is there as soon as one looks", async () => {
  await go(sam, "Settings");
  await sam.page.getByRole("switch", { name: "Quiet hours" }).press("Space");
  const hour = (from: number): string =>
    new Date(Date.now() + from * 3_600_000).toTimeString().slice(0, 5);
  await field(sam.page, "Quiet from").fill(hour(-2));
  await field(sam.page, "Quiet until").fill(hour(3));
  await sam.page.keyboard.press("Tab");
  await go(sam, "Questions");
  await sam.page.getByText(/^Quiet until /).waitFor();
  await ask(anna, sam, { title: "Late at night", words: "Are you awake?" });
  await upToDate();
  expect(await readsNothingOf(sam, "Late at night")).toBe(true);
  await button(sam.page, "Look anyway").click();
  await link(sam.page, "Late at night").waitFor();
  expect(await readsNothingOf(sam, march)).toBe(false);
  await go(sam, "Settings");
  await sam.page.getByRole("switch", { name: "Quiet hours" }).press("Space");
});

test("one question at a time: the next comes when the first is taken up", async () => {
  await go(sam, "Settings");
  await sam.page.getByText("One", { exact: true }).click();
  await ask(anna, sam, { title: "First of two", words: "What is the first?" });
  await ask(anna, sam, { title: "Second of two", words: "What is the second?" });
  await upToDate();
  await go(sam, "Questions");
  await sam.page.getByText("More wait behind these.").waitFor();
  expect(await readsNothingOf(sam, "Second of two")).toBe(true);
  await button(sam.page, "Let them in").click();
  await link(sam.page, "Second of two").waitFor();
});

test("“Enough for today” closes the place until it is opened again, also after a restart", async () => {
  await openQuestion(anna, march);
  await button(anna.page, "Stop here for today").click();
  await heading(anna.page, "Enough for today").waitFor();
  await anna.page.reload();
  await unlock(anna);
  await go(anna, "Questions");
  await heading(anna.page, "Enough for today").waitFor();
  expect(await readsNothingOf(anna, march)).toBe(true);
  await button(anna.page, "Open it again").click();
  await link(anna.page, march).waitFor();
});

test("nothing broke unseen on the way", () => {
  expect(anna.crashes()).toEqual([]);
  expect(sam.crashes()).toEqual([]);
});
