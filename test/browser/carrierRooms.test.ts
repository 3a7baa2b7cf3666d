import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Rendezvous } from "../../server/rendezvous.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { meetingKeysOf } from "../../shared/people/space.ts";
import { startHalfOpen } from "./carrierHalfOpen.ts";
import { type Computer, rootOf } from "./carrierRooms.ts";
import type { CarrierRoomsPage } from "./carrierRoomsPage.ts";
import { openDesks, type Desk, type Desks } from "./harness/desks.ts";
import { startRendezvousHere } from "./harness/rendezvous.ts";

declare const twofold: CarrierRoomsPage;

let desks: Desks;
let rendezvous: Rendezvous;
beforeAll(async () => {
  await loadSodium();
  [desks, rendezvous] = await Promise.all([
    openDesks(resolve(import.meta.dirname, "carrierRoomsPage.ts")),
    startRendezvousHere(),
  ]);
});
afterAll(async () => {
  await desks?.close();
  await rendezvous?.stop();
});

const sitDown = async (me: Computer, others: readonly Computer[]): Promise<Desk> => {
  const desk = await desks.open();
  await desk.page.evaluate(([me, others, addresses]) => twofold.sitDown(me, others, addresses), [
    me,
    others,
    rendezvous.addresses,
  ] as const);
  return desk;
};
const carry = ({ page }: Desk, other: Computer) =>
  page.evaluate((other) => twofold.with(other).carry(), other);
const stop = ({ page }: Desk, other: Computer) =>
  page.evaluate((other) => twofold.with(other).stop(), other);
const put = ({ page }: Desk, other: Computer, words: string) =>
  page.evaluate(([other, words]) => twofold.with(other).putText("words", words), [
    other,
    words,
  ] as const);
const reads = ({ page }: Desk, other: Computer, words: string, timeout = 20_000) =>
  expect
    .poll(() => page.evaluate((other) => twofold.with(other).readText("words"), other), {
      timeout,
      interval: 50,
    })
    .toBe(words);

test(
  "a partner’s changed app that begins connection after connection keeps a person’s two computers not apart",
  { timeout: 180_000 },
  async () => {
    const laptop = await sitDown("laptop", ["partner", "desk"]);
    const desk = await sitDown("desk", ["laptop"]);
    const changed = await Promise.all(
      Array.from({ length: 4 }, () =>
        startHalfOpen({
          address: rendezvous.addresses[0] ?? "",
          root: rootOf("laptop", "partner"),
          alsoIn: meetingKeysOf(rootOf("laptop", "desk")).topic,
        }),
      ),
    );
    await carry(laptop, "partner");
    await carry(laptop, "desk");
    const begun = () => changed.reduce((sum, one) => sum + one.begun(), 0);
    // By then it has taken what place there is in that room, and takes each that becomes free.
    await expect.poll(begun, { timeout: 30_000 }).toBeGreaterThan(40);
    for (let round = 0; round < 4; round++) {
      await carry(desk, "laptop");
      await put(laptop, "desk", `from the laptop ${round}`);
      await reads(desk, "laptop", `from the laptop ${round}`);
      await put(desk, "laptop", `from the desk ${round}`);
      await reads(laptop, "desk", `from the desk ${round}`);
      await stop(desk, "laptop");
    }
    for (const one of changed) one.stop();

    // Nothing of it stays: the same partner with an app like ours is met.
    const partner = await sitDown("partner", ["laptop"]);
    await carry(partner, "laptop");
    await put(partner, "laptop", "from the partner");
    await reads(laptop, "partner", "from the partner", 60_000);
    for (const one of [laptop, desk, partner]) {
      expect(one.faults()).toEqual([]);
      await one.close();
    }
  },
);
