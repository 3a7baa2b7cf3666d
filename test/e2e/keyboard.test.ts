import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findBarriers } from "../support/barriers.ts";
import { type Household, openHousehold } from "../support/household.ts";
import {
  choose,
  firstRunByKeyboard,
  follow,
  press,
  tabTo,
  typeInto,
} from "../support/keyboardOnly.ts";
import {
  button,
  editor,
  field,
  heading,
  link,
  type Person,
  waitForSync,
  wordsOnScreen,
} from "../support/person.ts";
import { untilSaved } from "../support/together.ts";

/** The whole way without a mouse; on the way, each screen is looked at for what would shut somebody out. */

let household: Household;
let anna: Person;
let sam: Person;
const barriers: Record<string, readonly string[]> = {};
const screens: string[] = [];

const looking =
  ({ page }: Person) =>
  async (screen: string): Promise<void> => {
    screens.push(screen);
    const found = await findBarriers(page);
    if (found.length > 0) barriers[screen] = found;
  };

beforeAll(async () => {
  household = await openHousehold();
  [anna, sam] = await Promise.all([
    household.arrive({ name: "Anna", passphrase: "a kettle under the moon", role: "I was hurt" }),
    household.arrive({ name: "Sam", passphrase: "eleven quiet lanterns", role: "I broke trust" }),
  ]);
  for (const { context, page } of [anna, sam]) {
    await context.exposeBinding("sawPointer", (_, kind: string) => pointers.push(kind));
    await context.addInitScript(tellPointers);
    await page.evaluate(tellPointers);
  }
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

const pointers: string[] = [];

/** Runs in the page, and again whenever it is loaded anew. */
const tellPointers = (): void => {
  for (const kind of ["pointerdown", "mousedown", "touchstart"] as const)
    addEventListener(
      kind,
      ({ isTrusted }) => {
        if (isTrusted) (Reflect.get(globalThis, "sawPointer") as (kind: string) => void)(kind);
      },
      { capture: true },
    );
};

test("the first run", async () => {
  await Promise.all([
    firstRunByKeyboard(anna, looking(anna)),
    firstRunByKeyboard(sam, async () => undefined),
  ]);
  await looking(anna)("first Today");
  await follow(anna, "Journal");
  await heading(anna.page, "Journal").waitFor();
  await looking(anna)("empty journal");
  await follow(anna, "My room");
  await heading(anna.page, "My room").waitFor();
  await looking(anna)("room door");
  await follow(anna, "Settings");
  await heading(anna.page, "Settings").waitFor();
  await looking(anna)("settings");
});

test("pairing", async () => {
  for (const person of [anna, sam]) await follow(person, "Invite your partner");
  await heading(anna.page, "The two of you").waitFor();
  await looking(anna)("pairing");
  await press(anna, "Make an invitation");
  await heading(anna.page, "Your invitation").waitFor();
  await looking(anna)("invitation");
  const invitation = await field(anna.page, "Invitation link").inputValue();
  await tabTo(sam, field(sam.page, "Invitation link"));
  await sam.page.keyboard.insertText(invitation);
  await press(sam, "Look at it");
  await button(sam.page, "Meet my partner").waitFor();
  await looking(sam)("what the invitation says");
  await press(sam, "Meet my partner");
  await wordsOnScreen(anna);
  await looking(anna)("four words");
  for (const person of [anna, sam]) await press(person, "They are the same");
  for (const person of [anna, sam]) {
    await heading(person.page, "You are two now").waitFor();
    await follow(person, "Go to the journal");
  }
});

test("what is shared goes out at once where somebody wants it so", async () => {
  for (const person of [anna, sam]) {
    await follow(person, "Settings");
    const atOnce = person.page.getByRole("switch", { name: "Send at once" });
    await tabTo(person, atOnce);
    await person.page.keyboard.press("Space");
    await person.page.getByRole("switch", { name: "Send at once", checked: true }).waitFor();
    await follow(person, /^Journal$/);
  }
});

test("an entry is written, shared and read", async () => {
  await press(anna, "Write a first line");
  await typeInto(anna, field(anna.page, "Title"), "The kitchen");
  await typeInto(anna, editor(anna.page), "I slept four hours.");
  await untilSaved(anna);
  await looking(anna)("writing");
  await press(anna, "Share…");
  await heading(anna.page, "This is what Sam will see").waitFor();
  await looking(anna)("preview");
  await press(anna, "Share with Sam");
  await anna.page.getByText("What you change here reaches Sam too").waitFor();
  await link(sam.page, "The kitchen").waitFor();
  await looking(sam)("journal");
  await follow(sam, "The kitchen");
  await sam.page.getByText("I slept four hours.").waitFor();
  await looking(sam)("reading");
});

const question = "Why that night in March";

test("a question is asked", async () => {
  await follow(anna, "Questions");
  await press(anna, "Ask a first question");
  await typeInto(anna, field(anna.page, "In a few words"), question);
  await typeInto(anna, editor(anna.page), "You wrote that you were at the office.");
  await choose(anna, "What do you need?", "The why");
  await choose(anna, "How much do you want to know?", "The facts, plainly");
  await untilSaved(anna);
  await looking(anna)("asking");
  await press(anna, "Ask…");
  await press(anna, "Ask Sam");
  await anna.page.getByText("Depth: the facts, plainly").waitFor();
});

test("it is answered, opened and asked again", async () => {
  await follow(sam, "Questions");
  await follow(sam, question);
  await press(sam, "Write an answer");
  await typeInto(sam, editor(sam.page), "I told myself it was a small lie.");
  await untilSaved(sam);
  await looking(sam)("answering");
  await press(sam, "Send to Anna…");
  await press(sam, "Send to Anna");
  await button(anna.page, "Open now").waitFor();
  await looking(anna)("closed answer");
  await press(anna, "Open now");
  await anna.page.getByText("I told myself it was a small lie.").waitFor();
  await looking(anna)("open answer");
  await press(anna, "Ask again");
  const asks = anna.page.getByRole("alertdialog").getByRole("button", { name: "Ask again" });
  await tabTo(anna, asks);
  await looking(anna)("asking again");
  await anna.page.keyboard.press("Enter");
  await anna.page.getByText("asked again today").waitFor();
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
});

test("stepping out, coming back, unlocking and locking", async () => {
  await anna.page.keyboard.press("Escape");
  await anna.page.keyboard.press("Escape");
  await anna.page.waitForURL(/\?sheet$/);
  await heading(anna.page, "Notes").waitFor();
  await looking(anna)("blank sheet");
  await press(anna, "Come back");
  await heading(anna.page, "Your journal is locked").waitFor();
  await looking(anna)("locked");
  await typeInto(anna, field(anna.page, "Passphrase"), anna.passphrase);
  await anna.page.keyboard.press("Enter");
  await heading(anna.page, "Today").waitFor({ timeout: 60_000 });
  await follow(anna, "Journal");
  await link(anna.page, "The kitchen").waitFor();
  await press(anna, "Lock");
  await heading(anna.page, "Your journal is locked").waitFor();
});

test("no mouse was used", async () => {
  expect(pointers).toEqual([]);
  for (const { crashes } of [anna, sam]) expect(crashes()).toEqual([]);
});

test("no screen on the way shuts anybody out", () => {
  expect(screens.length).toBeGreaterThan(18);
  expect(barriers).toEqual({});
});
