import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Computers, PairingView } from "../../shared/journal/journal.ts";
import { fakePassphrase } from "../support/fakeJournal.ts";
import { violations } from "../support/axe.ts";
import { looksBesideLight } from "../ui/looks.ts";
import { go, type Start, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const heading = (page: Page, name: string) =>
  page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const alert = (page: Page, words: string) => page.getByRole("alert").getByText(words).waitFor();
const hasFocus = (page: Page, words: string) =>
  page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, words);
const meetings = (page: Page) => page.evaluate(() => window.scene.journal.meetings());
const use = (page: Page, computers: Computers) =>
  page.evaluate((next) => window.scene.journal.set.computers(next), computers);
const known = (page: Page) =>
  page.evaluate(() => window.scene.journal.settings.read().computersKnown);
const reach = (page: Page, view: PairingView) =>
  page.evaluate((next) => window.scene.journal.set.pairing(next), view);
const compare = async (page: Page, meeting: "adds" | "joins", confirmed = false) => {
  const words = ["orbit", "velvet", "canyon", "humble"];
  await reach(page, { step: "words", words, confirmed, meeting, otherKeys: false });
  await means(page).waitFor();
};
const means = (page: Page) => page.locator(".meeting-means");
const part = (page: Page) => page.getByRole("region", { name: "Your computers", exact: true });
const notice = (page: Page) =>
  page.locator(".notice", { hasText: "Sam uses Twofold on another computer too." });

const openSettings = (start?: Start) => screens.openAt("/settings", "main h2", start);
const openAdds = (start?: Start) => screens.openAt("/pair/own", "main h1", start);
const openAlone = (hash: string, start: Start = {}) =>
  screens.openAt(hash, "main h1", { ...start, query: "?partner=none&pages=none" });
const goOn = async (page: Page) => {
  await button(page, "Go on").press("Enter");
  const passphrase = page.getByLabel("The passphrase of this journal", { exact: true });
  await passphrase.fill(fakePassphrase);
  await passphrase.press("Enter");
  await button(page, "Make an invitation").waitFor();
};
const inviteFrom = async (page: Page) => {
  await goOn(page);
  await button(page, "Make an invitation").press("Enter");
  await heading(page, "Your invitation");
};

test("from the settings one reads what another computer means, before anything begins", async () => {
  const page = await openSettings({ width: 360 });
  await part(page).getByText("Of your computers, this one alone has your journal.").waitFor();
  await link(page, "Add a computer of yours").press("Enter");
  await hasFocus(page, "Add a computer of yours");
  await page.getByText("Drafts and my room stay on the computer on which").waitFor();
  await page.getByText("reads everything that is shared, and writes as you").waitFor();
  await page.getByText("Sam’s Twofold will say that you use another computer.").waitFor();
  await page.getByText("four words that are to be the same on both screens").waitFor();
  expect(await violations(page)).toEqual([]);
  await link(page, "Not now").press("Enter");
  await hasFocus(page, "Your computers");
  expect(await meetings(page)).toEqual([]);
});

test("the first computer adds: by keyboard, with words beside the four that say who comes", async () => {
  const page = await openAdds();
  await inviteFrom(page);
  expect(await meetings(page)).toEqual(["adds"]);
  await compare(page, "adds");
  await means(page).getByText("The other computer comes as yours.").waitFor();
  await page.getByText("Look at both screens yourself.").waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "They are the same").press("Enter");
  await hasFocus(page, "Your other computer has joined");
  await page.getByText("Sam’s Twofold will say that you use another computer.").waitFor();
  expect(await violations(page)).toEqual([]);
  await link(page, "Go to the journal").press("Enter");
  await go(page, "/settings", "main h2");
  await part(page).getByText("on this computer and on another one of yours").waitFor();
});

test("whoever adds a computer gives the passphrase first, and without it no invitation is made", async () => {
  const page = await openAdds({ width: 360 });
  await button(page, "Go on").press("Enter");
  await hasFocus(page, "First your passphrase");
  await page.getByText("nobody who finds this computer unlocked").waitFor();
  expect(await button(page, "Make an invitation").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  const passphrase = page.getByLabel("The passphrase of this journal", { exact: true });
  await passphrase.fill("not this one");
  await passphrase.press("Enter");
  await alert(page, "That is not the passphrase you have now.");
  expect(await passphrase.inputValue()).toBe("");
  expect(await violations(page)).toEqual([]);
  expect(await button(page, "Make an invitation").count()).toBe(0);
  await passphrase.fill(fakePassphrase);
  await passphrase.press("Enter");
  await hasFocus(page, "Add a computer of yours");
  await button(page, "Make an invitation").waitFor();
  // Away and back: it is asked again.
  await go(page, "/journal", ".line");
  await go(page, "/pair/own", "main h1");
  await button(page, "Go on").press("Enter");
  await hasFocus(page, "First your passphrase");
  expect(await meetings(page)).toEqual([]);
});

test("the new computer finds its way beside the pairing, and joins with an invitation of the first", async () => {
  const page = await openAlone("/pair", { width: 360 });
  await link(page, "I have this journal on another computer").press("Enter");
  await hasFocus(page, "I have this journal on another computer");
  await page.getByText("Drafts and my room stay on the other computer.").waitFor();
  await page.getByText("Your name, and what you chose for “Which comes closest?”").waitFor();
  await page.getByText("What you have already written here stays here").waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "Go on").press("Enter");
  await page.getByLabel("Invitation link").fill("twofold://pair#AAAA");
  await button(page, "Look at it").press("Enter");
  await button(page, "Meet my other computer").press("Enter");
  await page.getByText("Looking for your other computer.").waitFor();
  expect(await meetings(page)).toEqual(["joins"]);
  await compare(page, "joins");
  await means(page).getByText("This computer joins your other one.").waitFor();
  await button(page, "They are the same").press("Enter");
  await hasFocus(page, "This computer has joined your journal");
  await page.getByText("What you had written here is where it was.").waitFor();
  expect(await violations(page)).toEqual([]);
});

test("between two computers of one person no sentence speaks of a partner who is to do something", async () => {
  const spoken: string[] = [];
  const note = async (page: Page) => {
    spoken.push(await page.locator("main").innerText());
  };
  for (const meeting of ["adds", "joins"] as const) {
    const page = meeting === "adds" ? await openAdds() : await openAlone("/pair/join-own");
    await (meeting === "adds" ? goOn(page) : button(page, "Go on").press("Enter"));
    await page.getByLabel("Invitation link").fill("twofold://pair#AAAA");
    await note(page);
    await button(page, "Look at it").press("Enter");
    await button(page, "Meet my other computer").waitFor();
    await note(page);
    await button(page, "Make an invitation").press("Enter");
    await heading(page, "Your invitation");
    await note(page);
    await reach(page, { step: "meeting" });
    await page.getByText("Your other computer is here.").waitFor();
    await note(page);
    await compare(page, meeting, true);
    await page.getByText("Now say so on the other computer too.").waitFor();
    await note(page);
    await reach(page, { step: "finishing" });
    await page.getByText("Said on both computers.").waitFor();
    await note(page);
    for (const code of ["VANISHED", "DIFFER", "EXPIRED", "USED", "ALREADY_PAIRED"] as const) {
      await reach(page, { step: "ended", code });
      await page.getByRole("alert").waitFor();
      await note(page);
    }
    await screens.leave(page);
  }
  expect(spoken.filter((words) => /your partner(?!’s\.)/i.test(words))).toEqual([]);
});

test("a link that the system hands over is not lost on the way to joining", async () => {
  const page = await openAlone("/journal");
  await page.evaluate(() => window.scene.offerLink("twofold://pair#AAAA"));
  await link(page, "I have this journal on another computer").press("Enter");
  await button(page, "Go on").press("Enter");
  await button(page, "Meet my other computer").press("Enter");
  await page.getByText("Looking for your other computer.").waitFor();
  expect(await meetings(page)).toEqual(["joins"]);
});

test("two that came for different things, and a person with all the computers there can be, hear what to do", async () => {
  const page = await openAdds();
  await inviteFrom(page);
  await reach(page, { step: "ended", code: "OTHER_PURPOSE" });
  await heading(page, "The other computer has not joined");
  await alert(page, "The two computers did not come for the same thing.");
  await alert(page, "“I have this journal on another computer” on the new one");
  await page.getByText("Your journal here is as it was.").waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "Start again").press("Enter");
  await button(page, "Make an invitation").press("Enter");
  await reach(page, { step: "ended", code: "TOO_MANY" });
  await alert(page, "on as many computers of yours as it can be");
  await screens.leave(page);
  const paired = await openAlone("/pair");
  await button(paired, "Make an invitation").press("Enter");
  await reach(paired, { step: "ended", code: "OTHER_PURPOSE" });
  await heading(paired, "You are not paired");
  await alert(paired, "One of the two computers came to join another of the same person");
  await alert(paired, "If the other is your partner’s, neither of you chooses those.");
});

test("who looks elsewhere while the other computer answers is brought back to the same attempt", async () => {
  const page = await openAdds();
  await inviteFrom(page);
  await go(page, "/journal", ".line");
  await reach(page, {
    step: "words",
    words: ["orbit", "velvet", "canyon", "humble"],
    confirmed: false,
    meeting: "adds",
    otherKeys: false,
  });
  await page.locator(".notice").getByText("Your other computer has answered.").waitFor();
  await link(page, "Compare the words").press("Enter");
  await button(page, "They differ").press("Enter");
  await button(page, "Start again").press("Enter");
  await heading(page, "Add a computer of yours");
});

test("where none can be added, the button waits and the reason stands beside it", async () => {
  const page = await openSettings();
  const add = part(page).getByRole("button", { name: "Add a computer of yours" });
  expect(await add.count()).toBe(0);
  await use(page, { mine: 3, theirs: 1, mayAdd: false });
  await add.waitFor();
  expect(await add.isDisabled()).toBe(true);
  await part(page).getByText("on as many computers of yours as it can be").waitFor();
  await page.evaluate(() => window.scene.journal.set.sync({ state: "notYetMet" }));
  await part(page).getByText("once this one and Sam’s have met").waitFor();
  await page.evaluate(() => window.scene.journal.set.sync({ state: "paused" }));
  await part(page).getByText("once you have met Sam again").waitFor();
  expect(await violations(page)).toEqual([]);
  await go(page, "/pair/own", "main h1");
  // A paused journal meets its partner first.
  await page.getByText("once you have met Sam again").waitFor();
  expect(await button(page, "Go on").count()).toBe(0);
});

test("once the partner has ended the journal, no computer is added to it", async () => {
  const page = await openSettings();
  await page.evaluate(() =>
    window.scene.journal.set.ending({ state: "together", partnerEnded: { day: undefined } }),
  );
  await part(page)
    .getByText("Sam has ended this journal, so no other computer joins it.")
    .waitFor();
  expect(await link(page, "Add a computer of yours").count()).toBe(0);
});

test("a journal that has its two does not join another, and one that joined in vain may join once more", async () => {
  const page = await screens.openAt("/pair/join-own", "main h1");
  await heading(page, "You are paired with Sam");
  expect(await button(page, "Go on").count()).toBe(0);
  await page.evaluate(() => window.scene.journal.set.sync({ state: "notYetMet" }));
  await button(page, "Pair again").waitFor();
  await use(page, { mine: 1, theirs: 1, mayAdd: false });
  await go(page, "/pair", "main h1");
  await link(page, "Join once more").press("Enter");
  await heading(page, "I have this journal on another computer");
  expect(await button(page, "Pair again").count()).toBe(0);
});

test("of the partner’s other computer it is said on every place until it is put away, and then never again", async () => {
  const page = await screens.openJournal({ width: 360 });
  expect(await notice(page).count()).toBe(0);
  await use(page, { mine: 0, theirs: 2, mayAdd: true });
  await notice(page).getByText("If that surprises you, ask.").waitFor();
  expect(await violations(page)).toEqual([]);
  for (const [place, ready] of [
    ["/questions", ".line"],
    ["/settings", "main h2"],
    ["/settings/ending", "main h1"],
  ] as const) {
    await go(page, place, ready);
    await notice(page).waitFor();
  }
  expect(await known(page)).toBe(1);
  await button(page, "Put it away").press("Enter");
  await notice(page).waitFor({ state: "detached" });
  expect(await known(page)).toBe(2);
  await go(page, "/settings", "main h2");
  await page.getByText("Sam uses Twofold on another computer too.").waitFor();
});

test("after a meeting that left the partner one computer, another one is said anew", async () => {
  const page = await screens.openJournal();
  await use(page, { mine: 0, theirs: 2, mayAdd: true });
  await button(page, "Put it away").press("Enter");
  await use(page, { mine: 0, theirs: 1, mayAdd: true });
  await expect.poll(() => known(page)).toBe(1);
  await use(page, { mine: 0, theirs: 2, mayAdd: true });
  await notice(page).waitFor();
});

test("a lost one among several: what shuts it out is found in the settings, and says what it leaves out", async () => {
  const page = await openSettings({ width: 360 });
  expect(await link(page, "A computer of yours is lost").count()).toBe(0);
  await use(page, { mine: 1, theirs: 1, mayAdd: true });
  await link(page, "A computer of yours is lost").press("Enter");
  await hasFocus(page, "A computer of yours is lost");
  await page.getByText("That shuts it out. Your journal here stays as it is.").waitFor();
  await page.getByText("First Sam chooses “Noor has a new computer”").waitFor();
  await page.getByText("Every other computer of yours and of Sam’s is left out too.").waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "Go on").press("Enter");
  await button(page, "Make an invitation").press("Enter");
  await heading(page, "Your invitation");
  expect(await meetings(page)).toEqual(["lost"]);
  const words = ["orbit", "velvet", "canyon", "humble"];
  const meeting = { meeting: "mine", otherKeys: false } as const;
  await reach(page, { step: "words", words, confirmed: false, ...meeting });
  await means(page).getByText("this computer alone is yours in this journal").waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "They are the same").press("Enter");
  await hasFocus(page, "The two of you have met again");
  await page.getByText("The lost computer is shut out.").waitFor();
  expect(await violations(page)).toEqual([]);
});

test("with one computer alone nothing is shut out from here, and it says so", async () => {
  const page = await screens.openAt("/pair/lost", "main h1");
  await page.getByText("so there is nothing to shut out from here").waitFor();
  expect(await button(page, "Go on").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test("meeting again says that other computers are left out, only where there are some", async () => {
  const page = await screens.openAt("/pair/again", "main h1");
  const others = page.getByText("is left out, and can be added anew");
  await page.getByText("If Sam goes on using the old computer too").waitFor();
  expect(await others.count()).toBe(0);
  await use(page, { mine: 0, theirs: 2, mayAdd: true });
  await others.waitFor();
});

test("who ends the journal is told of the other computer, on which it goes on", async () => {
  const page = await screens.openAt("/settings/ending", "main h1");
  const others = page.getByText("there it goes on until you end it there as well");
  expect(await others.count()).toBe(0);
  await use(page, { mine: 1, theirs: 1, mayAdd: true });
  await others.waitFor();
  expect(await violations(page)).toEqual([]);
});

test("it is found by its name and by what somebody would call it", async () => {
  const page = await screens.openJournal();
  const find = async (typed: string, name: string) => {
    await page.keyboard.press("Control+K");
    await page.keyboard.type(typed);
    await page.getByRole("menuitem", { name, exact: true }).click();
    await heading(page, name);
  };
  await find("second laptop", "Add a computer of yours");
  await use(page, { mine: 1, theirs: 1, mayAdd: true });
  await find("stolen my", "A computer of yours is lost");
  await screens.leave(page);
  const alone = await screens.openJournal({ query: "?partner=none&pages=none" });
  await alone.keyboard.press("Control+K");
  await alone.keyboard.type("another computer");
  expect(await alone.getByRole("menuitem", { name: "Add a computer of yours" }).count()).toBe(0);
  await alone
    .getByRole("menuitem", { name: "I have this journal on another computer", exact: true })
    .click();
  await heading(alone, "I have this journal on another computer");
});

test("where the journal lives is said as it is", async () => {
  const page = await screens.openJournal();
  const foot = page.getByRole("navigation", { name: "Main" });
  await foot.getByText("This journal lives on your two computers only.").waitFor();
  await use(page, { mine: 1, theirs: 1, mayAdd: true });
  await foot.getByText("This journal lives on the computers of the two of you only.").waitFor();
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
    const adds = await openAdds(look);
    await note("adds", adds);
    await inviteFrom(adds);
    await compare(adds, "adds");
    await note("words", adds);
    await reach(adds, { step: "ended", code: "TOO_MANY" });
    await adds.getByRole("alert").waitFor();
    await note("ended", adds);
    await use(adds, { mine: 1, theirs: 2, mayAdd: false });
    await go(adds, "/pair/lost", "main h1");
    await notice(adds).waitFor();
    await note("lost, with the notice", adds);
    await go(adds, "/settings/at/computers", "main h2");
    await note("settings", adds);
    await screens.leave(adds);
    const joins = await openAlone("/pair/join-own", look);
    await note("joins", joins);
    await go(joins, "/pair", ".two-ways");
    await note("pair", joins);
    expect(seen).toEqual(
      Object.fromEntries(Object.keys(seen).map((name) => [name, { wide: false, axe: [] }])),
    );
  },
);

test("nothing complained meanwhile", () => {
  expect(screens.complaints).toEqual([]);
});
