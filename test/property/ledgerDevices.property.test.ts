import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import {
  chainsAt,
  cutsOf,
  formerSelf,
  goneDevice,
  holderDevice,
  makeHousehold,
  type Household,
  type HouseRules,
} from "../unit/deviceKit.ts";
import { rosterEntry } from "../unit/envelopeKit.ts";
import { headsOf, linesOfPage, must, writePage, type OpenLedger } from "../unit/redactionKit.ts";

beforeAll(loadSodium);

/** Any order, each as often as it is drawn and once at least. */
const shuffled = <Item>(items: readonly Item[], seed: number): readonly Item[] => {
  const [drawn] = fc.sample(fc.shuffledSubarray([...items], { minLength: items.length }), {
    numRuns: 1,
    seed,
  });
  return drawn ?? [];
};

/** Which messages stand where, which are withdrawn, which came back, and what the pages say in which order. */
const stateOf = async (
  { adas, bens, ours, ada, ben }: Household,
  { ledger }: OpenLedger,
  pages: readonly PageId[],
): Promise<unknown> => ({
  heads: headsOf(ledger),
  lines: [adas, bens, ours].map(({ id }) =>
    [...ada, ben].map(({ device }) =>
      ledger.linesOf(id, device).map((line) => [line.id, line.redacted]),
    ),
  ),
  said: await Promise.all(
    pages.map(async (page) => {
      const hers = must(await ledger.messagesOf(adas.id, ada[2].device, page));
      const his = must(await ledger.messagesOf(bens.id, ben.device, page));
      return [...hers, ...his].map((message) => [message.id, message.cameBack]);
    }),
  ),
});

const lives = fc.record({
  seed: fc.nat(1_000_000),
  /** How much of hers Ben has when the computer is lost. */
  arrived: fc.nat(9),
  /** What she still has of her own: nothing, or a backup. */
  restored: fc.boolean(),
  /** How much of what comes back there is before she writes on. */
  early: fc.nat(20),
  withdraws: fc.boolean(),
  between: fc.array(fc.constantFrom("nothing", "restart", "rebuild", "refusedPut"), {
    minLength: 1,
    maxLength: 12,
  }),
});

test("whatever was lost and however it comes back, both have the same chains, and a cache made anew says the same", async () => {
  await fc.assert(
    fc.asyncProperty(lives, async ({ seed, arrived, restored, early, withdraws, between }) => {
      const house = makeHousehold(`life ${seed}`);
      const { couple, ada, ben, adas, bens, ours, open } = house;
      const pages = [1, 2, 3].map(() => newId<PageId>(couple.random));
      const [one, two, his] = pages;
      if (one === undefined || two === undefined || his === undefined) throw new Error("no ids");
      const disks = { ada: createMemoryDisk(), ben: createMemoryDisk() };
      const roster = [rosterEntry(ada[0]), rosterEntry(ben)];

      // Until the computer is lost.
      const first = await open("ada", { me: ada[0], roster }, disks.ada.start().carried);
      const ben0 = await open("ben", { me: ben, roster }, disks.ben.start().carried);
      for (const round of [1, 2, 3]) {
        await writePage(first.ledger, adas, one, [`one ${round}`, "more"]);
        await writePage(ben0.ledger, bens, his, [`his ${round}`]);
        await writePage(ben0.ledger, ours, his, [`both ${round}`]);
        must(await first.ledger.receive(await chainsAt(ben0.ledger, [bens, ben], [ours, ben])));
        await writePage(first.ledger, adas, two, [`two ${round}`]);
        const given = await chainsAt(first.ledger, [adas, ada[0]]);
        must(await ben0.ledger.receive(given.slice(0, arrived)));
      }
      const kept = await chainsAt(first.ledger, [adas, ada[0]]);
      const cuts = restored ? cutsOf(first.ledger, ada[0]) : cutsOf(ben0.ledger, ada[0]);
      const vouched = cutsOf(ben0.ledger, ben);
      await first.ledger.close();
      await ben0.ledger.close();

      // They have met again.
      const hersNow: HouseRules = {
        me: ada[1],
        selves: [{ device: ada[0].device, secret: restored ? ada[0].secret : undefined }],
        roster: [formerSelf(ada[0], cuts), holderDevice(ben, vouched)],
      };
      const hisNow: HouseRules = {
        me: ben,
        roster: [goneDevice(ada[0], cuts), rosterEntry(ada[1])],
      };
      const disk = restored ? disks.ada : createMemoryDisk();
      let back = await open("ben", hisNow, disks.ben.start().carried);
      let hers = await open("ada", hersNow, disk.start().carried);
      const fromHim = await chainsAt(back.ledger, [adas, ada[0]], [bens, ben], [ours, ben]);
      const order = shuffled(fromHim, seed);
      must(await hers.ledger.receive(order.slice(0, early)));
      await writePage(hers.ledger, adas, one, ["since"]);
      for (const envelope of order.slice(early)) must(await hers.ledger.receive([envelope]));
      await writePage(hers.ledger, adas, two, ["since"]);
      if (withdraws) must(await hers.ledger.redact(linesOfPage(hers.ledger, adas, ada[0], two)));
      await writePage(hers.ledger, adas, one, ["at last"]);

      // All of it in any order, with whatever happens in between.
      const fromHer = await chainsAt(hers.ledger, [adas, ada[0]], [adas, ada[1]]);
      for (const [turn, envelope] of shuffled(fromHer, seed + 1).entries()) {
        const event = between[turn % between.length];
        if (event === "refusedPut") disks.ben.failNext("put", "DISK_FULL");
        if (event === "restart" || event === "rebuild") {
          await back.ledger.close();
          if (event === "rebuild") must(await disks.ben.start().carried.cache.clear());
          back = await open("ben", hisNow, disks.ben.start().carried);
        }
        await back.ledger.receive([envelope]);
      }
      disks.ben.makeRoom();
      must(await back.ledger.receive(fromHer));
      const [hersSays, hisSays] = [
        await stateOf(house, hers, pages),
        await stateOf(house, back, pages),
      ];
      expect(headsOf(back.ledger)).toEqual(headsOf(hers.ledger));
      expect(hisSays).toMatchObject({ lines: (hersSays as { lines: unknown }).lines });
      expect(hers.ledger.isFrozen() || back.ledger.isFrozen()).toBe(false);
      expect([hers.troubles, back.troubles.filter((code) => code !== "DISK_FULL")]).toEqual([
        [],
        [],
      ]);

      // Ada's own of before came back exactly where this computer did not have them.
      const old = restored ? [] : kept.slice(0, cuts.get(adas.id) ?? 0);
      const cameBack = hers.digested.filter((message) => message.cameBack);
      expect(cameBack).toHaveLength(old.length);

      await hers.ledger.close();
      await back.ledger.close();
      must(await disk.start().carried.cache.clear());
      must(await disks.ben.start().carried.cache.clear());
      hers = await open("ada", hersNow, disk.start().carried);
      back = await open("ben", hisNow, disks.ben.start().carried);
      expect(await stateOf(house, hers, pages)).toEqual(hersSays);
      expect(await stateOf(house, back, pages)).toEqual(hisSays);
      expect([hers.troubles, back.troubles.filter((code) => code !== "CACHE_DAMAGED")]).toEqual([
        [],
        [],
      ]);
      await hers.ledger.close();
      await back.ledger.close();
    }),
    { numRuns: 40 },
  );
}, 180_000);
