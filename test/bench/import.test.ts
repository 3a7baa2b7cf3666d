import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, type ModulePage, serveModule } from "../support/chromium.ts";
import type { ImportBench } from "./importPage.ts";

declare const importBench: ImportBench;

let browser: Browser;
let page: ModulePage;

beforeAll(async () => {
  browser = await launchChromium();
  page = await serveModule(join(import.meta.dirname, "importPage.ts"));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await page?.close();
});

test.each([
  { entries: 5_000, pictures: 0 },
  { entries: 5_000, pictures: 200 },
])(
  "an archive of Day One is in within a minute, with progress (%o)",
  async ({ entries, pictures }) => {
    const tab = await browser.newPage();
    await tab.goto(page.origin);
    await tab.waitForFunction(() => "importBench" in globalThis);
    const took = await tab.evaluate(
      ([many, shown]) => importBench.run(many ?? 0, shown ?? 0),
      [entries, pictures],
    );
    console.log(JSON.stringify({ entries, pictures, ...took }));
    expect(took).toMatchObject({ pages: entries, known: entries });
    expect(took.told).toBeGreaterThan(100);
    expect(took.looked + took.brought).toBeLessThan(60_000);
    await tab.close();
  },
  600_000,
);
