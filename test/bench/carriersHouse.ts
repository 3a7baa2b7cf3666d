import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium, serveModule } from "../support/chromium.ts";
import { bundleServer, spawnServer } from "../unit/mailboxServer.bundle.ts";

/** A browser with two people in it, as strangers to each other as two processes are, and the server in its own. */
export type CarriersHouse = {
  readonly ada: Page;
  readonly ben: Page;
  readonly server: string;
  /** Runs it and gives what the two took of memory meanwhile, MB beyond what they had before. */
  readonly weigh: <Value>(run: () => Promise<Value>) => Promise<{
    readonly value: Value;
    readonly memory: Memory;
  }>;
  /** Processor time that everything of the browser has used since it was started, s. */
  readonly processorTime: () => Promise<number>;
  /** Fresh pages: nothing of an earlier round lies about. */
  readonly anew: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** MB of one of the two: the one that had most. */
export type Memory = {
  readonly before: number;
  readonly peak: number;
  readonly after: number;
  readonly heapPeak: number;
};

const mega = 1_000_000;

export const openCarriersHouse = async (entry: string): Promise<CarriersHouse> => {
  const [served, browser, program, folder] = await Promise.all([
    serveModule(entry),
    launchChromium(["--enable-precise-memory-info", "--js-flags=--expose-gc"]),
    bundleServer(),
    mkdtemp(join(tmpdir(), "twofold-carriers-")),
  ]);
  const running = spawnServer(program.main, ["--port", "0", "--mailbox", folder]);
  const server = (await running.address) ?? "";
  const open = async (): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    page.on("pageerror", (error) => console.error(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") console.error(`in the page: ${message.text()}`);
    });
    await page.goto(served.origin);
    await page.waitForFunction(() => "bench" in globalThis);
    return page;
  };
  let pages = await Promise.all([open(), open()]);

  const heaps = () =>
    Promise.all(
      pages.map((page) =>
        page.evaluate(
          () =>
            (performance as unknown as { memory: { usedJSHeapSize: number } }).memory
              .usedJSHeapSize,
        ),
      ),
    );
  const collect = () =>
    Promise.all(
      pages.map((page) => page.evaluate(() => (globalThis as unknown as { gc(): void }).gc())),
    );
  return {
    get ada() {
      return pages[0];
    },
    get ben() {
      return pages[1];
    },
    server,
    weigh: async (run) => {
      await collect();
      const most = async () => Math.max(...(await renderersOf(browser))) / mega;
      const before = await most();
      let [peak, heapPeak, on] = [before, 0, true];
      const watching = (async () => {
        while (on) {
          peak = Math.max(peak, await most());
          heapPeak = Math.max(heapPeak, ...(await heaps()).map((bytes) => bytes / mega));
          await new Promise((over) => setTimeout(over, 50));
        }
      })();
      const value = await run();
      on = false;
      await watching;
      await collect();
      return { value, memory: { before, peak, heapPeak, after: await most() } };
    },
    processorTime: async () =>
      (await processesOf(browser)).reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    anew: async () => {
      await Promise.all(pages.map((page) => page.context().close()));
      pages = await Promise.all([open(), open()]);
    },
    close: async () => {
      running.child.kill();
      await Promise.all([browser.close(), served.close(), running.ended]);
      await Promise.all([program.remove(), rm(folder, { recursive: true, force: true })]);
    },
  };
};

/** Bytes that each process with a page in it has in memory now. */
const renderersOf = async (browser: Browser): Promise<readonly number[]> => {
  const ids = (await processesOf(browser))
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => id);
  return Promise.all(
    ids.map(async (id) => {
      const text = await readFile(`/proc/${id}/statm`, "utf8").catch(() => "0 0");
      return Number(text.split(" ")[1]) * 4_096;
    }),
  );
};

const processesOf = async (browser: Browser) => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo;
};
