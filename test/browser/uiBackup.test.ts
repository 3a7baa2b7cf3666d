import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { looks } from "../ui/looks.ts";
import { go, type Start, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const openApp = (query: string, look: Start = {}): Promise<Page> =>
  screens.open({ query, ...look });

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const section = (page: Page) => page.getByRole("region", { name: "Backups" });

const openSettings = async (query = "", look: Start = {}): Promise<Page> => {
  const page = await screens.openAt("/settings", "main h2", { query, ...look });
  await section(page).waitFor();
  return page;
};

const setUp = async (page: Page): Promise<void> => {
  await button(page, "Set up backups").click();
  await page.getByLabel("Your passphrase", { exact: true }).fill("open sesame");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
};

const fitsTheWidth = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

const someFile = { name: "Twofold.twofold", mimeType: "", buffer: Buffer.from("sealed") };

describe("backups in the settings", () => {
  test("ask for the passphrase once, then for a folder, then make one", async () => {
    const page = await openSettings();
    await section(page).getByText("No backup has been made yet.").waitFor();
    await button(page, "Set up backups").click();
    await page.getByLabel("Your passphrase", { exact: true }).fill("not this one");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Your passphrase", { exact: true }).fill("open sesame");
    await page.keyboard.press("Enter");
    await button(page, "Choose a folder").click();
    await section(page).getByText("Backups go to the folder “Backups”.").waitFor();
    await button(page, "Back up now").click();
    await page.getByRole("progressbar").waitFor();
    expect(await violations(page)).toEqual([]);
    await section(page).getByText("The backup is made").waitFor();
    await section(page).getByText("The last backup is from").waitFor();
    await page.getByText("About once a week").click();
    expect(await page.getByRole("radio", { name: "About once a week" }).isChecked()).toBe(true);
  });

  test("can be stopped, and then there is none", async () => {
    const page = await openSettings("?folder=ready");
    await setUp(page);
    await page.evaluate(() => {
      const endless: typeof window.scene.journal.backups.make = (_to, _readBack, work) =>
        new Promise((done) => {
          work.progress(2_000_000, 24_000_000);
          const timer = setInterval(() => {
            if (!work.cancelled()) return;
            clearInterval(timer);
            done({ ok: false, code: "CANCELLED" });
          }, 20);
        });
      Object.assign(window.scene.journal.backups, { make: endless });
    });
    await button(page, "Back up now").click();
    await page.getByRole("progressbar").waitFor();
    // The focus went from the button that is gone to the one that stands in its place.
    await page.keyboard.press("Enter");
    await button(page, "Back up now").waitFor();
    await section(page).getByText("No backup has been made yet.").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Back up now");
  });

  test("say honestly that a download cannot be looked at, and offer to look through a file", async () => {
    const page = await openSettings("?folder=notOffered");
    await setUp(page);
    await section(page).getByText("each one is saved as a download").waitFor();
    expect(await page.getByRole("radio", { name: "About once a day" }).count()).toBe(0);
    await button(page, "Save a backup now").click();
    await section(page).getByText("Twofold cannot look at the saved file here").waitFor();
    await section(page).getByText("No backup has been made yet.").waitFor();
    const choosing = page.waitForEvent("filechooser");
    await button(page, "Check a backup file").click();
    await (await choosing).setFiles([someFile]);
    await section(page).getByText("This backup is whole.").waitFor();
  });

  test.each(looks)("are in order and fit ($name)", async (look) => {
    const page = await openSettings("?folder=asks", look);
    await setUp(page);
    await button(page, "Allow the folder again").waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await fitsTheWidth(page)).toBe(true);
    await button(page, "Allow the folder again").click();
    await section(page).getByText("The newest three stay there.").waitFor();
  });
});

describe("bringing back on the first screen", () => {
  const choose = async (page: Page): Promise<void> => {
    await button(page, "Bring back from a backup").click();
    await page.getByRole("heading", { name: "Bring back from a backup" }).waitFor();
    const choosing = page.waitForEvent("filechooser");
    await button(page, "Choose the file").click();
    await (await choosing).setFiles([someFile]);
    await page.getByText("Chosen: Twofold.twofold").waitFor();
  };

  test("takes the file and the passphrase, and says what came back and what did not", async () => {
    const page = await openApp("?door=new");
    await choose(page);
    await page.getByLabel("The passphrase", { exact: true }).last().fill("not this one");
    await button(page, "Bring it back").click();
    await page.getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("textbox", { name: "The passphrase" }).fill("open sesame");
    await button(page, "Bring it back").click();
    await page.getByRole("heading", { name: "It is back" }).waitFor();
    await page.getByText("Sharing with Sam is paused.").waitFor();
    expect(await violations(page)).toEqual([]);
    await button(page, "Open the journal").click();
    await page.getByRole("heading", { name: "Today", exact: true }).waitFor();
  });

  test("takes the twelve words and a new passphrase", async () => {
    const page = await openApp("?door=new");
    await choose(page);
    await page.getByText("The twelve recovery words").click();
    await page.getByRole("textbox", { name: "Recovery words" }).fill("orbit ".repeat(12));
    await page.getByLabel("New passphrase", { exact: true }).fill("a calm new passphrase");
    await page.getByLabel("The same once more", { exact: true }).fill("a calm new passphrase");
    expect(await violations(page)).toEqual([]);
    await button(page, "Bring it back").click();
    await page.getByRole("heading", { name: "It is back" }).waitFor();
  });

  test("can be left again, all of it by keyboard", async () => {
    const page = await openApp("?door=new", { width: 360, text: 2 });
    await button(page, "Bring back from a backup").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Bring back from a backup" }).waitFor();
    expect(await fitsTheWidth(page)).toBe(true);
    await button(page, "Back").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "A journal for two" }).waitFor();
  });
});

describe("my room", () => {
  test("has a backup of its own at its foot, and a way back at its door", async () => {
    const page = await openSettings();
    await go(page, "/room", ".room form");
    await button(page, "Bring my room back from a backup").click();
    const choosing = page.waitForEvent("filechooser");
    await button(page, "Choose the file").click();
    await (await choosing).setFiles([someFile]);
    await page.getByLabel("The room’s passphrase", { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => window.scene.journal.set.room("open"));
    await button(page, "A backup of your room").click();
    await button(page, "Make a backup of this room").click();
    await page.getByLabel("Your room’s passphrase", { exact: true }).fill("open sesame");
    await page.keyboard.press("Enter");
    await page.getByText("The backup is made").waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

test("nothing threw on any of these screens", () => {
  expect(screens.complaints).toEqual([]);
});
