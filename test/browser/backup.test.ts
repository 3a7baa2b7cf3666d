import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, type ModulePage, serveModule } from "../support/chromium.ts";
import type { BackupStory } from "./backupPage.ts";

declare const story: BackupStory;

let browser: Browser;
let served: ModulePage;

beforeAll(async () => {
  browser = await launchChromium();
  served = await serveModule(join(import.meta.dirname, "backupPage.ts"));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

/** A browser of its own: nothing of another's storage is in it. */
const arrive = async (): Promise<Page> => {
  const tab = await (await browser.newContext()).newPage();
  await tab.goto(served.origin);
  await tab.waitForFunction(() => "story" in globalThis);
  return tab;
};

test("what was backed up into a folder is whole again in another browser: words, photo, history", async () => {
  const anna = await arrive();
  await anna.evaluate(() => story.write());
  expect(await anna.evaluate(() => story.backUp())).toBe("made");
  const before = await anna.evaluate(() => story.tell());
  expect(before).toMatchObject({ cards: 31, photo: true });
  expect(before.versions).toBeGreaterThan(0);
  const file = await anna.evaluate(() => story.carryOut());

  const other = await arrive();
  expect(await other.evaluate((text) => story.restore(text, 700_000), file)).toBe("BACKUP_ALTERED");
  expect(await other.evaluate(() => story.lookAgain())).toBe("new");
  expect(await other.evaluate((text) => story.restore(text), file)).toBe("ok");
  expect(await other.evaluate(() => story.tell())).toEqual(before);
  expect(await other.evaluate(() => story.lookAgain())).toBe("open");
  expect(await other.evaluate(() => story.tell())).toEqual(before);
  expect(await other.evaluate((text) => story.restore(text), file)).toBe("EXISTS");
  await other.context().close();
  await anna.context().close();
}, 120_000);

test("the folder keeps the newest three, and nothing half written", async () => {
  const anna = await arrive();
  await anna.evaluate(() => story.write());
  for (let count = 0; count < 4; count++) {
    expect(await anna.evaluate(() => story.backUp())).toBe("made");
    // The names tell seconds.
    await anna.waitForFunction((from) => Date.now() - from > 1_100, Date.now());
  }
  const files = await anna.evaluate(() => story.tellFiles());
  expect(files).toHaveLength(3);
  for (const file of files)
    expect(file).toMatch(/^Twofold-[0-9a-f]{8}-\d{8}-\d{6}\.twofold \d{7,}$/);
  await anna.context().close();
}, 120_000);
