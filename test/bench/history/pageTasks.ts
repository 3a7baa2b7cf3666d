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

/** The answers to what is typed, each from its key to the lines that show it; the pause in typing is not taken off. */
export const searchesTook = async (
  page: Page,
  words: readonly string[],
): Promise<readonly number[]> => {
  await page.evaluate(() => (location.hash = "#/journal"));
  const field = page.getByRole("searchbox").first();
  await field.waitFor();
  await field.focus();
  // Every entry is read before it is measured how one is found.
  await field.fill(words[0] ?? "the");
  const status = page.locator(".finding [role=status]");
  await status.filter({ hasText: /^(?!.*(still|looking))/i }).waitFor({ timeout: 600_000 });
  const took: number[] = [];
  for (const word of words) {
    await field.fill("");
    await page.locator(".finding a").first().waitFor({ state: "detached" });
    const shown = page.evaluate(async () => {
      const from = performance.now();
      return (await globalThis.benchWatch.painted(".finding a")) - from;
    });
    await field.fill(word);
    took.push(await shown);
  }
  return took;
};
