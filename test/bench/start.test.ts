import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { benchFolder } from "./history/historyFile.ts";
import { openHome } from "./history/home.ts";
import { startTook, type Start } from "./history/measure.ts";

/** From the address to the locked screen that takes a passphrase. BENCH_DIST: another build. BENCH_ROUNDS: how often. */
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 12);

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
const rounded = (value: number): number => Math.round(value * 10) / 10;

test("a journal that is there comes to its locked screen", { timeout: 600_000 }, async () => {
  const home = await openHome(1, { days: 10 });
  // A browser that has never run this build compiles it first; afterwards it has it compiled on its disk.
  const first = await startTook(home.browser.context, home.origin);
  const later: Start[] = [];
  for (let round = 0; round < rounds; round++)
    later.push(await startTook(home.browser.context, home.origin));
  await home.close();
  const of = (key: keyof Start) => rounded(median(later.map((start) => start[key])));
  const result = {
    machine: { processor: cpus()[0]?.model, cores: cpus().length, load: loadavg().map(rounded) },
    first,
    later: { clock: of("clock"), work: of("work"), files: of("files") },
  };
  console.log(JSON.stringify(result));
  writeFileSync(join(benchFolder, "start.json"), `${JSON.stringify(result, null, 2)}\n`);
  expect(result.later.clock).toBeGreaterThan(0);
});
