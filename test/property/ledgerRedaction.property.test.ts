import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import {
  createTwoLedgers,
  envelopesAt,
  headsOf,
  idsOf,
  keysOnDisk,
  linesOfPage,
  must,
  wordsOf,
  writePage,
  type OpenLedger,
  type TwoLedgers,
} from "../unit/redactionKit.ts";

beforeAll(loadSodium);

/** Ben writes five pages in turns, and withdraws some of them before, others after he has given his words away. */
const story = async (two: TwoLedgers) => {
  const { couple } = two;
  const disk = createMemoryDisk();
  const ben = await two.open("ben", disk.start().carried);
  const pages = [1, 2, 3, 4, 5].map(() => newId<PageId>(couple.random));
  const withdraw = async (page: PageId | undefined): Promise<void> => {
    if (page === undefined) throw new Error("no such page");
    must(await ben.ledger.redact(linesOfPage(ben.ledger, couple.bens, couple.ben, page)));
  };
  for (const page of pages) await writePage(ben.ledger, couple.bens, page, ["one", "two"]);
  await withdraw(pages[1]);
  for (const page of pages) await writePage(ben.ledger, couple.bens, page, ["three"]);
  const given = await envelopesAt(ben.ledger, couple.bens);
  await withdraw(pages[1]);
  await withdraw(pages[3]);
  await writePage(ben.ledger, couple.bens, pages[0] ?? newId(couple.random), ["four"]);
  const left = await envelopesAt(ben.ledger, couple.bens);
  return { disk, ben, pages, given, left };
};

const stateOf = async (
  { couple }: TwoLedgers,
  { ledger }: OpenLedger,
  pages: readonly PageId[],
): Promise<unknown> => ({
  heads: headsOf(ledger),
  ids: idsOf(ledger, couple.bens, couple.ben),
  words: await Promise.all(pages.map((page) => wordsOf(ledger, couple.bens, couple.ben, page))),
});

/** Order, pieces, what happens between them, and how much of what was withdrawn comes all the same. */
const deliveries = fc.record({
  seed: fc.nat(1_000_000),
  withdrawnToo: fc.boolean(),
  sizes: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 10 }),
  between: fc.array(
    fc.constantFrom("nothing", "restart", "rebuild", "refusedPut", "refusedRemove"),
    {
      minLength: 1,
      maxLength: 10,
    },
  ),
});

const shuffled = (
  envelopes: readonly CarriedEnvelope[],
  seed: number,
): readonly CarriedEnvelope[] => {
  const [drawn] = fc.sample(fc.shuffledSubarray([...envelopes], { minLength: envelopes.length }), {
    numRuns: 1,
    seed,
  });
  return drawn ?? [];
};

test("any order of words and redactions, in any pieces, ends in the same chains and the same words", async () => {
  const two = createTwoLedgers("order");
  const { ben, pages, given, left } = await story(two);
  const expected = await stateOf(two, ben, pages);
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ seed, withdrawnToo, sizes, between }) => {
      const all = withdrawnToo ? [...new Set([...given, ...left])] : left;
      const disk = createMemoryDisk();
      let ada = await two.open("ada", disk.start().carried);
      const order = shuffled(all, seed);
      for (let from = 0, turn = 0; from < order.length; turn++) {
        const slice = order.slice(from, from + (sizes[turn % sizes.length] ?? 1));
        from += slice.length;
        const event = between[turn % between.length];
        if (event === "refusedPut") disk.failNext("put", "DISK_FULL");
        if (event === "refusedRemove") disk.failNext("remove", "DISK_FULL");
        if (event === "restart" || event === "rebuild") {
          await ada.ledger.close();
          if (event === "rebuild") must(await disk.start().carried.cache.clear());
          ada = await two.open("ada", disk.start().carried);
        }
        await ada.ledger.receive(slice);
      }
      // What was not acknowledged comes again.
      disk.makeRoom();
      await ada.ledger.close();
      ada = await two.open("ada", disk.start().carried);
      must(await ada.ledger.receive(shuffled(all, seed + 1)));
      must(await ada.ledger.receive(all));
      expect(await stateOf(two, ada, pages)).toEqual(expected);
      expect(ada.ledger.isFrozen()).toBe(false);
      await ada.ledger.close();
      must(await disk.start().carried.cache.clear());
      const anew = await two.open("ada", disk.start().carried);
      expect(await stateOf(two, anew, pages)).toEqual(expected);
      await anew.ledger.close();
      expect(new Set(await keysOnDisk(disk.start().carried)).size).toBe(left.length);
    }),
    { numRuns: 60 },
  );
}, 120_000);

test("a writer's own disk gives the same chain, whenever it was made anew", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), async (seed) => {
      const two = createTwoLedgers(`own ${seed}`);
      const { disk, ben, pages } = await story(two);
      const expected = await stateOf(two, ben, pages);
      await ben.ledger.close();
      must(await disk.start().carried.cache.clear());
      const anew = await two.open("ben", disk.start().carried);
      expect(await stateOf(two, anew, pages)).toEqual(expected);
      expect(anew.troubles).toEqual([]);
    }),
    { numRuns: 5 },
  );
});
