import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { pageAt } from "../ui/scenes.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const hasFocus = (page: Page, words: string) =>
  page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, words);
const endingOf = (page: Page) => page.evaluate(() => window.scene.journal.ending.state.read());
const endWithFile = async (page: Page) => {
  await page.getByRole("radio", { name: /^Yes, in a file/ }).press("Space");
  await page.getByRole("button", { name: "End the journal" }).press("Enter");
  await heading(page, "This journal has ended");
};
const tellOfEnding = (page: Page) =>
  page.evaluate(() =>
    window.scene.journal.set.ending({
      state: "together",
      partnerEnded: { day: new Date(2026, 10, 18).getTime() },
    }),
  );
const heading = (page: Page, name: string) =>
  page.getByRole("heading", { name, level: 1 }).waitFor();

test("from the settings it takes three actions, by keyboard, and none of them is a passphrase", async () => {
  const page = await screens.openAt("/settings", "main h2");
  await page.getByRole("link", { name: "End this journal…" }).press("Enter");
  await hasFocus(page, "End this journal");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("radio", { name: /^No\. End it quietly/ }).press("Space");
  await page.getByRole("button", { name: "End the journal" }).press("Enter");
  await heading(page, "This journal has ended");
  await hasFocus(page, "This journal has ended");
  expect(await endingOf(page)).toMatchObject({ state: "ended", theirs: { at: "until" } });
  expect(await violations(page)).toEqual([]);
});

test("nothing is chosen for anybody: whether to tell is asked, and quietly is as near as telling", async () => {
  const page = await screens.openAt("/settings/ending", "main h1");
  const tell = page.getByRole("radiogroup", { name: "Tell Sam?" });
  expect(await tell.getByRole("radio", { checked: true }).count()).toBe(0);
  expect(
    await tell
      .getByRole("radio")
      .first()
      .evaluate((radio) => radio.closest("label")?.textContent),
  ).toContain("quietly");
  await page.getByRole("button", { name: "End the journal" }).press("Enter");
  await page.getByRole("status").getByText("Choose first whether to tell Sam.").waitFor();
  expect(await endingOf(page)).toMatchObject({ state: "together" });
  await page.getByRole("heading", { name: "If you are afraid" }).waitFor();
});

test("it is found by its name and by what people call it", async () => {
  const page = await screens.openJournal();
  for (const typed of ["end", "leave", "afraid"]) {
    await page.keyboard.press("Control+K");
    await page.keyboard.type(typed);
    await page.getByRole("menuitem", { name: "End this journal, or see what stays" }).click();
    await heading(page, "End this journal");
    await page.getByRole("link", { name: "Leave it as it is" }).press("Enter");
    await heading(page, "Settings");
  }
});

test("what the disk refuses is said, with what is safe, and nothing has ended", async () => {
  const page = await screens.openAt("/settings/ending", "main h1");
  await page.evaluate(() => window.scene.journal.set.refuseEnding("DISK_FULL"));
  await page.getByRole("radio", { name: /^No\. End it quietly/ }).press("Space");
  await page.getByRole("button", { name: "End the journal" }).press("Enter");
  await page.getByRole("alert").getByText("Nothing was changed, and nothing was sent.").waitFor();
  expect(await endingOf(page)).toMatchObject({ state: "together" });
  expect(await violations(page)).toEqual([]);
});

test("afterwards the other’s words can be kept, or let go after one question", async () => {
  const page = await screens.openAt("/settings/ending", "main h1");
  await page.getByRole("radio", { name: /^No\. End it quietly/ }).press("Space");
  await page.getByRole("button", { name: "End the journal" }).press("Enter");
  await page.getByRole("button", { name: "Keep it" }).press("Enter");
  await page.getByText("What Sam wrote stays here.").waitFor();
  await page.getByRole("button", { name: "Let it go now" }).press("Enter");
  const sheet = page.getByRole("alertdialog", { name: "Let go of what Sam wrote?" });
  await hasFocus(page, "Not now");
  await sheet.getByRole("button", { name: "Let it go", exact: true }).press("Enter");
  await page.getByText("What Sam wrote is not on this computer any more.").waitFor();
  expect(await violations(page)).toEqual([]);
});

test("a journal that has ended offers nothing to share, to withdraw or to pair", async () => {
  const page = await screens.openAt("/journal", ".line");
  await page.evaluate(() => window.scene.journal.ending.end({ tell: false, theirWords: "later" }));
  await page.getByText("This journal has ended. What you write stays with you.").first().waitFor();
  expect(await page.getByRole("link", { name: "Invite your partner" }).count()).toBe(0);
  await page.evaluate(() => (location.hash = "/pair"));
  await heading(page, "This journal has ended");
  const draft = await page.evaluate(async () => {
    const made = await window.scene.journal.draftQuestion();
    return made.ok ? made.value : "";
  });
  await page.evaluate((to) => (location.hash = `/questions/${to}`), draft);
  await page
    .getByRole("textbox", { name: /question/i })
    .first()
    .waitFor();
  expect(await page.locator("main .btn.primary").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test("a last message can go as a file, which is in hand once the journal has ended", async () => {
  const page = await screens.openAt("/settings/ending", "main h1");
  await page.evaluate(() => window.scene.place("closed"));
  await endWithFile(page);
  // Where to is asked by itself, once; whoever chose no place has the file still, and is told how long.
  await page
    .getByRole("status")
    .getByText("No place was chosen. The file is still here.")
    .waitFor();
  await page.getByText("before you leave this page and before Twofold locks").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.evaluate(() => window.scene.place("saved"));
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the file" }).press("Enter");
  expect((await coming).suggestedFilename()).toMatch(/^twofold-.*\.twofold$/);
  await page.getByRole("status").getByText("The file is saved.").waitFor();
});

test("where to save it is asked once, however often what is said of the ending changes", async () => {
  const page = await screens.openAt("/settings/ending", "main h1");
  let given = 0;
  page.on("download", () => given++);
  await endWithFile(page);
  await page.getByRole("status").getByText("The file was given to the browser.").waitFor();
  await page.getByRole("button", { name: "Keep it" }).press("Enter");
  await page.getByText("What Sam wrote stays here.").waitFor();
  await expect.poll(() => given).toBe(1);
  const again = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the file" }).press("Enter");
  await again;
  expect(given).toBe(2);
});

test("a file that could not be made is said so, and that the journal has ended all the same", async () => {
  const page = await screens.openAt("/settings/ending", "main h1");
  await page.evaluate(() => {
    const { ending } = window.scene.journal;
    const { end } = ending;
    Object.assign(ending, {
      end: async (choice: Parameters<typeof end>[0]) => {
        await choice.file?.abort();
        return end({ ...choice, file: undefined });
      },
    });
  });
  await endWithFile(page);
  const said = page.getByRole("alert").getByText("The file could not be made.");
  await said.waitFor();
  expect(await said.textContent()).toContain("The journal has ended all the same.");
  expect(await page.getByRole("button", { name: "Save the file" }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test.each([
  [10, /Ask again|Change…|Withdraw…/],
  [67, /Write an answer|Say another day|What I heard/],
])("in thread %i there is nothing left to send, and the words are read", async (number, offers) => {
  const page = await screens.openAt(`/questions/${pageAt(number)}`, ".q");
  expect(await page.locator("main").getByRole("button", { name: offers }).count()).toBeGreaterThan(
    0,
  );
  await page.evaluate(() => window.scene.journal.ending.end({ tell: false, theirWords: "later" }));
  await page.getByText("This journal has ended. What you write stays with you.").first().waitFor();
  expect(await page.locator("main").getByRole("button", { name: offers }).count()).toBe(0);
  expect(await page.locator(".q .ProseMirror, .q [lang], .q p").count()).toBeGreaterThan(0);
  expect(await violations(page)).toEqual([]);
});

test("that the other has ended it is said on opening, can be put away, and changes nothing here", async () => {
  const page = await screens.openAt("/journal", ".line");
  const cards = () => page.evaluate(() => JSON.stringify(window.scene.journal.cards.read()));
  const before = await cards();
  await tellOfEnding(page);
  await page.getByRole("status").getByText("Sam has ended this journal, Wednesday.").waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await cards()).toBe(before);
  await page.getByRole("link", { name: "See what you can choose" }).press("Enter");
  await heading(page, "End this journal");
  expect(await page.getByRole("radiogroup", { name: "Tell Sam?" }).count()).toBe(0);
  await page.evaluate(() => (location.hash = "/questions"));
  await page.getByRole("button", { name: "Not now" }).press("Enter");
  expect(await page.getByText("Sam has ended this journal, Wednesday.").count()).toBe(0);
});

test("once the other has ended it, nothing is said to wait for them, and no file for them is offered", async () => {
  const page = await screens.openAt("/journal", ".line");
  await page.evaluate(() =>
    window.scene.journal.set.sync({
      state: "waiting",
      pages: 3,
      sinceDay: undefined,
      heardDay: undefined,
    }),
  );
  const foot = page.locator(".nav .foot");
  await foot.getByRole("link", { name: "Send as a file" }).waitFor();
  const waits = await foot.locator("p").first().textContent();
  await tellOfEnding(page);
  await foot.getByText("Sam has ended this journal. What you share stays here.").waitFor();
  expect(await foot.getByText(waits ?? "").count()).toBe(0);
  expect(await page.getByRole("link", { name: "Send as a file" }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test("whoever ends it after the other is asked nothing that has no answer any more", async () => {
  const page = await screens.openAt("/settings/ending", "main h1");
  const afraid = page.getByRole("heading", { name: "If you are afraid" });
  const onTheWay = page.getByText("What lies sealed in a mailbox or a shared folder");
  expect([await afraid.count(), await onTheWay.count()]).toEqual([1, 1]);
  await tellOfEnding(page);
  await page.getByText("Below you choose for your side.").waitFor();
  expect([await afraid.count(), await onTheWay.count()]).toEqual([0, 0]);
  expect(await violations(page)).toEqual([]);
});
