import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { must } from "../support/twoPartners.ts";
import {
  createPair,
  damageCache,
  dyingStores,
  envelopesOf,
  factsOf,
  writeEntry,
  type Pair,
} from "./ledgerKit.ts";

beforeAll(loadSodium);

/** Sam writes three pages, changed in turn; one of them is taken away again. */
const samsEnvelopes = async (
  pair: Pair,
  disk = createMemoryDisk(),
): Promise<readonly CarriedEnvelope[]> => {
  const sam = await pair.open("sam", disk.start().carried);
  const pages = [1, 2, 3].map(() => newId<PageId>(pair.random));
  for (const [index, page] of pages.entries())
    await writeEntry(sam, page, "page".repeat(index + 1), 4);
  const [, second] = pages;
  if (second !== undefined) must(await sam.write(second, "remove", new Uint8Array()));
  const envelopes = await envelopesOf(sam);
  await sam.close();
  return envelopes;
};

const readerOf = async (pair: Pair, envelopes: readonly CarriedEnvelope[]) => {
  const disk = createMemoryDisk();
  const anna = await pair.open("anna", disk.start().carried);
  for (const envelope of envelopes) must(await anna.ledger.receive([envelope]));
  return { disk, anna };
};

describe("what the partner wrote reads the same", () => {
  test("in any order, any number of times, in pieces of any size", async () => {
    const pair = createPair(1);
    const envelopes = await samsEnvelopes(pair);
    const { anna: inOrder } = await readerOf(pair, envelopes);
    const expected = await factsOf(inOrder);
    const order = fc.shuffledSubarray([...envelopes, ...envelopes, ...envelopes], {
      minLength: envelopes.length * 3,
    });
    await fc.assert(
      fc.asyncProperty(
        order,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 50 }),
        async (shuffled, sizes) => {
          const anna = await pair.open("anna", createMemoryDisk().start().carried);
          for (let from = 0, turn = 0; from < shuffled.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            must(await anna.ledger.receive(shuffled.slice(from, from + size)));
            from += size;
          }
          expect(await factsOf(anna)).toEqual(expected);
          await anna.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  test("and again after a restart, and after the cache was thrown away", async () => {
    const pair = createPair(2);
    const { disk, anna } = await readerOf(pair, await samsEnvelopes(pair));
    await writeEntry(anna, newId<PageId>(pair.random), "Anna's own", 3);
    const expected = await factsOf(anna);
    await anna.close();
    const again = await pair.open("anna", disk.start().carried);
    expect(await factsOf(again)).toEqual(expected);
    await again.close();
    must(await disk.start().carried.cache.clear());
    const anew = await pair.open("anna", disk.start().carried);
    expect(await factsOf(anew)).toEqual(expected);
  });
});

describe("a process that dies at any write", () => {
  test.each(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((at) => [
      ["before", at] as const,
      ["after", at] as const,
    ]),
  )("loses nothing that was confirmed: %s write %i", async (when, at) => {
    const pair = createPair(3);
    const samsDisk = createMemoryDisk();
    const envelopes = await samsEnvelopes(pair, samsDisk);
    const disk = createMemoryDisk();
    const dying = dyingStores(disk, at, when);
    const page = newId<PageId>(pair.random);
    const first = await pair.open("anna", dying);
    let confirmed = 0;
    let written = 0;
    for (const envelope of envelopes) {
      if (dying.dead()) break;
      const received = await first.ledger.receive([envelope]);
      if (received.ok) confirmed += 1;
      const wrote = await first.write(
        page,
        confirmed === 1 ? "begin" : "change",
        Uint8Array.of(0, 0),
      );
      if (wrote.ok) written += 1;
    }
    const second = await pair.open("anna", disk.start().carried);
    const { chains, ledger } = second;
    expect(ledger.linesOf(chains.theirs, chains.partner).length).toBeGreaterThanOrEqual(confirmed);
    expect(ledger.linesOf(chains.mine, chains.me).length).toBeGreaterThanOrEqual(written);

    for (const envelope of envelopes) must(await ledger.receive([envelope]));
    must(await second.write(page, "change", Uint8Array.of(0, 0)));
    const sam = await pair.open("sam", samsDisk.start().carried);
    must(await sam.ledger.receive(await envelopesOf(second)));
    expect(sam.ledger.isFrozen()).toBe(false);
    const mine = ledger.linesOf(chains.mine, chains.me);
    expect(sam.ledger.linesOf(sam.chains.theirs, sam.chains.partner).map(({ id }) => id)).toEqual(
      mine.map(({ id }) => id),
    );
    const { anna: straight } = await readerOf(pair, envelopes);
    const words = (shelf: typeof second) =>
      [...shelf.pages.facts.read().values()]
        .filter(({ owner }) => owner === chains.partner)
        .map(({ excerpt }) => excerpt)
        .toSorted();
    expect(words(second)).toEqual(words(straight));
  });
});

describe("a full disk while words arrive", () => {
  test("takes in nothing and says so; all of it is there once there is room", async () => {
    const pair = createPair(4);
    const envelopes = await samsEnvelopes(pair);
    const disk = createMemoryDisk();
    const anna = await pair.open("anna", disk.start().carried);
    disk.failNext("put", "DISK_FULL", 3);
    for (let count = 0; count < 3; count++) {
      expect(await anna.ledger.receive(envelopes)).toMatchObject({ ok: false, code: "DISK_FULL" });
      expect(anna.ledger.heads()).toEqual([]);
      expect(anna.pages.facts.read().size).toBe(0);
    }
    must(await anna.ledger.receive(envelopes));
    expect(anna.ledger.linesOf(anna.chains.theirs, anna.chains.partner).length).toBe(
      envelopes.length,
    );
  });

  test("that has room for envelopes and none for the cache loses nothing: it is read again at the next start", async () => {
    const pair = createPair(5);
    const envelopes = await samsEnvelopes(pair);
    const disk = createMemoryDisk();
    const anna = await pair.open("anna", disk.start().carried);
    disk.failNext("write", "DISK_FULL", envelopes.length);
    for (const envelope of envelopes) must(await anna.ledger.receive([envelope]));
    const expected = await factsOf(anna);
    await anna.close();
    expect(must(await disk.start().carried.cache.readAll("index")).size).toBe(0);
    const again = await pair.open("anna", disk.start().carried);
    expect(await factsOf(again)).toEqual(expected);
  });

  test("own words that it refused go first once there is room, and the chain has no hole", async () => {
    const pair = createPair(6);
    const disk = createMemoryDisk();
    const anna = await pair.open("anna", disk.start().carried);
    const page = newId<PageId>(pair.random);
    disk.failNext("put", "DISK_FULL", 2);
    expect(await anna.write(page, "begin", Uint8Array.of(0, 0))).toMatchObject({
      ok: false,
      code: "DISK_FULL",
    });
    expect(await anna.write(page, "begin", Uint8Array.of(0, 0))).toMatchObject({
      ok: false,
      code: "DISK_FULL",
    });
    must(await anna.write(page, "begin", Uint8Array.of(0, 0)));
    const sam = await pair.open("sam", createMemoryDisk().start().carried);
    must(await sam.ledger.receive(await envelopesOf(anna)));
    expect(sam.ledger.linesOf(sam.chains.theirs, sam.chains.partner).length).toBe(2);
  });
});

describe("a damaged cache is made anew from the volumes, with the same pages and the same heads", () => {
  const damaged = async (damage: (disk: ReturnType<typeof createMemoryDisk>) => Promise<void>) => {
    const pair = createPair(7);
    const { disk, anna } = await readerOf(pair, await samsEnvelopes(pair));
    await writeEntry(anna, newId<PageId>(pair.random), "Anna's own", 3);
    const expected = await factsOf(anna);
    await anna.close();
    await damage(disk);
    const troubles: string[] = [];
    const again = await pair.open("anna", disk.start().carried, troubles);
    expect(await factsOf(again)).toEqual(expected);
    expect(troubles).toContain("CACHE_DAMAGED");
    must(await again.write(newId<PageId>(pair.random), "begin", Uint8Array.of(0, 0)));
    await again.close();
    const quiet: string[] = [];
    await (await pair.open("anna", disk.start().carried, quiet)).close();
    expect(quiet).toEqual([]);
  };

  test.each(["index", "cards"] as const)(
    "a flipped bit in any sealed value of %s",
    async (section) => {
      for (const which of [0, 1, 2]) {
        await damaged((disk) =>
          damageCache(disk.start().carried, section, (entries) => {
            const [key, value] = entries[which % entries.length] ?? ["", new Uint8Array(1)];
            return [
              [key, value.map((byte, index) => (index === value.length >> 1 ? byte ^ 1 : byte))],
            ];
          }),
        );
      }
    },
  );

  test.each(["index", "cards"] as const)(
    "two values of %s that changed places",
    async (section) => {
      await damaged((disk) =>
        damageCache(disk.start().carried, section, ([one, other]) =>
          one === undefined || other === undefined
            ? []
            : [
                [one[0], other[1]],
                [other[0], one[1]],
              ],
        ),
      );
    },
  );

  test("values cut short or empty", async () => {
    await damaged((disk) =>
      damageCache(disk.start().carried, "index", ([one]) =>
        one === undefined ? [] : [[one[0], one[1].slice(0, 20)]],
      ),
    );
    await damaged((disk) =>
      damageCache(disk.start().carried, "cards", ([one]) =>
        one === undefined ? [] : [[one[0], new Uint8Array()]],
      ),
    );
  });

  test("lines of the index that are gone, from wherever in it", async () => {
    const count = 19;
    for (let which = 0; which < count; which += 3) {
      await damaged((disk) =>
        damageCache(disk.start().carried, "index", (entries) => {
          expect(entries.length).toBeGreaterThan(count);
          return [[entries[which]?.[0] ?? "", undefined]];
        }),
      );
    }
    await damaged((disk) =>
      damageCache(disk.start().carried, "index", (entries) =>
        entries.slice(-3).map(([key]) => [key, undefined]),
      ),
    );
  });

  test("a stranger among the lines", async () => {
    await damaged((disk) =>
      damageCache(disk.start().carried, "index", ([one]) =>
        one === undefined ? [] : [["stranger", one[1]]],
      ),
    );
  });
});
