import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Piece } from "../../shared/page/pieces.ts";
import { launchChromium, type ModulePage, serveModule } from "../support/chromium.ts";

let browser: Browser;
let served: ModulePage;

beforeAll(async () => {
  // A frame comes when it is ready: what is measured is work, and not the wait for the screen's next turn.
  [browser, served] = await Promise.all([
    launchChromium(["--disable-frame-rate-limit", "--disable-gpu-vsync"]),
    serveModule(join(import.meta.dirname, "../ui/writingPage.tsx")),
  ]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const plain = { kind: "words", bold: false, italic: false, address: undefined } as const;
const paragraph = (text: string): Piece => ({
  kind: "paragraph",
  inside: [{ ...plain, text }],
});

/** Twenty thousand words as somebody writes them: paragraphs, with a heading, a list or a quote now and then. */
const longEntry = (words: number): readonly Piece[] => {
  const said = "when you came home that evening I was glad and I did not know how to say it".split(
    " ",
  );
  const blocks: Piece[] = [];
  for (let written = 0; written < words;) {
    const length = 30 + ((blocks.length * 37) % 60);
    const text = Array.from(
      { length },
      (_, index) => said[(index * 7 + blocks.length * 3) % said.length] ?? "",
    ).join(" ");
    written += length;
    if (blocks.length % 11 === 5)
      blocks.push({ kind: "heading", level: 2, inside: [{ ...plain, text: "What I noticed" }] });
    if (blocks.length % 13 === 4)
      blocks.push({
        kind: "tasks",
        inside: [
          { kind: "task", done: true, inside: [paragraph(text.slice(0, 80))] },
          { kind: "task", done: false, inside: [paragraph(text.slice(80))] },
        ],
      });
    else if (blocks.length % 17 === 8) blocks.push({ kind: "quote", inside: [paragraph(text)] });
    else blocks.push(paragraph(text));
  }
  return blocks;
};

type Keystroke = {
  /** From the key's arrival until the frame that shows it is made, ms: what else the computer does counts in. */
  readonly shown: number;
  /** What the page's own thread worked for it, layout and paint with it, ms. */
  readonly worked: number;
};

const typeKeys = async (page: Page, keys: string): Promise<readonly Keystroke[]> => {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  await page.evaluate(() => {
    window.addEventListener(
      "keydown",
      () => {
        const from = performance.now();
        window.shown = new Promise((done) => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener("message", () => done(performance.now() - from));
          port1.start();
          requestAnimationFrame(() => port2.postMessage(undefined));
        });
      },
      { capture: true },
    );
  });
  const strokes: Keystroke[] = [];
  for (const key of keys) {
    const before = await worked();
    await page.keyboard.press(key === " " ? "Space" : key);
    const shown = await page.evaluate(() => window.shown);
    strokes.push({ shown, worked: (await worked()) - before });
  }
  await session.detach();
  return strokes;
};

declare global {
  interface Window {
    shown: Promise<number>;
  }
}

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? Number.NaN;

const sentence = "and then we walked along the river without saying much ".repeat(4);

const sayStrokes = (of: string, strokes: readonly Keystroke[]): void => {
  for (const what of ["worked", "shown"] as const) {
    const times = strokes.map((stroke) => stroke[what]);
    const [median, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
    console.log(`${of}, ${what}: median ${median.toFixed(1)}, p95 ${p95.toFixed(1)} ms`);
  }
};

for (const [name, config] of [
  ["nothing beside", { hints: false, wordCount: false }],
  ["hints and word count", { hints: true, wordCount: true }],
] as const)
  test(
    `a key is on the screen within a frame in an entry of 20,000 words, with ${name}`,
    {
      timeout: 300_000,
    },
    async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(served.origin);
      await page.waitForFunction(() => "desk" in window);
      // The editor's code is there before: opening is what is measured.
      await page.evaluate(() => window.desk.open("short"));
      await page.locator(".writing").waitFor();
      await page.evaluate((change) => window.desk.configure(change), config);
      const opened = await page.evaluate(async (pieces) => {
        window.desk.open("warm", pieces.slice(0, 3));
        await new Promise((soon) => setTimeout(soon, 300));
        const before = performance.now();
        window.desk.open("long", pieces);
        const written = performance.now();
        window.desk.open("warm");
        await new Promise((soon) => setTimeout(soon, 1_500));
        const from = performance.now();
        window.desk.open("long");
        while (document.querySelectorAll(".writing > *").length < 50)
          await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        return { write: written - before, open: performance.now() - from };
      }, longEntry(20_000));
      console.log(`${name}: opened in ${Math.round(opened.open)} ms`);
      const paragraphs = page.locator(".writing > p");
      for (const where of ["first", "middle", "last"] as const) {
        const count = await paragraphs.count();
        const at = where === "first" ? 0 : where === "last" ? count - 1 : Math.floor(count / 2);
        await paragraphs.nth(at).click();
        await page.keyboard.press("End");
        const strokes = await typeKeys(page, sentence);
        sayStrokes(`${name}, ${where}`, strokes);
        expect(strokes.length).toBeGreaterThan(200);
        // On a busy computer "shown" is its other work; on a quiet one the two are alike.
        const work = strokes.map((stroke) => stroke.worked);
        expect(quantile(work, 0.95)).toBeLessThan(16);
      }
      // A field with nothing around it, in the same minute: so much of it is the browser and the measuring.
      await page.setContent("<input>");
      await page.locator("input").click();
      sayStrokes("a bare field", await typeKeys(page, sentence));
      await page.context().close();
    },
  );
