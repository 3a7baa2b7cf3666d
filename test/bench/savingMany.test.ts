import { beforeAll, expect, test } from "vitest";
import { createCell } from "../../shared/base/live.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { watchCards } from "../../shared/journal/pages/cardsView.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { must } from "../support/twoPartners.ts";
import { entryOf, keptClock, newPage, openKept } from "../unit/keptKit.ts";
import { isShort } from "./results.ts";

beforeAll(loadSodium);

const entries = isShort ? 200 : 20_000;
const saves = isShort ? 40 : 120;

/** On a disk in memory: what our own code costs with every pause in typing, lists included. */
test(`a save among ${entries} entries`, { timeout: 600_000 }, async () => {
  const clock = keptClock();
  const { shelf } = await openKept(createMemoryDisk().start().kept, clock);
  const all = Array.from({ length: entries }, () => entryOf(newPage(), "some words"));
  must(await shelf.writeAll(all.flat()));
  const cards = watchCards({
    sources: [{ facts: shelf.pages.facts, place: "draft" }],
    isPartner: () => false,
    opened: createCell(new Set()),
    putOff: createCell(new Map()),
    clock,
  });
  const costs: number[] = [];
  for (const { page, act, body } of entryOf(newPage(), "written on", saves)) {
    const before = process.cpuUsage();
    must(await shelf.write(page, act, body));
    costs.push(process.cpuUsage(before).user / 1_000);
  }
  expect(cards.read()).toHaveLength(entries + 1);
  // The first ones still compile.
  const sorted = costs.slice(20).toSorted((one, other) => one - other);
  const [middle = Infinity, p95 = Infinity] = [0.5, 0.95].map(
    (part) => sorted[Math.floor(sorted.length * part)] ?? Infinity,
  );
  console.log(`work of a save: ${middle.toFixed(1)} ms in the middle, p95 ${p95.toFixed(1)} ms`);
  expect(middle).toBeLessThan(10);
});
