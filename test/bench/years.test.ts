import { expect, test } from "vitest";
import { openHome } from "./history/home.ts";
import { memoryOf, openWatched, unlockTook, type Took } from "./history/measure.ts";
import { framesOfScrolling, openingsTook } from "./history/pageTasks.ts";
import { isShort, median, rounded, tellResults } from "./results.ts";

/** BENCH_YEARS=1,3,10 · BENCH_SHORT=1: ten days and one round, only to see that it runs. */
const years = (process.env["BENCH_YEARS"] ?? (isShort ? "1" : "1,3,10")).split(",").map(Number);
const rounds = isShort ? 1 : 5;

type Line = {
  readonly years: number;
  readonly unlockClock: number;
  readonly unlockWork: number;
  readonly openPage: number;
  readonly lateFrames: number;
  readonly heapMb: number;
  readonly privateMb: number;
};

const measure = async (span: number): Promise<Line> => {
  const home = await openHome(span, isShort ? { days: 10 } : {});
  const unlocks: Took[] = [];
  // The first one still lays out the room's disk and compiles: it is not counted.
  for (let round = 0; round < rounds; round++) {
    const page = await openWatched(home.browser.context, home.origin);
    unlocks.push(await unlockTook(page));
    await page.close();
  }
  const counted = rounds === 1 ? unlocks : unlocks.slice(1);
  const page = await openWatched(home.browser.context, home.origin);
  await unlockTook(page);
  const openings = await openingsTook(page, isShort ? 2 : 8);
  const frames = await framesOfScrolling(page, 600);
  const memory = await memoryOf(page);
  await home.close();
  return {
    years: span,
    unlockClock: rounded(median(counted.map(({ clock }) => clock))),
    unlockWork: rounded(median(counted.map(({ work }) => work))),
    openPage: rounded(median(openings)),
    lateFrames: frames.filter((ms) => ms > 32).length,
    heapMb: rounded(memory.heapMb),
    privateMb: rounded(memory.privateMb),
  };
};

test("one, three and ten years of two people", { timeout: 7_200_000 }, async () => {
  const lines: Line[] = [];
  for (const span of years) lines.push(await measure(span));
  tellResults("years", lines);
  expect(lines.every(({ unlockWork }) => unlockWork > 0)).toBe(true);
});
