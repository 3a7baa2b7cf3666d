import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { fakePassphrase, fakeWords } from "../support/fakeJournal.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ british: true });

const openAt = (place: string, width = 1280): Promise<Page> =>
  screens.openAt(place, "main h1", { width });

const typeIn = async (page: Page, label: string, text: string): Promise<void> => {
  await page.getByLabel(label, { exact: true }).fill(text);
};

test("the passphrase is changed by keyboard alone, after the old one was right", async () => {
  const page = await openAt("/settings/passphrase");
  expect(await violations(page)).toEqual([]);
  await typeIn(page, "The passphrase you have now", "not this one at all");
  await typeIn(page, "New passphrase", "seven new quiet words");
  await typeIn(page, "The same once more", "seven new quiet words");
  await page.keyboard.press("Enter");
  await page.getByText("That is not the passphrase you have now.").waitFor();
  await typeIn(page, "The passphrase you have now", fakePassphrase);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "The new passphrase counts from now on" }).waitFor();
  expect(await violations(page)).toEqual([]);
});

test("my room’s passphrase is offered only where a room is made", async () => {
  const page = await openAt("/settings/passphrase", 360);
  expect(await page.getByRole("radio", { name: "Of my room" }).count()).toBe(0);
  await page.evaluate(() => window.scene.journal.set.room("open"));
  await page.getByText("Of my room").click();
  await page.getByText("My room has no recovery words.").waitFor();
  await typeIn(page, "The passphrase you have now", fakePassphrase);
  await typeIn(page, "New passphrase", "seven new quiet words");
  await typeIn(page, "The same once more", "seven new quiet words");
  await page.keyboard.press("Enter");
  await page.getByText("The old one opens your room no more.").waitFor();
});

test("a month’s peace is one press away, and the question stands on no settings page", async () => {
  const page = await screens.openAt("/journal", ".line");
  const question = page.getByText("Do your recovery words still lie where you put them?");
  expect(await question.count()).toBe(0);
  await page.evaluate(() => window.scene.journal.set.wordsDue(true));
  await question.waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Not now" }).click();
  await question.waitFor({ state: "detached" });
});

test("words from paper are tried, and other words lead to new ones", async () => {
  const page = await openAt("/settings/words/check");
  const field = page.getByLabel("Recovery words");
  await field.fill(fakeWords.slice(1).join(" "));
  await page.getByRole("button", { name: "Try them" }).click();
  await page.getByText("These are not twelve recovery words.").waitFor();
  expect(await page.getByRole("link", { name: "Make new recovery words" }).count()).toBe(1);
  await field.fill([...fakeWords].reverse().join(" "));
  await page.getByRole("button", { name: "Try them" }).click();
  await page.getByText("others open your journal now").waitFor();
  expect(await violations(page)).toEqual([]);
  await field.fill(fakeWords.join(", ").toUpperCase());
  await page.getByRole("button", { name: "Try them" }).click();
  await page.getByRole("heading", { name: "Your words open your journal" }).waitFor();
  // What was typed is nowhere any more.
  expect(await page.locator("textarea").count()).toBe(0);
});

test("settings say where this computer’s key lies, as it is", async () => {
  const page = await openAt("/settings");
  const section = page.locator("section.setting", { hasText: "This computer’s key" });
  await section.getByText("keyring, the place where it keeps passwords").waitFor();
  await page.evaluate(() => window.scene.journal.set.computerKey("nowhere"));
  await section.getByText("A browser has no place for such a key").waitFor();
  expect(await section.getByRole("link").count()).toBe(0);
});

test("the key is renewed with both passphrases, and says what that means", async () => {
  const page = await openAt("/settings/computer-key", 360);
  await page.getByText("A copy of the whole disk also holds the old key").waitFor();
  await page.evaluate(() => window.scene.journal.set.room("closed"));
  expect(await violations(page)).toEqual([]);
  await typeIn(page, "Your passphrase", fakePassphrase);
  if ((await page.getByLabel("Your room’s passphrase").count()) > 0)
    await typeIn(page, "Your room’s passphrase", "a room of my own");
  await page.getByRole("button", { name: "Renew the key" }).click();
  await page.getByRole("heading", { name: "This computer has another key" }).waitFor();
});

test("without passphrase and words one begins anew, and can go back to what was put aside", async () => {
  const page = await screens.open({ query: "?door=locked", width: 360 });
  await page.getByRole("button", { name: "I forgot it" }).click();
  await page.getByRole("button", { name: "I have neither" }).click();
  await page.getByText("Nothing is deleted.").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Put it aside and begin anew" }).click();
  await page.getByText("A journal that was put aside here").waitFor();
  // The way back from a backup stands on the same screen.
  await page.getByRole("button", { name: "Bring back from a backup" }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Go back to it" }).click();
  await page.getByRole("heading", { name: "Your journal is locked" }).waitFor();
});

test("beside a journal that is damaged one begins anew, without being told that nobody can open it", async () => {
  const page = await screens.open({ query: "?door=damaged:KEYCHAIN_LOST", width: 360 });
  await page.getByRole("button", { name: "Begin anew beside it" }).click();
  await page.getByRole("heading", { name: "Begin anew beside it", level: 1 }).waitFor();
  await page.getByText("Your passphrase and your recovery words stay good for it.").waitFor();
  expect(await page.getByText("Then nobody can open").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  // Who says that both are gone is told the truth of that, here too.
  await page.getByRole("button", { name: "Not now" }).click();
  await page.getByRole("button", { name: "Use my recovery words" }).click();
  await page.getByRole("button", { name: "I have neither" }).click();
  await page.getByText("Then nobody can open").waitFor();
  await page.getByRole("heading", { name: "Without passphrase and words" }).waitFor();
});

test("how to move to another computer is found beside the backups", async () => {
  const page = await openAt("/settings", 360);
  await page.getByRole("link", { name: "How to move to another computer" }).click();
  await page.getByRole("heading", { name: "Moving to another computer" }).waitFor();
  await page.getByText("“Bring back from a backup”").waitFor();
  expect(await violations(page)).toEqual([]);
});
