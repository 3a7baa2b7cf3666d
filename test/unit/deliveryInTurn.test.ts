import { beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { idFrom, newId, noPage, type MessageId, type PageId } from "../../shared/base/ids.ts";
import { airlockMap, type Carrier, type CarrierEvent } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { encodeAck } from "../../shared/envelope/ack.ts";
import { createDelivery } from "../../shared/journal/travel/delivery.ts";
import type { SharedShelf } from "../../shared/journal/sharedShelf.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createPair, writeEntry } from "./ledgerKit.ts";

beforeAll(loadSodium);

const settle = async (): Promise<void> => {
  for (let count = 0; count < 30; count++) await new Promise((resolve) => setImmediate(resolve));
};

/** A disk that gives the words it is asked for only once it is let go. */
const slowDisk = (shelf: SharedShelf) => {
  let isHeld = false;
  let waiting: (() => void)[] = [];
  const slow: SharedShelf = {
    ...shelf,
    ledger: {
      ...shelf.ledger,
      envelopeOf: async (line) => {
        if (isHeld) await new Promise<void>((go) => void waiting.push(go));
        return shelf.ledger.envelopeOf(line);
      },
    },
  };
  return {
    slow,
    hold: () => {
      isHeld = true;
    },
    letGo: async () => {
      isHeld = false;
      const all = waiting;
      waiting = [];
      for (const go of all) go();
      await settle();
    },
  };
};

/** Anna has written three lines; whatever the test says, Sam says. */
const openOffer = async (seed: number) => {
  const pair = createPair(seed);
  const clock = createManualClock(1_790_000_000_000);
  const anna = await pair.open("anna", createMemoryDisk().start().carried);
  await writeEntry(anna, newId<PageId>(pair.random), "an entry", 2);
  const disk = slowDisk(anna);
  const { ledger, chains } = disk.slow;
  const delivery = createDelivery({
    ...{ shelf: () => disk.slow, clock, random: seededRandom(seed), atOnce: () => true },
    onTrouble: () => {},
  });
  await delivery.start();
  const carried: { readonly doc: Y.Doc; readonly tell: (event: CarrierEvent) => void }[] = [];
  const carrier: Carrier = {
    name: "memory",
    carry: (doc, tell) => {
      carried.push({ doc, tell });
      return { stop: async () => {} };
    },
  };
  const lines = () => ledger.linesOf(chains.mine, chains.me);
  return {
    ...{ anna, clock, delivery, disk, pair },
    begin: () => delivery.carryWith([{ peer: chains.partner, carrier }]),
    /** Numbers of Anna's lines that lie in the document which is carried now. */
    offered: (): readonly number[] => {
      const lying = carried.at(-1)?.doc.getMap<Uint8Array>(airlockMap);
      return lines().flatMap(({ key, seq }) => (lying?.has(key) === true ? [seq] : []));
    },
    breakOff: () => carried.at(-1)?.tell({ type: "parted", device: chains.partner }),
    /** Sam's ack comes, by whatever way. */
    hearThatSamHas: (seq: number) => {
      const heads = lines().slice(seq - 1, seq);
      delivery.admitted([
        {
          ...{ kind: "ack", notebook: chains.ours, device: chains.partner, seq: 1 },
          ...{ id: idFrom<MessageId>(pair.random(16)), page: noPage, body: encodeAck(heads) },
          ...{ time: clock.now(), doubtful: false, cameBack: false },
        },
      ]);
    },
  };
};

describe("an acknowledgement that comes while the words it is about are still being read from the disk", () => {
  test("is heeded: those words are not offered any more, by no way and for no while", async () => {
    const { begin, offered, disk, delivery, hearThatSamHas } = await openOffer(1);
    disk.hold();
    await begin();
    await settle();
    hearThatSamHas(2);
    await disk.letGo();
    expect(offered()).toEqual([3]);
    await delivery.stop();
  });

  test("and says that less is there than before has all of it offered again", async () => {
    const { anna, begin, offered, disk, delivery, pair, hearThatSamHas } = await openOffer(2);
    hearThatSamHas(3);
    await begin();
    await settle();
    expect(offered()).toEqual([]);
    await writeEntry(anna, newId<PageId>(pair.random), "one more", 1);
    disk.hold();
    delivery.wrote();
    await settle();
    hearThatSamHas(1);
    await disk.letGo();
    expect(offered()).toEqual([2, 3, 4, 5]);
    await delivery.stop();
  });
});

test("a document that takes the place of a broken one while words are being read holds all that waits", async () => {
  const { anna, begin, offered, disk, delivery, pair, clock, breakOff } = await openOffer(3);
  await begin();
  await settle();
  expect(offered()).toEqual([1, 2, 3]);
  await writeEntry(anna, newId<PageId>(pair.random), "one more", 1);
  disk.hold();
  delivery.wrote();
  await settle();
  breakOff();
  await settle();
  clock.advance(1_000);
  await settle();
  await disk.letGo();
  expect(offered()).toEqual([1, 2, 3, 4, 5]);
  await delivery.stop();
});
