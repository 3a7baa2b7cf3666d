import { beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { airlockMap, type Carrier } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createDelivery } from "../../shared/journal/travel/delivery.ts";
import { createManualClock } from "../support/manualClock.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { must } from "../support/twoPartners.ts";
import { bulkyPage, createPair, writeEntry } from "./ledgerKit.ts";

beforeAll(loadSodium);

const settle = async (): Promise<void> => {
  for (let count = 0; count < 30; count++) await new Promise((resolve) => setImmediate(resolve));
};

/** A partner who takes what is offered and acknowledges nothing. */
const openOffer = async (seed: number) => {
  const pair = createPair(seed);
  const clock = createManualClock(1_790_000_000_000);
  const anna = await pair.open("anna", createMemoryDisk().start().carried);
  const troubles: string[] = [];
  const delivery = createDelivery({
    shelf: () => anna,
    clock,
    random: seededRandom(seed),
    atOnce: () => true,
    onTrouble: (code) => troubles.push(code),
  });
  await delivery.start();
  const docs: Y.Doc[] = [];
  const sent: Uint8Array[] = [];
  const carrier: Carrier = {
    name: "memory",
    carry: (doc) => {
      docs.push(doc);
      doc.on("update", (update: Uint8Array) => sent.push(update));
      return { stop: async () => {} };
    },
  };
  const offered = (): ReadonlyMap<string, Uint8Array> =>
    new Map(docs.at(-1)?.getMap<Uint8Array>(airlockMap).entries());
  const linesOf = (page: PageId) =>
    anna.ledger
      .linesOf(anna.chains.mine, anna.chains.me)
      .filter((line) => line.page === page && line.kind !== "redaction");
  return { pair, anna, delivery, carrier, offered, sent, linesOf, troubles };
};

describe("words that were withdrawn before the partner had them", () => {
  test("are taken out of what is offered, and their redaction is in it", async () => {
    const { pair, anna, delivery, carrier, offered, linesOf, troubles } = await openOffer(1);
    const [stays, gone] = [newId<PageId>(pair.random), newId<PageId>(pair.random)];
    await writeEntry(anna, stays, "stays", 2);
    await writeEntry(anna, gone, "gone", 2);
    await delivery.carryWith([{ peer: anna.chains.partner, carrier }]);
    await settle();
    expect(offered().size).toBe(6);
    must(await anna.ledger.redact(linesOf(gone)));
    delivery.wrote();
    await settle();
    const keys = anna.ledger
      .ownAfter(anna.chains.mine, 0)
      .filter(({ redacted }) => !redacted)
      .map(({ key }) => key);
    expect([...offered().keys()].toSorted()).toEqual([...keys].toSorted());
    expect(keys).toHaveLength(4);
    expect(troubles).toEqual([]);
    await delivery.stop();
  });

  test("are not offered at all to who is met later, and no trouble is told", async () => {
    const { pair, anna, delivery, carrier, offered, sent, linesOf, troubles } = await openOffer(2);
    const gone = newId<PageId>(pair.random);
    await writeEntry(anna, gone, "gone", 2);
    const envelopes = await Promise.all(linesOf(gone).map(anna.ledger.envelopeOf));
    must(await anna.ledger.redact(linesOf(gone)));
    await writeEntry(anna, newId<PageId>(pair.random), "after", 1);
    await delivery.carryWith([{ peer: anna.chains.partner, carrier }]);
    await settle();
    expect(offered().size).toBe(3);
    for (const envelope of envelopes)
      for (const update of sent)
        expect(Buffer.from(update).includes(Buffer.from(must(envelope).subarray(0, 64)))).toBe(
          false,
        );
    expect(troubles).toEqual([]);
    const sam = await pair.open("sam", createMemoryDisk().start().carried);
    must(await sam.ledger.receive([...offered().values()]));
    expect(sam.ledger.linesOf(sam.chains.theirs, sam.chains.partner)).toHaveLength(6);
    await delivery.stop();
  });

  test("keep nobody waiting: their redaction goes ahead of a window full of later words", async () => {
    const { pair, anna, delivery, carrier, offered, linesOf } = await openOffer(3);
    const gone = newId<PageId>(pair.random);
    await writeEntry(anna, gone, "gone", 1);
    for (let count = 0; count < 70; count++)
      must(await anna.write(newId<PageId>(pair.random), "begin", bulkyPage(400_000, count)));
    must(await anna.ledger.redact(linesOf(gone)));
    await delivery.carryWith([{ peer: anna.chains.partner, carrier }]);
    await settle();
    const redaction = anna.ledger.ownAfter(anna.chains.mine, 0).at(-1);
    expect(redaction?.kind).toBe("redaction");
    expect(offered().has(redaction?.key ?? "")).toBe(true);
    expect(offered().size).toBeLessThan(70);
    const sam = await pair.open("sam", createMemoryDisk().start().carried);
    must(await sam.ledger.receive([...offered().values()].toReversed()));
    expect(sam.ledger.heads()).toMatchObject([{ seq: 2 + offered().size - 1 }]);
    await delivery.stop();
  }, 60_000);
});
