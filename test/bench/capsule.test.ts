import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FileSink, FileSource } from "../../shared/base/files.ts";
import { accept } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createTwoPartners, must, shareEntry } from "../support/twoPartners.ts";
import { patient } from "../unit/backupKit.ts";
import { pagesOf } from "../unit/capsuleKit.ts";
import { picture, sharePhotos } from "../unit/photoKit.ts";
import { isShort } from "./results.ts";

await loadSodium();

const sinkAt = async (path: string): Promise<FileSink> => {
  const file = await open(path, "w");
  return {
    write: async (bytes) => {
      await file.write(bytes);
      return accept(undefined);
    },
    finish: async () => {
      await file.close();
      return accept(undefined);
    },
    abort: () => file.close(),
  };
};

const sourceAt = async (
  path: string,
): Promise<FileSource & { readonly close: () => Promise<void> }> => {
  const file = await open(path, "r");
  return {
    name: "a capsule",
    size: (await stat(path)).size,
    read: async (from, length) => {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await file.read(bytes, 0, length, from);
      return accept(bytes.subarray(0, bytesRead));
    },
    close: () => file.close(),
  };
};

/** Seconds, and how much more memory than before was in use at most. */
const measure = async <Value>(what: string, bytes: number, run: () => Promise<Value>) => {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const begun = performance.now();
  const value = await run();
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  const rate = bytes / 1_048_576 / seconds;
  console.log(
    `${what}: ${seconds.toFixed(2)} s (${rate.toFixed(0)} MiB/s), memory +${((most - before) / 1_048_576).toFixed(0)} MiB`,
  );
  return value;
};

const entries = isShort ? 20 : 500;

/** Files on this disk; the journals' own disks are memory, so what is taken in is part of the memory. */
test.each(isShort ? [2] : [10, 100])(
  `%s MB of photos and ${entries} entries go by capsule`,
  { timeout: 900_000 },
  async (size) => {
    const folder = await mkdtemp(join(tmpdir(), "capsule-"));
    const path = join(folder, "a");
    try {
      const { anna, sam, link, settle } = await createTwoPartners({ seed: 5_900 + size });
      link.cut();
      await settle(1);
      for (let at = 0; at < entries; at++)
        await shareEntry(anna.journal(), `entry ${at} `.repeat(40));
      for (let at = 0; at < size / 2; at++)
        await sharePhotos(anna.journal(), `photo ${at}`, [picture(2_000_000, at + 1)]);
      await measure(`${size} MB written`, size * 1_000_000, async () =>
        must(await anna.journal().capsules.write("all", await sinkAt(path), patient)),
      );
      const source = await sourceAt(path);
      await measure(`${size} MB taken`, size * 1_000_000, async () =>
        expect(must(await sam.journal().capsules.take(source, patient)).brought).toBe(true),
      );
      await measure(`${size} MB taken again`, size * 1_000_000, async () =>
        expect(must(await sam.journal().capsules.take(source, patient)).brought).toBe(false),
      );
      await source.close();
      expect(pagesOf(sam.journal())).toEqual(pagesOf(anna.journal()));
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
