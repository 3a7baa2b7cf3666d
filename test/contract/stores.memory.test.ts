import { test } from "vitest";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { storesContract } from "./stores.suite.ts";

const make = async () => {
  const disk = createMemoryDisk();
  return { stores: disk.start(), restart: async () => disk.start() };
};

for (const { name, run } of storesContract(make)) test(`in memory: ${name}`, run);
