import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { pageAt } from "../ui/scenes.ts";
import { go, unlock, useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ height: 720, british: true });
const words = "An hour to myself, and nobody asks.";

/** Each field whose words go to the disk a moment after the last key. */
const fields = [
  [`/today/${pageAt(301)}`, "What you need"],
  [`/today/${pageAt(301)}`, "Thank you for …"],
  [`/for-me/people/${pageAt(313)}`, "How you reach them"],
  [`/for-me/people/${pageAt(313)}`, "A line for yourself"],
  [`/setbacks/${pageAt(413)}`, "What helped before"],
] as const;

/** A journal that is locking takes in what it is handed at once, and a moment later nothing any more. */
const closeWithTheLock = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { journal } = window.scene;
    const { describePractice, lock } = journal;
    let closed = false;
    Object.assign(journal, {
      lock: async () => {
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        closed = true;
        await lock();
      },
      describePractice: async (...said: Parameters<typeof describePractice>) =>
        closed ? { ok: false, code: "NO_PAGE" } : describePractice(...said),
    });
    Object.assign(window, { openAgain: () => (closed = false) });
  });

const openAgain = async (page: Page): Promise<void> => {
  await page.evaluate(() => (window as unknown as { openAgain: () => void }).openAgain());
  await unlock(page);
};

type Leave = (page: Page) => Promise<void>;
const ways: Readonly<Record<string, Leave>> = {
  "the button": async (page) => {
    await page.getByRole("button", { name: "Lock", exact: true }).click();
    await openAgain(page);
  },
  "the computer going to sleep": async (page) => {
    await page.evaluate(() => window.scene.askLock());
    await openAgain(page);
  },
  "two presses of Esc": async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.locator("main.blank button").press("Enter");
    await openAgain(page);
  },
  "going to another place": async (page) => {
    await go(page, "/journal", ".line");
  },
};

test.each(Object.keys(ways))(
  "what was typed less than half a second ago is kept: %s",
  async (way) => {
    const leave = ways[way];
    if (leave === undefined) throw new Error(`no way ${way}`);
    const page = await screens.openAt("/journal", ".line");
    await closeWithTheLock(page);
    const lost: string[] = [];
    for (const [place, label] of fields) {
      await go(page, place, "main input, main textarea");
      const field = page.getByLabel(label, { exact: true });
      await field.fill("");
      await field.pressSequentially(words);
      await leave(page);
      await go(page, place, "main input, main textarea");
      const kept = await page.getByLabel(label, { exact: true }).inputValue();
      if (kept !== words) lost.push(`${place} ${label}: ${kept}`);
    }
    expect(lost).toEqual([]);
  },
);
