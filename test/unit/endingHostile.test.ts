import { beforeAll, describe, expect, test } from "vitest";
import { noPage } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createHostilePartner, type HostilePartner } from "../support/hostilePartner.ts";
import { must, shareEntry, sharedCards } from "../support/twoPartners.ts";
import { entryOf } from "./guardPages.ts";
import { dayMs } from "./endingKit.ts";

beforeAll(loadSodium);

const last = { kind: "control", page: noPage, body: Uint8Array.of(2) } as const;
const entry = (words: string) => ({ kind: "snapshot" as const, body: entryOf(words, 5) });

const state = (partner: HostilePartner) => partner.journal().ending.state.read();
const excerpts = (partner: HostilePartner): readonly string[] =>
  sharedCards(partner.journal())
    .map(({ excerpt }) => excerpt)
    .toSorted();

describe("a partner with a changed app", () => {
  test("who sends a last message, again and again, has it said once and deletes nothing", async () => {
    const partner = await createHostilePartner({ seed: 331 });
    await shareEntry(partner.journal(), "amber words");
    partner.send(entry("cobalt words"), last, last, entry("and on"), last);
    await partner.settle();
    expect(state(partner)).toMatchObject({ state: "together", partnerEnded: {} });
    expect(excerpts(partner)).toEqual(["amber words", "and on", "cobalt words"]);
    partner.clock.advance(60 * dayMs);
    await partner.settle();
    await partner.lock();
    await partner.open();
    expect(excerpts(partner)).toEqual(["amber words", "and on", "cobalt words"]);
    expect(partner.journal().partner.read()).toEqual({ name: "Sam" });
  });

  test.each([
    ["names a page of mine", (mine: string) => ({ ...last, page: mine as typeof noPage })],
    ["has another body", () => ({ ...last, body: Uint8Array.of(2, 0) })],
    ["is of another kind", () => ({ ...last, kind: "update" as const })],
    ["stands in the common notebook", () => ({ ...last, notebook: "ours" as const })],
    ["stands in my notebook", () => ({ ...last, notebook: "mine" as const })],
  ])("says nothing by a message that %s", async (_, make) => {
    const partner = await createHostilePartner({ seed: 332 });
    const mine = await shareEntry(partner.journal(), "amber words");
    partner.send(make(mine));
    await partner.settle();
    expect(state(partner)).toEqual({ state: "together", partnerEnded: undefined });
    expect(excerpts(partner)).toEqual(["amber words"]);
  });

  test("whose clock cannot be right has no day said for it", async () => {
    const partner = await createHostilePartner({ seed: 333 });
    partner.send({ ...last, time: partner.clock.now() + 900 * dayMs });
    await partner.settle();
    expect(state(partner)).toEqual({ state: "together", partnerEnded: { day: undefined } });
  });

  test("cannot say it in my name to make my own app end", async () => {
    const partner = await createHostilePartner({ seed: 334 });
    partner.send({ ...last, device: partner.anna, notebook: "mine" });
    await partner.settle();
    await partner.lock();
    await partner.open();
    await partner.settle(20);
    expect(state(partner)).toEqual({ state: "together", partnerEnded: undefined });
  });

  test("lays words on this disk after the ending: they are not read, not even where the cache is made anew", async () => {
    const partner = await createHostilePartner({ seed: 335 });
    await shareEntry(partner.journal(), "amber words");
    partner.send(entry("cobalt words"));
    await partner.settle();
    const ending = partner.journal().ending.end({ tell: false, theirWords: "keep" });
    await partner.settle(3);
    must(await ending);
    await partner.lock();
    const forged = [
      partner.write(entry("laid there later")),
      partner.write({ ...entry("laid in my name"), notebook: "mine", device: partner.anna }),
      partner.write({ ...entry("laid in the first place"), seq: 1 }),
    ];
    const volume = must(await partner.disk.start().carried.volumes.open(1));
    must(await volume.put(forged));
    await volume.close();
    for (const damaged of [false, true]) {
      if (damaged) must(await partner.disk.start().carried.cache.clear());
      await partner.open();
      expect(excerpts(partner)).toEqual(["amber words", "cobalt words"]);
      await partner.lock();
    }
  });
});

test.each([
  { tell: false, says: "nothing at all" },
  { tell: true, says: "what was held, and the last message" },
])("an ending with telling $tell puts $says where a carrier could take it", async ({ tell }) => {
  const partner = await createHostilePartner({ seed: 337 });
  must(await partner.journal().changeSettings({ sendsAtOnce: false }));
  await partner.settle(2);
  await shareEntry(partner.journal(), "held back for some seconds");
  const before = [...partner.wire.offered.keys()];
  const ending = partner.journal().ending.end({ tell, theirWords: "later" });
  await partner.settle(40);
  must(await ending);
  expect(partner.wire.offered.size > before.length).toBe(tell);
  expect(
    partner
      .heard()
      .some(({ header, payload }) => header.kind === "control" && payload.body[0] === 2),
  ).toBe(tell);
});

test("what was withdrawn before the ending does not come back by it, and what follows it is still there", async () => {
  const partner = await createHostilePartner({ seed: 336 });
  const page = partner.newPage();
  partner.send({ ...entry("cobalt regret"), page }, entry("cobalt words"));
  partner.send({ ...last, page, body: Uint8Array.of(1) }, entry("cobalt end"));
  await partner.settle();
  const ending = partner.journal().ending.end({ tell: false, theirWords: "keep" });
  await partner.settle(3);
  must(await ending);
  for (const damaged of [false, true]) {
    await partner.lock();
    if (damaged) must(await partner.disk.start().carried.cache.clear());
    await partner.open();
    expect(excerpts(partner)).toEqual(["", "cobalt end", "cobalt words"]);
  }
});
