import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { openStores } from "../../renderer/storage/stores.ts";
import { storesContract } from "./stores.suite.ts";

const reports: unknown[] = [];
let profiles = 0;

const make = async () => {
  const prefix = `contract ${profiles++}`;
  const start = () =>
    openStores({ prefix, carried: "couple", report: (report) => reports.push(report) });
  return { stores: start(), restart: async () => start() };
};

for (const { name, run } of storesContract(make)) {
  test(`on IndexedDB: ${name}`, async () => {
    await run();
    expect(reports).toEqual([]);
  });
}
