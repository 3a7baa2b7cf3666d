import { test } from "vitest";
import { createMemoryFolder } from "../support/memorySharedFolder.ts";
import { sharedFilesContract } from "./sharedFiles.suite.ts";

const make = async () => {
  const { files, entries, gone } = createMemoryFolder();
  return {
    files,
    names: async () => [...entries.keys()].toSorted(),
    lay: async (name: string, bytes: Uint8Array) => {
      entries.set(name, bytes);
    },
    takeFolderAway: async () => gone(true),
  };
};

for (const { name, run } of sharedFilesContract(make)) test(`in memory: ${name}`, run);
