import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../shared/base/clock.ts";
import { startRendezvous, type Rendezvous } from "../../server/rendezvous.ts";
import type { CarrierPage, Who } from "../browser/carrierPage.ts";
import { openDesks, type Desk, type Desks } from "../browser/harness/desks.ts";

declare const twofold: CarrierPage;

/** The cable is out for 20 s, which a connection that is left to itself does not survive (aim: 5 s after its return). */

let desks: Desks;
let rendezvous: Rendezvous;
beforeAll(async () => {
  desks = await openDesks(resolve(import.meta.dirname, "../browser/carrierPage.ts"));
  const started = await startRendezvous({
    host: "127.0.0.1",
    port: 0,
    clock: systemClock,
    log: () => {},
  });
  if (!started.ok) throw new Error(started.code);
  rendezvous = started.value;
}, 120_000);
afterAll(async () => {
  await desks?.close();
  await rendezvous?.stop();
});

const seat = async (who: Who): Promise<Desk> => {
  const desk = await desks.open();
  await desk.page.evaluate(([who, meetingPoints]) => twofold.sitDown(who, meetingPoints, 1), [
    who,
    [...rendezvous.addresses],
  ] as const);
  await desk.page.evaluate(() => twofold.desk().carry());
  return desk;
};
const countAt = ({ page }: Desk) => page.evaluate(() => twofold.desk().summary().count);
const cutFor = async (desk: Desk, ms: number): Promise<void> => {
  await desk.cutPackets(true);
  await new Promise((over) => setTimeout(over, ms));
  await desk.cutPackets(false);
};

test("words go on within 5 s of the network's return", { timeout: 400_000 }, async () => {
  const [ada, ben] = await Promise.all([seat("ada"), seat("ben")]);
  await ada.page.evaluate(() => twofold.desk().put({ name: "first", count: 1, bytes: 700 }));
  await expect.poll(() => countAt(ben), { timeout: 20_000 }).toBe(1);
  const took: number[] = [];
  for (let round = 0; round < 5; round++) {
    await cutFor(ada, 20_000);
    const from = performance.now();
    // What the journal does when it hears that the network is back (openJournal.ts, `onReturn`).
    await ada.page.evaluate(async () => {
      await twofold.desk().stop();
      twofold.desk().carry();
    });
    await ada.page.evaluate(
      (name) => twofold.desk().put({ name, count: 1, bytes: 700 }),
      `round-${round}`,
    );
    await expect.poll(() => countAt(ben), { timeout: 60_000, interval: 20 }).toBe(round + 2);
    took.push(performance.now() - from);
  }
  console.log(`after 20 s without network: ${took.map((ms) => ms.toFixed(0)).join(", ")} ms`);

  await rendezvous.stop();
  const again = await startRendezvous({
    host: "127.0.0.1",
    port: Number(new URL(rendezvous.addresses[0] ?? "").port),
    clock: systemClock,
    log: () => {},
  });
  if (!again.ok) throw new Error(again.code);
  rendezvous = again.value;
  const from = performance.now();
  await ada.page.evaluate(() => twofold.desk().put({ name: "after", count: 1, bytes: 700 }));
  await expect.poll(() => countAt(ben), { timeout: 60_000, interval: 20 }).toBe(7);
  console.log(`after the server began anew: ${(performance.now() - from).toFixed(0)} ms`);
  expect(Math.max(...took)).toBeLessThan(5_000);
});
