import type { Page } from "playwright-core";

/** Opens that many entries of the list, one after the other, and gives what each took until its words were painted, ms. */
export const openingsTook = async (page: Page, count: number): Promise<readonly number[]> => {
  await page.evaluate(() => (location.hash = "#/journal"));
  await page.locator(".line").first().waitFor();
  const pages = await page
    .locator(".line")
    .evaluateAll((lines) => lines.map((line) => line.getAttribute("data-page") ?? ""));
  const took: number[] = [];
  for (const id of pages.slice(0, count)) {
    took.push(
      await page.evaluate(async (entry) => {
        const from = performance.now();
        location.hash = `#/journal/${entry}`;
        return (
          (await globalThis.benchWatch.painted(".ProseMirror p:not(:empty), article p")) - from
        );
      }, id),
    );
    await page.evaluate(() => (location.hash = "#/journal"));
    await page.locator(".line").first().waitFor();
  }
  return took;
};

/** How long the page itself had to wait between two frames while the list is scrolled, longest first, ms. */
export const framesOfScrolling = (page: Page, by: number): Promise<readonly number[]> =>
  page.evaluate(async (pixels) => {
    const between: number[] = [];
    let last = performance.now();
    for (let frame = 0; frame < 120; frame++) {
      scrollBy(0, pixels);
      await new Promise(requestAnimationFrame);
      between.push(performance.now() - last);
      last = performance.now();
    }
    return between.toSorted((one, other) => other - one);
  }, by);
