import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { benchFolder } from "./history/historyFile.ts";

/** BENCH_SHORT=1: little of everything, only to see that it runs. */
export const isShort = process.env["BENCH_SHORT"] !== undefined;

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;

export const rounded = (value: number, places = 1): number => Number(value.toFixed(places));

/** A table to read, and the same as JSON in BENCH_OUT or in a file of this name among the histories. */
export const tellResults = (name: string, lines: readonly object[]): void => {
  const machine = {
    processor: cpus()[0]?.model,
    cores: cpus().length,
    load: loadavg().map((load) => rounded(load)),
  };
  const out = process.env["BENCH_OUT"] ?? join(benchFolder, `${name}.json`);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify({ machine, lines }, undefined, 2)}\n`);
  console.table(lines);
  console.log(JSON.stringify(machine));
};
