import { Buffer } from "node:buffer";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readStorage } from "../support/canaryStorage.ts";
import { launchChromium, type ModulePage, serveModule } from "../support/chromium.ts";
import type { RemovalPage } from "./storageRemovalPage.ts";

declare const removal: RemovalPage;

let browser: Browser;
let served: ModulePage;

beforeAll(async () => {
  browser = await launchChromium();
  served = await serveModule(join(import.meta.dirname, "storageRemovalPage.ts"));
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const openTab = async (): Promise<Page> => {
  const tab = await (await browser.newContext()).newPage();
  await tab.goto(served.origin);
  await tab.waitForFunction(() => "removal" in globalThis);
  return tab;
};

test("a real Chromium keeps the contract of the stores, removals included", async () => {
  const tab = await openTab();
  expect(await tab.evaluate(() => removal.keepContract())).toEqual([]);
  await tab.context().close();
}, 120_000);

/** In whose databases each of these lies; databases of the two are named after them. */
const whereabouts = async (tab: Page, canaries: readonly string[]): Promise<readonly string[]> => {
  const places = await readStorage(tab);
  expect(places.length).toBeGreaterThan(10);
  return canaries.flatMap((canary) => {
    const needle = Buffer.from(canary, "base64url");
    const found = places.filter(({ bytes }) => bytes.includes(needle));
    return [...new Set(found.map(({ where }) => where.split(/[ .]/)[1] ?? where))].toSorted();
  });
};

test("withdrawn words are nowhere in either one's databases, and their journals go on", async () => {
  const tab = await openTab();
  const faults: string[] = [];
  tab.on("pageerror", (error) => faults.push(String(error)));
  await tab.evaluate(() => removal.begin());
  const { stays, gone } = await tab.evaluate(() => removal.story().canaries());
  const both = ["ada", "ben", "ada", "ben"];
  expect(await whereabouts(tab, gone)).toEqual(both);
  await tab.evaluate(() => removal.story().withdraw());
  expect(await whereabouts(tab, gone)).toEqual([]);
  expect(await whereabouts(tab, stays)).toEqual(both);
  for (const anew of [false, true]) {
    await tab.evaluate((empty) => removal.story().reopen(empty), anew);
    await tab.evaluate(() => removal.story().writeOn());
    expect(await whereabouts(tab, gone)).toEqual([]);
  }
  const [ben, ada] = await tab.evaluate(() => removal.story().read());
  expect(ben).toMatchObject({ stays: ["stays 1", "stays 2", "stays 3", "stays 3"], gone: [] });
  expect(ada).toMatchObject({ stays: ["stays 1", "stays 2"], gone: [] });
  expect(await tab.evaluate(() => removal.story().reports())).toEqual([]);
  expect(faults).toEqual([]);
  await tab.context().close();
}, 120_000);

test("a draft that was deleted for good is nowhere in this browser, and what was written at once is there", async () => {
  const tab = await openTab();
  const faults: string[] = [];
  tab.on("pageerror", (error) => faults.push(String(error)));
  const many = 1_000;
  const ms = await tab.evaluate((count) => removal.keepDrafts(600, count), many);
  const canaries = await tab.evaluate(() => removal.drafts().canaries());
  expect(canaries).toHaveLength(3);
  expect(await whereabouts(tab, canaries)).toEqual(["cleo", "cleo", "cleo"]);
  const took = await tab.evaluate(() => removal.drafts().destroy());
  process.stdout.write(
    `${many} entries written at once in ${ms.toFixed()} ms, one deleted in ${took.toFixed()} ms\n`,
  );
  expect(await whereabouts(tab, canaries)).toEqual([]);
  for (const anew of [false, true]) {
    const again = await tab.evaluate((empty) => removal.drafts().reopen(empty), anew);
    expect(again).toMatchObject({ stays: "stays stays 1", troubles: [] });
    expect(again.gone).toBeUndefined();
    expect(await whereabouts(tab, canaries)).toEqual([]);
  }
  expect(faults).toEqual([]);
  await tab.context().close();
}, 120_000);
