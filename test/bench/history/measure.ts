import { readFileSync } from "node:fs";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { passphrase } from "./build.ts";

/** Runs in the page before anything of ours: notes when the key was derived, and when what is sought was painted. */
const watch = (): void => {
  const marks: Record<string, number> = {};
  const real = globalThis.Worker;
  globalThis.Worker = class extends real {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      if (String(address).includes("kdf"))
        this.addEventListener("message", () => (marks["derived"] = performance.now()));
    }
  };
  const painted = (selector: string): Promise<number> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (document.querySelector(selector) === null) return void requestAnimationFrame(look);
        // After the next frame it has been painted.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      };
      look();
    });
  Object.assign(globalThis, { benchWatch: { marks, painted } });
};

type Watch = {
  readonly marks: Readonly<Record<string, number>>;
  readonly painted: (selector: string) => Promise<number>;
};

declare global {
  var benchWatch: Watch;
}

export const openWatched = async (context: BrowserContext, origin: string): Promise<Page> => {
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(origin);
  await page.getByLabel("Passphrase", { exact: true }).waitFor({ timeout: 120_000 });
  return page;
};

/** ms by the clock, and of the page's own thread at work: the second does not grow because others use the machine. */
export type Took = { readonly clock: number; readonly work: number };

const workedOf = async (tools: CDPSession): Promise<number> => {
  const { metrics } = await tools.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1_000;
};

/** From the derived key to the first screen with its navigation painted. */
export const unlockTook = async (page: Page): Promise<Took> => {
  const tools = await page.context().newCDPSession(page);
  await tools.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  // What deriving asks of the page's own thread is next to nothing: it has a worker.
  const before = await workedOf(tools);
  const shown = page.evaluate(() => globalThis.benchWatch.painted('nav[aria-label="Main"]'));
  await page.keyboard.press("Enter");
  const at = await shown;
  const work = (await workedOf(tools)) - before;
  const derived = await page.evaluate(() => globalThis.benchWatch.marks["derived"] ?? Number.NaN);
  await tools.detach();
  return { clock: at - derived, work };
};

export type Memory = { readonly heapMb: number; readonly privateMb: number };

/** Of the page's process, after what nobody needs has been collected. */
export const memoryOf = async (page: Page): Promise<Memory> => {
  const tools = await page.context().newCDPSession(page);
  await tools.send("HeapProfiler.collectGarbage");
  await tools.send("Performance.enable");
  const { metrics } = await tools.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
  const system = await page.context().browser()?.newBrowserCDPSession();
  const found = await system?.send("SystemInfo.getProcessInfo");
  const renderers = (found?.processInfo ?? []).filter(({ type }) => type === "renderer");
  const privates = renderers.map(({ id }) => privateOf(id));
  return { heapMb: heap / 2 ** 20, privateMb: Math.max(...privates) / 1024 };
};

/** KB that no other process shares; NaN where the system does not say. */
const privateOf = (pid: number): number => {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return [...rollup.matchAll(/^Private_\w+:\s+(\d+)/gm)].reduce(
      (sum, [, kb]) => sum + Number(kb),
      0,
    );
  } catch {
    return Number.NaN;
  }
};

/** Of one window: ms from its address to the locked screen painted, ms of its thread at work, and files asked for. */
export type Start = Took & { readonly files: number };

export const startTook = async (context: BrowserContext, origin: string): Promise<Start> => {
  const page = await context.newPage();
  await page.addInitScript(watch);
  const tools = await context.newCDPSession(page);
  await tools.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await workedOf(tools);
  await page.goto(origin, { waitUntil: "commit" });
  const seen = await page.evaluate(async () => ({
    clock: await globalThis.benchWatch.painted("form input"),
    files: performance.getEntriesByType("resource").length,
  }));
  const work = (await workedOf(tools)) - before;
  await page.close();
  return { ...seen, work };
};
