import { beforeAll, describe, expect, test } from "vitest";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Carrier } from "../../shared/carry/carrier.ts";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { createDelivery } from "../../shared/journal/travel/delivery.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, sharedCards, shareEntry } from "../support/twoPartners.ts";
import { bulkyPage, createPair } from "./ledgerKit.ts";
import { entryOf } from "./guardPages.ts";

beforeAll(loadSodium);

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A carrier that only counts how many documents it carries now. */
const countingCarrier = () => {
  const carried = new Set<object>();
  let most = 0;
  const carrier: Carrier = {
    name: "memory",
    carry: (doc) => {
      carried.add(doc);
      most = Math.max(most, carried.size);
      return {
        stop: async () => {
          await settle();
          carried.delete(doc);
        },
      };
    },
  };
  return { carrier, now: () => carried.size, most: () => most };
};

const openDelivery = async (seed: number) => {
  const pair = createPair(seed);
  const clock = createManualClock(1_790_000_000_000);
  const shelf = await pair.open("anna", createMemoryDisk().start().carried);
  const delivery = createDelivery({
    shelf: () => shelf,
    clock,
    random: seededRandom(seed),
    atOnce: () => true,
    onTrouble: () => {},
  });
  await delivery.start();
  const toSam = (carrier: Carrier) => [{ peer: shelf.chains.partner, carrier }];
  return { pair, clock, shelf, delivery, toSam };
};

describe("what carries", () => {
  test("is stopped for good once the journal is locked, even where it was just being changed", async () => {
    const { delivery, clock, toSam } = await openDelivery(1);
    const { carrier, now } = countingCarrier();
    const changing = delivery.carryWith(toSam(carrier));
    await delivery.stop();
    await changing;
    clock.advance(120_000);
    await settle();
    expect(now()).toBe(0);
    await delivery.carryWith(toSam(carrier));
    expect(now()).toBe(0);
    expect(clock.waiting()).toBe(0);
  });

  test("is never two at once, however quickly the settings change", async () => {
    const { delivery, toSam } = await openDelivery(2);
    const { carrier, now, most } = countingCarrier();
    await Promise.all([1, 2, 3, 4].map(() => delivery.carryWith(toSam(carrier))));
    expect(now()).toBe(1);
    expect(most()).toBe(1);
    await delivery.stop();
    expect(now()).toBe(0);
  });

  test("is given no more at one time than the window, and the rest as acknowledgements come", async () => {
    const { delivery, shelf, pair, toSam } = await openDelivery(3);
    for (let count = 0; count < 70; count++)
      must(await shelf.write(newId<PageId>(pair.random), "begin", bulkyPage(400_000, count)));
    let size = 0;
    const carrier: Carrier = {
      name: "memory",
      carry: (doc) => {
        const entries = doc.getMap<Uint8Array>(airlockMap);
        entries.observe(() => {
          size = [...entries.values()].reduce((sum, { length }) => sum + length, 0);
        });
        return { stop: async () => {} };
      },
    };
    await delivery.carryWith(toSam(carrier));
    for (let count = 0; count < 20; count++) await settle();
    expect(size).toBeGreaterThan(20 * 1024 * 1024);
    expect(size).toBeLessThan(26 * 1024 * 1024);
    await delivery.stop();
  }, 60_000);
});

describe("acknowledging", () => {
  test("comes to an end: after the words of both have arrived, nothing more is sent", async () => {
    const { anna, sam, link, settle: settleAll } = await createTwoPartners({ seed: 11 });
    for (let count = 0; count < 5; count++) {
      await shareEntry(anna.journal(), `a${count}`);
      await shareEntry(sam.journal(), `s${count}`);
      await settleAll(1);
    }
    await settleAll(20);
    let sent = 0;
    link.tamper((update) => {
      sent += 1;
      return update;
    });
    await settleAll(120);
    expect(sent).toBe(0);
    expect(anna.journal().sync.read().state).toBe("upToDate");
    expect(sam.journal().sync.read().state).toBe("upToDate");
  });

  test("comes to an end over many evenings too: restarts alone make no traffic", async () => {
    const { anna, sam, link, settle: settleAll } = await createTwoPartners({ seed: 12 });
    await shareEntry(anna.journal(), "words");
    await settleAll(5);
    let bytes = 0;
    link.tamper((update) => {
      bytes += update.length;
      return update;
    });
    for (let evening = 0; evening < 40; evening++) {
      await (evening % 2 === 0 ? anna : sam).lock();
      await (evening % 2 === 0 ? anna : sam).open();
      await settleAll(4);
    }
    const before = bytes;
    for (let evening = 0; evening < 10; evening++) {
      await anna.lock();
      await anna.open();
      await settleAll(4);
    }
    expect(bytes - before).toBeLessThan(10 * 2_000);
  });

  test("does not happen for what the disk refused, and the words come in by themselves once there is room", async () => {
    const partner = await createHostilePartner({ seed: 13 });
    partner.disk.failNext("put", "DISK_FULL", 2);
    partner.send({ kind: "snapshot", body: entryOf("words for a full disk", 5) });
    await partner.settle(4);
    expect(sharedCards(partner.journal())).toEqual([]);
    expect(
      partner
        .journal()
        .troubles.read()
        .map(({ code }) => code),
    ).toContain("DISK_FULL");
    await partner.settle(20);
    expect(sharedCards(partner.journal())).toMatchObject([{ excerpt: "words for a full disk" }]);
  });
});

test("a link that loses, repeats and breaks what it carries loses no word", async () => {
  const { anna, sam, link, settle: settleAll } = await createTwoPartners({ seed: 14 });
  let count = 0;
  link.tamper((update) => {
    count += 1;
    if (count % 5 === 0) return undefined;
    if (count % 3 === 0) return [update, update];
    return count % 7 === 0 ? update.slice(0, -3) : update;
  });
  for (let evening = 0; evening < 6; evening++) {
    await shareEntry(anna.journal(), `anna ${evening}`);
    await shareEntry(sam.journal(), `sam ${evening}`);
    await settleAll(3);
    link.cut();
    await settleAll(2);
    link.heal();
  }
  link.tamper(undefined);
  link.cut();
  await settleAll(2);
  link.heal();
  await settleAll(90);
  for (const { journal } of [anna, sam]) expect(sharedCards(journal()).length).toBe(12);
});
