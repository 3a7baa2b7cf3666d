import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { PairingView } from "../../shared/journal/journal.ts";
import { violations } from "../support/axe.ts";
import { pageAt } from "../ui/scenes.ts";
import { looksBesideLight } from "../ui/looks.ts";
import { go, type Start, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

type Words = Extract<PairingView, { step: "words" }>;

const heading = (page: Page, name: string) =>
  page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const hasFocus = (page: Page, words: string) =>
  page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, words);
const meetings = (page: Page) => page.evaluate(() => window.scene.journal.meetings());
const reach = (page: Page, view: PairingView) =>
  page.evaluate((next) => window.scene.journal.set.pairing(next), view);
const compare = (page: Page, of: Partial<Words> = {}) =>
  reach(page, {
    step: "words",
    words: ["orbit", "velvet", "canyon", "humble"],
    confirmed: false,
    meeting: "theirs",
    otherKeys: false,
    ...of,
  });
const means = (page: Page) => page.locator(".meeting-means");

const openStays = (start?: Start) => screens.openAt("/pair/again", "main h1", start);
const openLost = (start: Start = {}) =>
  screens.openAt("/pair", ".two-ways", { ...start, query: "?partner=none&pages=none" });
const openPaused = async (start?: Start): Promise<Page> => {
  const page = await screens.openJournal(start);
  await page.evaluate(() => window.scene.journal.set.sync({ state: "paused" }));
  return page;
};
const inviteFrom = async (page: Page) => {
  await button(page, "Go on").press("Enter");
  await button(page, "Make an invitation").press("Enter");
  await heading(page, "Your invitation");
};

test("whoever stays finds it in the settings, and goes on by keyboard to the ordinary invitation", async () => {
  const page = await screens.openAt("/settings", "main h2", { width: 360 });
  await link(page, "Sam has a new computer").press("Enter");
  await hasFocus(page, "Sam has a new computer");
  await page.getByText("What Sam wrote and shared comes back to Sam from here").waitFor();
  await page.getByText("says from then on does not arrive here any more").waitFor();
  await page.getByText("Sam’s room and drafts are not on this computer").waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "Go on").press("Enter");
  await hasFocus(page, "Meet Sam again");
  expect(await meetings(page)).toEqual([]);
  await button(page, "Make an invitation").press("Enter");
  await hasFocus(page, "Your invitation");
  expect(await meetings(page)).toEqual(["again"]);
});

test("an invitation of the one with the new computer is taken as one of theirs, too", async () => {
  const page = await openStays();
  await button(page, "Go on").press("Enter");
  await page.getByLabel("Invitation link").fill("twofold://pair#AAAA");
  await button(page, "Look at it").press("Enter");
  await button(page, "Meet my partner").press("Enter");
  await page.getByText("Looking for your partner’s Twofold.").waitFor();
  expect(await meetings(page)).toEqual(["again"]);
});

test("a link that the system hands over leads there, and is not lost on the way", async () => {
  const page = await screens.openJournal();
  await page.evaluate(() => window.scene.offerLink("twofold://pair#AAAA"));
  await heading(page, "You are paired with Sam");
  await link(page, "Sam has a new computer").press("Enter");
  await button(page, "Go on").press("Enter");
  await button(page, "Meet my partner").press("Enter");
  await page.getByText("Looking for your partner’s Twofold.").waitFor();
  expect(await meetings(page)).toEqual(["again"]);
});

test("it is found by its name and by what happened", async () => {
  const page = await screens.openJournal();
  for (const typed of ["new computer", "stolen", "lost"]) {
    await page.keyboard.press("Control+K");
    await page.keyboard.type(typed);
    await page.getByRole("menuitem", { name: "Sam has a new computer" }).click();
    await heading(page, "Sam has a new computer");
    await link(page, "Not now").press("Enter");
    await hasFocus(page, "The two of you");
  }
});

test("each step can be left, and then everything here is as it was", async () => {
  const page = await openStays();
  const before = () =>
    page.evaluate(() => {
      const { partner, sync, cards } = window.scene.journal;
      return JSON.stringify([partner.read(), sync.read(), cards.read()]);
    });
  const then = await before();
  await inviteFrom(page);
  await button(page, "Stop").press("Enter");
  await heading(page, "You have not met again");
  await page.getByText("Your journal here is as it was.").waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "Start again").press("Enter");
  await hasFocus(page, "Meet Sam again");
  await button(page, "Make an invitation").press("Enter");
  await compare(page);
  await button(page, "They differ").press("Enter");
  await heading(page, "You have not met again");
  expect(await before()).toBe(then);
});

test("beside the four words stands what saying yes brings about, and a word of warning only where it is due", async () => {
  const page = await openStays();
  await inviteFrom(page);
  await compare(page);
  await means(page).getByText("Sam comes with a new computer.").waitFor();
  expect(await means(page).getByText("other keys than").count()).toBe(0);
  await compare(page, { otherKeys: true });
  await means(page).getByText("Sam comes with other keys than the ones you knew last.").waitFor();
  await means(page)
    .getByText("If Sam still has the computer you knew last, ask first why.")
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "They are the same").press("Enter");
  await hasFocus(page, "The two of you have met again");
  await page.getByText("This journal and Sam’s new computer are joined.").waitFor();
  await link(page, "Go to the journal").waitFor();
});

test("at a first pairing nothing is said of new computers", async () => {
  const page = await openLost();
  await button(page, "Make an invitation").press("Enter");
  await compare(page, { meeting: "first" });
  await button(page, "They are the same").waitFor();
  expect(await means(page).count()).toBe(0);
  await button(page, "They are the same").press("Enter");
  await heading(page, "You are two now");
  expect(await meetings(page)).toEqual(["plain"]);
});

test("who looks elsewhere while the other answers is brought back to the same attempt", async () => {
  const page = await openStays();
  await inviteFrom(page);
  await go(page, "/journal", ".line");
  await compare(page);
  await link(page, "Compare the words").press("Enter");
  await button(page, "They differ").press("Enter");
  await button(page, "Start again").press("Enter");
  await heading(page, "Sam has a new computer");
});

test("where both are in use, or the journals are two, what to do next is said", async () => {
  const page = await openStays();
  await inviteFrom(page);
  await reach(page, { step: "ended", code: "ALREADY_PAIRED" });
  await page.getByRole("alert").getByText("Only one of you chooses").waitFor();
  await button(page, "Start again").press("Enter");
  await button(page, "Make an invitation").press("Enter");
  await reach(page, { step: "ended", code: "OTHER_JOURNAL" });
  await page.getByRole("alert").getByText("These are two different journals").waitFor();
  await page.getByRole("alert").getByText("begin a new journal on the new computer").waitFor();
  expect(await violations(page)).toEqual([]);
});

test("a journal from a backup says on every place how sharing goes on, until it is put away", async () => {
  const page = await openPaused({ width: 360 });
  const notice = page.locator(".notice");
  await notice.getByText("It goes on once you have met Sam again.").waitFor();
  expect(await violations(page)).toEqual([]);
  await go(page, "/questions", ".line");
  await button(page, "Not now").press("Enter");
  await notice.waitFor({ state: "detached" });
  await go(page, "/settings", "main h2");
  await page.locator("main").getByText("Sharing is paused, because").waitFor();
  expect(await link(page, "Sam has a new computer").count()).toBe(0);
  await page.locator("main").getByRole("link", { name: "Meet Sam again" }).press("Enter");
  await hasFocus(page, "Meet Sam again");
});

test("before it meets, it says what the old computer can no longer do, and what Sam has to choose", async () => {
  const page = await openPaused();
  await page.locator(".notice").getByRole("link", { name: "Meet Sam again" }).press("Enter");
  await page.getByText("nothing that it says reaches Sam any more").waitFor();
  await page.getByText("Sam has to choose “Noor has a new computer”").waitFor();
  expect(await violations(page)).toEqual([]);
  await inviteFrom(page);
  expect(await meetings(page)).toEqual(["plain"]);
  await compare(page, { meeting: "mine" });
  await means(page).getByText("You come with a new computer.").waitFor();
  expect(await violations(page)).toEqual([]);
});

test("having met, it asks for the passphrase once, also from where its person has gone meanwhile", async () => {
  const page = await openPaused();
  await go(page, "/pair", "main h1");
  await inviteFrom(page);
  await compare(page, { meeting: "mine" });
  await button(page, "They are the same").press("Enter");
  await hasFocus(page, "The two of you have met again");
  await page.getByText("Unlock once more with your passphrase").waitFor();
  expect(await link(page, "Go to the journal").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await go(page, "/settings", "main h2");
  await page.locator(".notice").getByText("You have met Sam again.").waitFor();
  expect(await page.evaluate(() => window.scene.journal.locked())).toBe(false);
  await button(page, "Lock now").press("Enter");
  await heading(page, "Your journal is locked");
  expect(await page.evaluate(() => window.scene.journal.locked())).toBe(true);
});

test("a new computer that was never heard of after the meeting pairs again, and goes on at once", async () => {
  const page = await screens.openJournal();
  await page.evaluate(() => window.scene.journal.set.sync({ state: "notYetMet" }));
  await go(page, "/pair", "main h1");
  await button(page, "Pair again").press("Enter");
  await button(page, "Make an invitation").press("Enter");
  expect(await meetings(page)).toEqual(["plain"]);
  await compare(page, { meeting: "mine" });
  await means(page).getByText("You come with a new computer.").waitFor();
  await button(page, "They are the same").press("Enter");
  await page.getByText("This journal and Sam’s are joined again.").waitFor();
  expect(await button(page, "Lock now").count()).toBe(0);
});

test("one who stays is not asked to unlock, and one who had nothing left is not either", async () => {
  for (const [open, meeting] of [
    [openStays, "theirs"],
    [openLost, "mine"],
  ] as const) {
    const page = await open();
    if (meeting === "theirs") await inviteFrom(page);
    else await button(page, "Make an invitation").press("Enter");
    await compare(page, { meeting });
    await button(page, "They are the same").press("Enter");
    await heading(page, "The two of you have met again");
    expect(await button(page, "Lock now").count()).toBe(0);
    await link(page, "Go to the journal").press("Enter");
    await heading(page, "Journal");
    await screens.leave(page);
  }
});

test("who has lost everything reads at the pairing itself what the partner chooses, and what comes back", async () => {
  const page = await openLost({ width: 360 });
  const lost = button(page, "Lost your computer, or forgot everything?");
  expect(await page.getByText("your partner still has it").isVisible()).toBe(false);
  await lost.press("Enter");
  await page.getByText("“Noor has a new computer”").waitFor();
  await page.getByText("Everything that the two of you had shared comes back").waitFor();
  await page.getByText("your room, your drafts, and words that never went out").waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "Make an invitation").press("Enter");
  await compare(page, { meeting: "mine" });
  await means(page).getByText("Your partner has kept the journal").waitFor();
});

test("once the partner has ended the journal, no meeting is offered", async () => {
  const page = await screens.openAt("/settings", "main h2");
  await link(page, "Sam has a new computer").waitFor();
  await page.evaluate(() =>
    window.scene.journal.set.ending({ state: "together", partnerEnded: { day: undefined } }),
  );
  await link(page, "Sam has a new computer").waitFor({ state: "detached" });
  await go(page, "/pair/again", "main h1");
  await heading(page, "You are paired with Sam");
  expect(await button(page, "Go on").count()).toBe(0);
});

test("words of mine that came from the partner’s computer say so once, and what it means is a press away", async () => {
  const page = await screens.openAt(`/journal/${pageAt(3)}`, ".writing", { query: "?cameBack" });
  const remark = button(page, "Came back from Sam’s copy");
  expect(await remark.count()).toBe(1);
  await remark.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Back from Sam’s copy" });
  await sheet.getByText("They do not come from a backup of yours.").waitFor();
  expect(await violations(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Close", exact: true }).press("Enter");
  await hasFocus(page, "Came back from Sam’s copy");
  expect(await violations(page)).toEqual([]);
  // A question of mine and its answers, which are theirs.
  await go(page, `/questions/${pageAt(10)}`, ".letter .words");
  expect(await remark.count()).toBe(1);
  expect(
    await page
      .locator(".q")
      .getByRole("button", { name: /^Came back/ })
      .count(),
  ).toBe(1);
});

test("the partner’s words, and mine from before, bear no such remark", async () => {
  const theirs = await screens.openAt(`/journal/${pageAt(2)}`, ".words", { query: "?cameBack" });
  expect(await theirs.getByRole("button", { name: /^Came back/ }).count()).toBe(0);
  const mine = await screens.openAt(`/journal/${pageAt(3)}`, ".writing");
  expect(await mine.getByRole("button", { name: /^Came back/ }).count()).toBe(0);
});

test.each(looksBesideLight)(
  "every step is in order and nothing is wider than the window ($name)",
  async (look) => {
    const seen: Record<string, unknown> = {};
    const note = async (name: string, page: Page) => {
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth > window.innerWidth + 1,
      );
      seen[name] = { wide, axe: await violations(page) };
    };
    const stays = await openStays(look);
    await note("stays", stays);
    await inviteFrom(stays);
    await compare(stays, { otherKeys: true });
    await means(stays).waitFor();
    await note("words", stays);
    await reach(stays, { step: "ended", code: "OTHER_JOURNAL" });
    await stays.getByRole("alert").waitFor();
    await note("ended", stays);
    await screens.leave(stays);
    const paused = await openPaused(look);
    await paused.locator(".notice").waitFor();
    await note("paused journal", paused);
    await go(paused, "/pair", "main h1");
    await note("paused", paused);
    await screens.leave(paused);
    const lost = await openLost(look);
    await button(lost, "Lost your computer, or forgot everything?").press("Enter");
    await note("lost", lost);
    expect(seen).toEqual(
      Object.fromEntries(Object.keys(seen).map((name) => [name, { wide: false, axe: [] }])),
    );
  },
);

test("nothing complained meanwhile", () => {
  expect(screens.complaints).toEqual([]);
});
