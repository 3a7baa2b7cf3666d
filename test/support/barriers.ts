import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Violation = {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly {
    readonly target: readonly unknown[];
    readonly failureSummary: string;
  }[];
};

/** What would shut somebody out of the screen that is shown (axe: serious and critical), with its place. */
export const findBarriers = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe);
  // Half-faded words are not what people read.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))),
  );
  const { violations } = await page.evaluate(() =>
    (Reflect.get(globalThis, "axe") as { run: () => Promise<{ violations: Violation[] }> }).run(),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
};
