import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium, type ModulePage, serveModule } from "../support/chromium.ts";
import type { SharedFolderStory } from "./sharedFolderPage.ts";

declare const story: SharedFolderStory;

let browser: Browser;
let served: ModulePage;
let tab: Page;

const open = async (): Promise<Page> => {
  const page = await browser.newPage();
  await arrive(page);
  return page;
};
const arrive = async (page: Page): Promise<void> => {
  await page.goto(served.origin);
  await page.waitForFunction(() => "story" in globalThis);
};

beforeAll(async () => {
  browser = await launchChromium();
  served = await serveModule(join(import.meta.dirname, "sharedFolderPage.ts"));
  tab = await open();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

test("keeps every promise of a shared folder", async () => {
  const promises = await tab.evaluate(() => story.promises());
  expect(promises.length).toBeGreaterThan(8);
  const broken: string[] = [];
  for (const promise of promises) {
    const kept = await tab.evaluate((name) => story.keep(name), promise);
    if (kept !== "kept") broken.push(`${promise}: ${kept}`);
  }
  expect(broken).toEqual([]);
});

test("is remembered from one start to the next, asks where the browser does, and is forgotten", async () => {
  expect(await tab.evaluate(() => story.choose())).toMatchObject({
    before: { state: "none" },
    closed: { state: "ready" },
    asks: { state: "asks" },
    refused: { code: "NO_PERMISSION" },
    put: { code: "NO_PERMISSION" },
    after: { state: "ready" },
    hints: 1,
    listed: { ok: true, value: [] },
    forgotten: { state: "none" },
  });
});

test("is not offered where the browser has none", async () => {
  expect(await tab.evaluate(() => story.notOffered())).toEqual({ state: "notOffered" });
});

test("a folder with the ending of a capsule is not seen, read, put over or taken away", async () => {
  expect(await tab.evaluate(() => story.folderWithin())).toEqual({
    listed: [],
    codes: ["FILE_GONE", "BAD_REQUEST", "BAD_REQUEST"],
    names: ["one.twofold"],
  });
});

describe("putting", () => {
  test.each([
    ["createWritable", "NotAllowedError", "NO_PERMISSION"],
    ["write", "QuotaExceededError", "DISK_FULL"],
    ["close", "QuotaExceededError", "DISK_FULL"],
    ["close", "InvalidStateError", "DISK_FAILED"],
  ] as const)(
    "where %s is refused (%s) says %s, and leaves nothing",
    async (call, problem, said) => {
      expect(
        await tab.evaluate(([at, of]) => story.refusedAt(at, of), [call, problem] as const),
      ).toEqual({
        put: { ok: false, code: said, detail: problem },
        left: [],
        again: "ok",
        names: ["one.twofold"],
      });
    },
  );

  test("cut off with the page leaves nothing that is taken for a file, and that goes at the next look", async () => {
    const page = await open();
    await page.evaluate(() => story.beginAndNeverClose());
    await page.waitForFunction(async () => (await story.namesOf("cut off")).length > 0);
    await arrive(page);
    expect(await page.evaluate(() => story.lookAgain())).toEqual({
      listed: ["somebody else’s.twofold 0"],
      names: ["one.twofold", "somebody else’s.twofold"],
    });
    await page.close();
  });
});

test("tells once of many changes, of capsules alone, and goes on watching after an end", async () => {
  expect(await tab.evaluate(() => story.observed())).toEqual({
    ours: 1,
    half: 0,
    below: 0,
    errored: 1,
    gone: 1,
    begun: 3,
    ended: 2,
    atLast: 3,
    waiting: 0,
  });
});

test("hears of the real folder, also after it went away and came back", async () => {
  const page = await open();
  const hinted = async (): Promise<number> => {
    await page.waitForFunction(() => story.waiting() === 1);
    return page.evaluate(() => story.hints());
  };
  await page.evaluate(() => story.watch());
  await page.evaluate(() => story.hints());
  for (const name of ["one.twofold", "two.twofold"]) {
    await page.evaluate((of) => story.layInWatched(of), name);
    expect(await hinted()).toBe(1);
    await page.evaluate(() => story.takeWatchedAway());
    expect(await hinted()).toBe(1);
    expect(await page.evaluate(() => story.lookAtWatched())).toBe("FOLDER_GONE");
    await page.evaluate(() => story.bringWatchedBack());
    expect(await page.evaluate(() => story.lookAtWatched())).toBe("listed");
    await page.evaluate(() => story.hints());
  }
  await page.close();
});
