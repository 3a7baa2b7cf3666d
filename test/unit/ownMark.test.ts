import { beforeAll, expect, test } from "vitest";
import { idFrom, type MessageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createOwnMarks } from "../../shared/ledger/ownMark.ts";
import type { MemoryDisk } from "../support/memoryStores.ts";
import {
  createHostilePartner,
  type HostilePartner,
  type Written,
} from "../support/hostilePartner.ts";
import { must, sharedCards, shareEntry } from "../support/twoPartners.ts";
import { entryOf } from "./guardPages.ts";

beforeAll(loadSodium);

const layOnDisk = async (
  disk: MemoryDisk,
  { key, envelope }: Written,
  own?: Uint8Array,
): Promise<void> => {
  const volume = must(await disk.start().carried.volumes.open(1));
  must(await volume.put([{ key, envelope, own }]));
  await volume.close();
};

const mine = ({ journal }: HostilePartner): readonly string[] =>
  sharedCards(journal())
    .filter(({ author }) => author === "me")
    .map(({ excerpt }) => excerpt);

const loseCache = async (disk: MemoryDisk): Promise<void> => {
  const { cache } = disk.start().carried;
  must(await cache.clear());
  await cache.close();
};

test("words laid on my disk in my name, with the partner's keys, are not taken for mine", async () => {
  const partner = await createHostilePartner({ seed: 41 });
  await partner.lock();
  const forged = partner.write({
    device: partner.anna,
    notebook: "mine",
    kind: "snapshot",
    body: entryOf("I never said this", 9),
  });
  await layOnDisk(partner.disk, forged);
  await partner.open();
  expect(mine(partner)).toEqual([]);
  expect(
    partner
      .journal()
      .troubles.read()
      .map(({ code }) => code),
  ).toContain("NO_TAG");
  await partner.lock();
  await layOnDisk(
    partner.disk,
    partner.write({
      device: partner.anna,
      notebook: "mine",
      kind: "snapshot",
      body: entryOf("nor this", 9),
    }),
    new Uint8Array(32),
  );
  await partner.open();
  expect(mine(partner)).toEqual([]);
});

test("my own words are still mine after the cache is lost", async () => {
  const partner = await createHostilePartner({ seed: 42 });
  await shareEntry(partner.journal(), "I said this");
  await partner.lock();
  await loseCache(partner.disk);
  await partner.open();
  expect(mine(partner)).toEqual(["I said this"]);
});

test("a mark says one thing of one message, to whoever has this disk's key and nobody else", () => {
  const [mine, other] = [1, 2].map((fill) => createOwnMarks(new Uint8Array(32).fill(fill)));
  const [one, two] = [3, 4].map((fill) => idFrom<MessageId>(new Uint8Array(32).fill(fill)));
  if (mine === undefined || other === undefined || one === undefined || two === undefined)
    throw new Error("nothing to mark");
  expect(mine.read(one, mine.make(one))).toBe("own");
  expect(mine.read(one, mine.makeVouched(one))).toBe("vouched");
  for (const mark of [mine.make(two), mine.makeVouched(two), other.make(one), new Uint8Array(5)])
    expect(mine.read(one, mark)).toBe(undefined);
  expect(mine.read(one, other.makeVouched(one))).toBe(undefined);
  expect(mine.read(one, undefined)).toBe(undefined);
});
