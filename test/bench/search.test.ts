import { join } from "node:path";
import { expect, test } from "vitest";
import { launchChromium, serveModule } from "../support/chromium.ts";

const entries = 20_000;
const wordsEach = 300;

/** In Chromium, with sealed pages in IndexedDB and the worker that the app has. */
test(`${entries} entries of ${wordsEach} words`, { timeout: 900_000 }, async () => {
  const served = await serveModule(join(import.meta.dirname, "search.page.ts"));
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(served.origin);
  const times = await page.evaluate(([count, each]) => globalThis.searchBench(count, each), [
    entries,
    wordsEach,
  ] as const);
  await browser.close();
  await served.close();
  const later = times.later.toSorted(([, one], [, other]) => one - other);
  const [, p95 = Infinity] = later[Math.floor(later.length * 0.95)] ?? [];
  console.log(
    [
      `first answer: ${Math.round(times.firstAnswer)} ms`,
      `every word read: ${Math.round(times.allRead)} ms`,
      `longest the screen waited meanwhile: ${Math.round(times.longestWait)} ms`,
      `later searches: median ${Math.round(later[100]?.[1] ?? 0)} ms, p95 ${Math.round(p95)} ms`,
      `slowest: ${later
        .slice(-5)
        .map(([words, took, found]) => `“${words}” ${Math.round(took)} ms, ${found} shown`)
        .join(" · ")}`,
    ].join("\n"),
  );
  expect(p95).toBeLessThan(50);
});
