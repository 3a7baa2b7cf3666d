import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { systemRandom } from "../../shared/base/random.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { invitationLink, makeInvitation } from "../../shared/people/invitation.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  comeBack,
  heading,
  invite,
  join,
  leave,
  link,
  lookAt,
  type Person,
  unlock,
  vanish,
  waitForSync,
  wordsOnScreen,
} from "../support/person.ts";
import { agree, meet } from "../support/together.ts";
import { seesTrouble } from "../support/troubleWords.ts";

let household: Household;
let anna: Person;
let sam: Person;
/** Somebody who saw the link. */
let tom: Person;

beforeAll(async () => {
  household = await openHousehold();
  [anna, sam, tom] = await Promise.all([
    household.moveIn({ name: "Anna", passphrase: "a kettle under the moon", role: "I was hurt" }),
    household.moveIn({ name: "Sam", passphrase: "eleven quiet lanterns", role: "I broke trust" }),
    household.moveIn({ name: "Tom", passphrase: "borrowed garden shears", role: "Both" }),
  ]);
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

/** The screen after an attempt that ended without a pair. */
const endsWith = async (person: Person, code: string): Promise<void> => {
  await heading(person.page, "You are not paired").waitFor({ timeout: 40_000 });
  await seesTrouble(person, "pairing", code);
  await isAlone(person);
};

const isAlone = (person: Person): Promise<void> => waitForSync(person, "Only you, so far.");

/** What the screen offers after an attempt that ended. */
const startAgain = async ({ page }: Person): Promise<void> => {
  await button(page, "Start again").click();
  await heading(page, "The two of you").waitFor();
};

const stop = async (person: Person): Promise<void> => {
  await button(person.page, "Stop").click();
  await endsWith(person, "CANCELLED");
  await startAgain(person);
};

describe("a link that is no good is refused before anybody is contacted", () => {
  test.each([
    ["https://example.com/", "NOT_AN_INVITATION"],
    ["Sam, the car is at the garage", "NOT_AN_INVITATION"],
    ["twofold://pair#", "ALTERED"],
  ])("%s: %s", async (text, code) => {
    await lookAt(sam, text);
    await seesTrouble(sam, "invitation", code);
  });

  test("one letter of it changed, or its end missing", async () => {
    const invitation = await invite(anna);
    for (const altered of [
      invitation.replace(
        /#(.{30})(.)/,
        (_, before: string, letter: string) => `#${before}${letter === "a" ? "b" : "a"}`,
      ),
      invitation.slice(0, -9),
    ]) {
      await lookAt(sam, altered);
      await seesTrouble(sam, "invitation", "ALTERED");
    }
    await stop(anna);
  });

  test("one that has run out", async () => {
    await loadSodium();
    const old = makeInvitation({
      certificate: makeCertificate(makePersonKeys(systemRandom)),
      where: "here",
      meetingPoints: [],
      clock: { now: () => Date.now() - 11 * 60_000, after: () => () => {} },
      random: systemRandom,
    });
    await lookAt(sam, invitationLink(old));
    await seesTrouble(sam, "invitation", "EXPIRED");
  });

  test("one's own", async () => {
    const invitation = await invite(anna);
    await stop(anna);
    await lookAt(anna, invitation);
    await seesTrouble(anna, "invitation", "OWN_INVITATION");
    expect(sam.connections()).toEqual([]);
  });
});

test("“They differ” on the invited side ends it for both, and both can begin again", async () => {
  await meet(anna, sam);
  await button(sam.page, "They differ").click();
  for (const person of [anna, sam]) await endsWith(person, "DIFFER");
  for (const person of [anna, sam]) await startAgain(person);
});

test("“They differ” on the inviting side does too, even after the other said yes", async () => {
  await meet(anna, sam);
  await agree(sam);
  await button(anna.page, "They differ").click();
  for (const person of [anna, sam]) await endsWith(person, "DIFFER");
  for (const person of [anna, sam]) await startAgain(person);
});

test("who closes Twofold while the words are compared leaves nobody half-paired", async () => {
  await meet(anna, sam);
  await leave(sam);
  await endsWith(anna, "CANCELLED");
  await startAgain(anna);
  await comeBack(sam);
  await isAlone(sam);
});

test("who says yes and then loses power leaves nobody half-paired", async () => {
  await meet(sam, anna);
  await agree(sam);
  await vanish(sam);
  await endsWith(anna, "VANISHED");
  await startAgain(anna);
  await comeBack(sam);
  await isAlone(sam);
});

test("who comes with the same link while two compare words gets nothing and disturbs nothing", async () => {
  const invitation = await meet(anna, sam);
  const words = await wordsOnScreen(anna);
  await join(tom, invitation);
  await endsWith(tom, "USED");
  await startAgain(tom);
  for (const person of [anna, sam]) expect(await wordsOnScreen(person)).toBe(words);
  await button(sam.page, "They differ").click();
  for (const person of [anna, sam]) await endsWith(person, "DIFFER");
  for (const person of [anna, sam]) await startAgain(person);
});

/** The link by which the two came together in the end. */
let invitation: string;

test("who loses power just when both have said yes is paired with the other, or can pair again", async () => {
  invitation = await meet(anna, sam);
  await agree(sam, anna);
  await vanish(sam);
  const ended = heading(anna.page, /^(You are two now|You are not paired)$/);
  await ended.waitFor({ timeout: 60_000 });
  const areTwo = (await ended.innerText()) === "You are two now";
  await comeBack(sam);
  if (!areTwo) {
    await startAgain(anna);
    await pairAnew(sam);
    invitation = await meet(anna, sam);
    await agree(anna, sam);
    await heading(anna.page, "You are two now").waitFor();
    await link(sam.page, "Go to the journal").click();
  }
  await link(anna.page, "Go to the journal").click();
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
});

/** Where the last message was lost on its way, one side believes to be paired and is offered to begin anew. */
const pairAnew = async ({ page, origin }: Person): Promise<void> => {
  await page.goto(`${origin}/#/pair`);
  const title = heading(page, /^(The two of you|You are paired with Anna)$/);
  if ((await title.innerText()) !== "The two of you") await button(page, "Pair again").click();
  await heading(page, "The two of you").waitFor();
};

test("who comes with the link after the two have paired is told that it is used", async () => {
  await join(tom, invitation);
  await endsWith(tom, "USED");
  await startAgain(tom);
});

test("an invitation that nobody took ends by itself, in words", async () => {
  await tom.page.clock.install();
  await tom.page.reload();
  await unlock(tom);
  await invite(tom);
  await tom.page.clock.fastForward("10:01");
  await endsWith(tom, "EXPIRED");
  await startAgain(tom);
});

test("two who are paired are not paired a second time", async () => {
  await sam.page.goto(`${household.origin}/#/pair`);
  await heading(sam.page, "You are paired with Anna").waitFor();
  for (const person of [anna, sam, tom]) expect(person.crashes()).toEqual([]);
});
