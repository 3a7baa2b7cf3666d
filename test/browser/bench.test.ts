import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { launchChromium, type ModulePage, serveModule } from "../support/chromium.ts";

let browser: Browser;
let page: ModulePage;

beforeAll(async () => {
  browser = await launchChromium();
  page = await serveModule(join(import.meta.dirname, "bench.page.ts"));
});
afterAll(async () => {
  await browser?.close();
  await page?.close();
});

test("a module of ours runs in a real Chromium with IndexedDB and data channels", async () => {
  const tab = await browser.newPage();
  await tab.goto(page.origin);
  await tab.waitForFunction(() => "benchReady" in globalThis);
  expect(await tab.evaluate(() => typeof indexedDB)).toBe("object");
  expect(await tab.evaluate(() => typeof RTCPeerConnection)).toBe("function");
});
