import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Checker = {
  readonly run: (
    place: Document,
    options: object,
  ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
};

/**
 * Every rule of axe, those of WCAG 2.2 A and AA among them, once what fades in is there; a violation is told with its
 * place.
 * @param rules only these, where the others have been looked at in another theme
 */
export const violations = async (
  page: Page,
  rules?: readonly string[],
): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  return page.evaluate(async (only) => {
    const ending = document
      .getAnimations()
      .filter(({ effect, playState }) => {
        const { endTime } = effect?.getComputedTiming() ?? {};
        return playState === "running" && typeof endTime === "number" && Number.isFinite(endTime);
      })
      .map(({ finished }) => finished.catch(() => undefined));
    await Promise.all(ending);
    const { axe: checker } = globalThis as unknown as { axe: Checker };
    const found = await checker.run(document, {
      // What is in order is not told, so its places need no names.
      resultTypes: ["violations"],
      ...(only === undefined ? {} : { runOnly: only }),
    });
    return found.violations.flatMap(({ id: rule, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${rule}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  }, rules);
};
