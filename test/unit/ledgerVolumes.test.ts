import { beforeAll, describe, expect, test } from "vitest";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { volumeLimit } from "../../shared/ledger/volumes.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { must } from "../support/twoPartners.ts";
import {
  bulkyPage,
  createPair,
  dyingStores,
  envelopesOf,
  factsOf,
  type Pair,
} from "./ledgerKit.ts";

beforeAll(loadSodium);

/** Pages of 400 kB until there are at least three volumes, by both writers in turn. */
const fill = async (
  pair: Pair,
): Promise<{
  readonly disk: MemoryDisk;
  readonly samsDisk: MemoryDisk;
  readonly expected: unknown;
}> => {
  const disk = createMemoryDisk();
  const samsDisk = createMemoryDisk();
  const anna = await pair.open("anna", disk.start().carried);
  const sam = await pair.open("sam", samsDisk.start().carried);
  for (let count = 0; count < 24; count++) {
    must(await anna.write(newId<PageId>(pair.random), "begin", bulkyPage(400_000, count)));
    must(await sam.write(newId<PageId>(pair.random), "begin", bulkyPage(400_000, count)));
  }
  const sams = await envelopesOf(sam);
  for (let from = 0; from < sams.length; from += 5)
    must(await anna.ledger.receive(sams.slice(from, from + 5)));
  const expected = await factsOf(anna);
  await anna.close();
  await sam.close();
  return { disk, samsDisk, expected };
};

const sizesOf = async (disk: MemoryDisk): Promise<readonly number[]> => {
  const { volumes } = disk.start().carried;
  const sizes: number[] = [];
  for (const number of must(await volumes.list()))
    sizes.push(must(await volumes.open(number)).size());
  return sizes;
};

describe("volumes", { timeout: 60_000 }, () => {
  test("roll before they are over 2 MiB, and everything is read across them", async () => {
    const pair = createPair(1);
    const { disk, samsDisk, expected } = await fill(pair);
    const sizes = await sizesOf(disk);
    expect(sizes.length).toBeGreaterThanOrEqual(3);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(volumeLimit);
    const anna = await pair.open("anna", disk.start().carried);
    expect(await factsOf(anna)).toEqual(expected);
    const reader = await pair.open("sam", samsDisk.start().carried);
    for (const envelope of await envelopesOf(anna)) must(await reader.ledger.receive([envelope]));
    expect(reader.ledger.linesOf(reader.chains.theirs, reader.chains.partner).length).toBe(24);
  });

  test("unlocking opens the newest alone, and reading old words keeps only a few open", async () => {
    const pair = createPair(2);
    const { disk } = await fill(pair);
    const stores = disk.start().carried;
    const open = new Set<number>();
    let most = 0;
    const anna = await pair.open("anna", {
      ...stores,
      volumes: {
        ...stores.volumes,
        open: async (number) => {
          const opened = await stores.volumes.open(number);
          if (!opened.ok) return opened;
          open.add(number);
          most = Math.max(most, open.size);
          const close = async (): Promise<void> => {
            open.delete(number);
            await opened.value.close();
          };
          return { ...opened, value: { ...opened.value, close } };
        },
      },
    });
    expect(most).toBe(1);
    await envelopesOf(anna);
    expect(most).toBeLessThanOrEqual(3);
  });

  test.each([["after", 2] as const, ["before", 3] as const, ["after", 3] as const])(
    "a rebuild that dies %s write %i is begun again, and one's own next message takes its own place",
    async (when, at) => {
      const pair = createPair(3);
      const { disk, samsDisk, expected } = await fill(pair);
      must(await disk.start().carried.cache.clear());
      await pair.open("anna", dyingStores(disk, at, when)).catch(() => undefined);
      const anna = await pair.open("anna", disk.start().carried);
      expect(await factsOf(anna)).toEqual(expected);
      must(await anna.write(newId<PageId>(pair.random), "begin", bulkyPage(10, 1)));
      const sam = await pair.open("sam", samsDisk.start().carried);
      for (const envelope of await envelopesOf(anna)) must(await sam.ledger.receive([envelope]));
      expect(sam.ledger.isFrozen()).toBe(false);
      expect(sam.ledger.linesOf(sam.chains.theirs, sam.chains.partner).length).toBe(25);
    },
  );
});
