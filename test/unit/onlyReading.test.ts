import { beforeAll, expect, test } from "vitest";
import { capsuleRootOf } from "../../shared/carry/capsule/head.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Message } from "../../shared/envelope/message.ts";
import { createHostilePartner, type HostilePartner } from "../support/hostilePartner.ts";
import { must, sharedCards } from "../support/twoPartners.ts";
import { crkOf, sealRecords, takeFile, writeFile } from "./capsuleKit.ts";
import { entryOf } from "./guardPages.ts";

beforeAll(loadSodium);

/** Looks at everything there is, as somebody does who writes nothing. */
const readAll = async (partner: HostilePartner): Promise<void> => {
  const journal = partner.journal();
  for (const { id } of sharedCards(journal)) {
    const page = must(await journal.openPage(id));
    await partner.settle(30);
    must(await journal.openHistory(id)).close();
    await page.close();
  }
  await journal.find("words");
};

const noonOf = (time: number): number => new Date(time).setHours(12, 0, 0, 0);

const areBare = (partner: HostilePartner, said: readonly Message[]): void => {
  for (const { header } of said) {
    expect(header.kind).toBe("ack");
    expect(header.time).toBe(noonOf(partner.clock.now()));
  }
};

test("who only opens and reads sends word of what arrived, dated with the day, and nothing for the reading", async () => {
  const partner = await createHostilePartner({ seed: 95 });
  for (let n = 0; n < 3; n++) {
    partner.send({ page: partner.newPage(), kind: "snapshot", body: entryOf(`words ${n}`, 5 + n) });
    await partner.settle(2);
  }
  expect(sharedCards(partner.journal())).toHaveLength(3);
  const arrived = partner.heard();
  expect(arrived.length).toBeGreaterThan(0);
  areBare(partner, arrived);
  await readAll(partner);
  await partner.settle(600);
  expect(partner.heard()).toHaveLength(arrived.length);
});

test("nor does what comes in a file: neither the connection nor the next file tells of reading it", async () => {
  const partner = await createHostilePartner({ seed: 96 });
  const root = capsuleRootOf(crkOf(96));
  const { envelope } = partner.write({
    page: partner.newPage(),
    kind: "snapshot",
    body: entryOf("words", 5),
  });
  const file = await sealRecords(root, [
    { type: "heads", writer: partner.sam, heads: [] },
    { type: "envelope", envelope },
    { type: "end", envelopes: 1, chunks: 0 },
  ]);
  must(await takeFile(partner.journal(), file));
  await partner.settle(30);
  const arrived = partner.heard();
  areBare(partner, arrived);
  const before = await writeFile(partner.journal());
  await partner.settle(30);
  const word = partner.heard();
  await readAll(partner);
  await partner.settle(600);
  const after = await writeFile(partner.journal());
  await partner.settle(30);
  expect(partner.heard()).toEqual(word);
  areBare(partner, word);
  expect(after.length).toBe(before.length);
});
