import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import { button, field, go, link, lock, type Person, unlock } from "../support/person.ts";
import {
  bothUpToDate,
  comeBackLater,
  goBeside,
  reads,
  readsNoMore,
  readsNone,
  send,
  soon,
  twoMoveIn,
  writeHere,
} from "../support/practiceSteps.ts";
import { ask } from "../support/together.ts";

/** What takes the two of them: a time to talk, plans that are said, cards that both lay; and what a later day leaves of it. */

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

const weekend = "That weekend in May";
const kept = "I was afraid, and I stayed.";
const shared = "What I heard about May is enough for now.";

const openTalk = async (person: Person): Promise<void> => {
  await goBeside(person, "Agreements", "Hard-talk times");
  await link(person.page, /When you both have time/).click(soon);
};

test("a time to talk stands with two yeses, and what it is about goes with it", async () => {
  await ask(anna, sam, { title: weekend, words: "Where were you that Saturday?" });
  await goBeside(anna, "Agreements", "Hard-talk times");
  await button(anna.page, "Propose a time").click();
  await writeHere(anna, "I would like to hear it in one piece.");
  await anna.page.getByRole("switch", { name: `You asked: ${weekend}` }).press("Space");
  await send(anna, "Propose…", "Propose to Sam");
  await reads(anna, "Proposed. It stands once Sam says yes.");

  await openTalk(sam);
  await reads(sam, "I would like to hear it in one piece.");
  await reads(sam, weekend);
  await reads(sam, "Proposed. You can say yes, or not this time.");
  // One yes begins nothing.
  for (const { page } of both()) expect(await button(page, "Begin now").count()).toBe(0);
  await button(sam.page, "Yes, then").click();
  for (const person of both()) await reads(person, "You have both said yes.");
});

test("it runs on both screens, rests for a pause that says when it ends, and goes on", async () => {
  await button(anna.page, "Begin now").click(soon);
  for (const { page } of both())
    await page.getByRole("timer").filter({ hasText: "30 minutes left" }).waitFor(soon);
  const pause = button(sam.page, /^Back at \d\d:\d\d$/).first();
  const hour = (await pause.innerText()).replace("Back at ", "");
  await pause.click();
  await reads(sam, `You have a pause. Back at ${hour}.`);
  await reads(anna, `Sam needs a pause. Back at ${hour}.`);
  for (const person of both()) {
    await reads(person, "The time stands.");
    expect(await button(person.page, /^Back at /).count()).toBe(0);
  }
  await button(anna.page, "Go on").click();
  for (const person of both()) {
    await readsNoMore(person, "The time stands.");
    await button(person.page, /^Back at /)
      .first()
      .waitFor(soon);
  }
});

test("either ends it at once, each with words to close with", async () => {
  await button(anna.page, "End it here…").click();
  await button(anna.page, "Thank you for staying.").click();
  await button(anna.page, "Close with these words").click();
  for (const person of both()) {
    await reads(person, "You can stop here.");
    await reads(person, "You talked.");
    expect(await person.page.getByRole("timer").count()).toBe(0);
  }
  await reads(sam, "Anna closed with");
  await field(sam.page, "Words to close with, if you like").fill("I will not look away from May.");
  await button(sam.page, "Close with these words").click();
  await reads(anna, "Sam closed with");
  await reads(anna, "I will not look away from May.");
});

test("what one notes afterwards stays with its writer, unless it is shared", async () => {
  await button(anna.page, "Write a note").click();
  await writeHere(anna, kept);
  await link(anna.page, "A hard-talk time").click();
  await reads(anna, kept);
  await button(anna.page, "Write a note").click();
  await writeHere(anna, shared);
  await send(anna, "Share with Sam…", "Share with Sam");
  await reads(anna, "You wrote");
  // The one that was shared has come; the other had its time to.
  await reads(sam, shared);
  await bothUpToDate(anna, sam);
  await readsNone(sam, kept);
});

const plan = "Home about seven, with bread";

test("a plan can be said once both want it, and is on the Today of both", async () => {
  await goBeside(sam, "Agreements", "Plans");
  await button(sam.page, "Offer it to Anna").click();
  await reads(sam, /^Offered until /);
  expect(await field(sam.page, "Your plan, in one line").count()).toBe(0);
  await goBeside(anna, "Agreements", "Plans");
  await button(anna.page, "Yes, please").click(soon);
  await field(sam.page, "Your plan, in one line").fill(plan, soon);
  await button(sam.page, "Tell Anna").click();
  await reads(anna, plan);
  await go(anna, "Today");
  await reads(anna, plan);
  await go(sam, "Today");
  await reads(sam, plan);
});

const lay = async (person: Person, ...cards: readonly string[]): Promise<void> => {
  await goBeside(person, "Us", "Pace cards");
  for (const card of cards) await person.page.getByText(card, { exact: true }).click();
  await button(person.page, "Lay these cards").click();
};

const turned = ({ page }: Person) => page.getByRole("region", { name: "What you both chose" });

test("of cards that one has laid the other sees that they lie there, and not which", async () => {
  await lay(anna, "Hold hands", "A hug");
  await reads(anna, /^Your cards are laid\./);
  await goBeside(sam, "Us", "Pace cards");
  await reads(sam, /^Anna has laid cards\. They can lie there/);
  const deck = sam.page.getByRole("checkbox");
  const chosen = await Promise.all((await deck.all()).map((card) => card.isChecked()));
  expect(chosen).toEqual(Array.from({ length: 12 }, () => false));
  expect(await turned(sam).count()).toBe(0);
  // Not even for her own eyes is it kept.
  await readsNone(anna, "Hold hands", "A hug");
});

test("what both have chosen lies open for both, and nothing else does", async () => {
  await lay(sam, "A hug", "A kiss");
  for (const person of both()) {
    await turned(person).waitFor(soon);
    expect(await turned(person).getByRole("listitem").allInnerTexts()).toEqual(["A hug"]);
    await readsNone(person, "Hold hands", "A kiss");
  }
});

test("another day, the plan, the need and the night off have ended by themselves, on both sides", async () => {
  await go(anna, "Today");
  await button(anna.page, "Ask Sam for one thing…").click();
  await anna.page.getByText("Listen to me", { exact: true }).click();
  await button(anna.page, "Tell Sam").click();
  await button(anna.page, "Close").click();
  await go(sam, "Us");
  await button(sam.page, "Say “not tonight”").click();
  await reads(sam, /^You said “not tonight”/);
  await go(sam, "Today");
  await reads(sam, "Listen to me");
  await go(anna, "Questions");
  await anna.page.getByText(/^Sam said “not tonight”/).waitFor(soon);
  await bothUpToDate(anna, sam);

  await comeBackLater(both(), 2);
  await bothUpToDate(anna, sam);
  for (const person of both()) {
    await go(person, "Today");
    await button(person.page, "Check in").waitFor();
    await readsNone(person, plan, "Listen to me", "not tonight");
    await goBeside(person, "Agreements", "Plans");
    await reads(
      person,
      person === sam ? /^You offered it, and Anna said yes/ : /^Sam offered to say/,
    );
    await readsNone(person, plan);
    await go(person, "Us");
    await button(person.page, "Say “not tonight”").waitFor();
  }
});

test("plans are said no longer once the other does not want them any more", async () => {
  await goBeside(anna, "Agreements", "Plans");
  await goBeside(sam, "Agreements", "Plans");
  await button(anna.page, "I no longer want this").click();
  await field(sam.page, "Your plan, in one line").waitFor({ state: "detached", ...soon });
  await button(sam.page, "Offer it to Anna").waitFor();
});

test("cards that nobody else has chosen are known to nobody, also once both have laid theirs", async () => {
  await lay(sam, "Dance, for one song");
  await goBeside(anna, "Us", "Pace cards");
  await reads(anna, /^Sam has laid cards\. They can lie there/);
  await lay(anna, "Hold hands");
  for (const person of both()) {
    await turned(person).getByText("This time nothing was chosen by both.").waitFor(soon);
    await readsNone(person, "Dance, for one song", "Hold hands");
  }
});

test("the talk, its closing words and notes are there after a lock and a new start, each with its own", async () => {
  const stands = async (): Promise<void> => {
    for (const person of both()) {
      await goBeside(person, "Agreements", "Hard-talk times");
      await button(person.page, "No longer").click();
      await link(person.page, /When you both have time/).click();
      for (const words of ["Thank you for staying.", "I will not look away from May.", shared])
        await reads(person, words);
      await goBeside(person, "Us", "Pace cards");
      await turned(person).waitFor();
    }
    await goBeside(anna, "Agreements", "Hard-talk times");
    await button(anna.page, "No longer").click();
    await link(anna.page, /When you both have time/).click();
    await reads(anna, kept);
    await bothUpToDate(anna, sam);
    await readsNone(sam, kept);
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
  for (const person of both()) expect(person.crashes()).toEqual([]);
});
