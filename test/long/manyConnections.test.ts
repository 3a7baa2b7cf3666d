import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { resolve } from "node:path";
import type { CDPSession, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../shared/base/clock.ts";
import { newId, type DeviceId } from "../../shared/base/ids.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { createAirlock } from "../../shared/carry/airlock.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { envelopeKey, type CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { mailboxKeysOf } from "../../shared/people/mailboxKeys.ts";
import { createMailboxCarrier } from "../../renderer/carriers/mailbox/mailboxCarrier.ts";
import { startRendezvous } from "../../server/rendezvous.ts";
import { launchChromium, serveModule } from "../support/chromium.ts";
import { runMailboxHouse } from "../support/mailboxHouse.ts";
import { nodeSocket } from "../support/mailboxStock.ts";
import type { ManyConnectionsPage, Who } from "./manyConnectionsPage.ts";

declare const many: ManyConnectionsPage;

/** The two meet, a word goes across, they part: as often as in a year of evenings. What one leaves behind, 180 show. */
const [early, late] = [20, 200];

/** Bytes of a year that nobody misses; a leak of one connection's smallest part is more. */
const mostForEach = 2_048;

test(
  "two hundred meetings leave no more behind than twenty, in the browser",
  { timeout: 900_000 },
  async () => {
    const [served, browser] = await Promise.all([
      serveModule(resolve(import.meta.dirname, "manyConnectionsPage.ts")),
      launchChromium(),
    ]);
    const rendezvous = await startRendezvous({
      host: "127.0.0.1",
      port: 0,
      clock: systemClock,
      log: () => {},
    });
    if (!rendezvous.ok) throw new Error(rendezvous.code);
    onTestFinished(async () => {
      await browser.close();
      await Promise.all([served.close(), rendezvous.value.stop()]);
    });
    const sit = async (who: Who): Promise<{ page: Page; session: CDPSession }> => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(served.origin);
      await page.waitForFunction(() => "many" in globalThis);
      await page.evaluate(([name, address]) => many.sitDown(name, address), [
        who,
        rendezvous.value.addresses[0] ?? "",
      ] as const);
      const session = await page.context().newCDPSession(page);
      await session.send("Performance.enable");
      return { page, session };
    };
    const two = await Promise.all([sit("ada"), sit("ben")]);
    const [ada, ben] = two;
    const each = (run: (page: Page) => Promise<unknown>) =>
      Promise.all(two.map(({ page }) => run(page)));

    const meetAndPart = async (): Promise<void> => {
      await each((page) => page.evaluate(() => many.carry()));
      await Promise.all([
        ada.page.evaluate(() => many.put("a word")),
        ben.page.evaluate(() => many.arrived()),
      ]);
      await each((page) => page.evaluate(() => many.stop()));
    };
    const cycles = { done: 0 };
    const until = async (wanted: number) => {
      for (; cycles.done < wanted; cycles.done++) await meetAndPart();
      // A goodbye has a second; timers that an end should have cleared would run out by then.
      await new Promise((over) => setTimeout(over, 12_000));
      return Promise.all(two.map(({ session }) => weigh(session)));
    };

    const before = await until(early);
    const after = await until(late);
    for (const [index, who] of (["ada", "ben"] as const).entries()) {
      const [first, last] = [before[index], after[index]];
      if (first === undefined || last === undefined) throw new Error("not weighed");
      const perMeeting = (last.JSHeapUsedSize - first.JSHeapUsedSize) / (late - early);
      console.log(
        `${who}: ${first.JSHeapUsedSize} bytes of heap after ${early}, ${last.JSHeapUsedSize} after ${late} ` +
          `(${perMeeting.toFixed(0)} for each), ${last.connections} connections, ${last.JSEventListeners} listeners ` +
          `(${first.JSEventListeners}), ${last.Nodes} nodes (${first.Nodes})`,
      );
      expect(last.connections).toBe(0);
      expect(last.channels).toBe(0);
      expect(last.JSEventListeners).toBeLessThanOrEqual(first.JSEventListeners + 5);
      expect(last.Nodes).toBeLessThanOrEqual(first.Nodes + 5);
      expect(perMeeting).toBeLessThan(mostForEach);
    }
  },
);

type Weight = Record<
  "JSHeapUsedSize" | "JSEventListeners" | "Nodes" | "connections" | "channels",
  number
>;

const weigh = async (session: CDPSession): Promise<Weight> => {
  for (let time = 0; time < 3; time++) await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const read = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return {
    JSHeapUsedSize: read("JSHeapUsedSize"),
    JSEventListeners: read("JSEventListeners"),
    Nodes: read("Nodes"),
    connections: await aliveOf(session, "RTCPeerConnection"),
    channels: await aliveOf(session, "RTCDataChannel"),
  };
};

/** How many of them there are, closed or not. */
const aliveOf = async (session: CDPSession, name: string): Promise<number> => {
  const { result } = await session.send("Runtime.evaluate", { expression: `${name}.prototype` });
  const { objects } = await session.send("Runtime.queryObjects", {
    prototypeObjectId: result.objectId ?? "",
  });
  const { result: count } = await session.send("Runtime.callFunctionOn", {
    objectId: objects.objectId ?? "",
    functionDeclaration: "function () { return this.length; }",
    returnByValue: true,
  });
  await session.send("Runtime.releaseObject", { objectId: objects.objectId ?? "" });
  return count.value as number;
};

test(
  "two hundred evenings with a mailbox leave no more behind than twenty, here and at the mailbox",
  { timeout: 900_000 },
  async () => {
    await loadSodium();
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const house = await runMailboxHouse();
    onTestFinished(house.stop);
    const keys = mailboxKeysOf(systemRandom(32));
    const [adas, bens] = [newId<DeviceId>(systemRandom), newId<DeviceId>(systemRandom)];
    const sit = (me: DeviceId, partner: DeviceId) =>
      createMailboxCarrier({
        address: house.address,
        keys,
        me,
        partner,
        clock: systemClock,
        random: systemRandom,
        WebSocket: nodeSocket,
      });
    const meetAndPart = async (): Promise<void> => {
      const envelope = systemRandom(700) as CarriedEnvelope;
      const key = envelopeKey(envelope);
      let come = (): void => {};
      const arrived = new Promise<void>((done) => {
        come = done;
      });
      const from = createAirlock({ receive: () => {}, abandon: () => {} });
      const to = createAirlock({
        receive: (some) => {
          if (some.some((one) => one.key === key)) come();
        },
        abandon: () => {},
      });
      // New ones each time, as a journal that opens makes them: one that parts so soon would wait longer and longer.
      const carrying = [
        sit(adas, bens).carry(from.doc, () => {}),
        sit(bens, adas).carry(to.doc, () => {}),
      ];
      from.offer([{ key, envelope }]);
      await arrived;
      // Acknowledged: it is on its way out of the mailbox when they part.
      from.release([key]);
      await Promise.all(carrying.map((one) => one.stop()));
      for (const airlock of [from, to]) {
        airlock.close();
        airlock.doc.destroy();
      }
    };
    const heapAfter = async (from: number, to: number): Promise<number> => {
      for (let done = from; done < to; done++) await meetAndPart();
      await new Promise((over) => setTimeout(over, 5_000));
      for (let time = 0; time < 3; time++) {
        collect();
        await new Promise((over) => setTimeout(over, 50));
      }
      return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    };
    const before = await heapAfter(0, early);
    const after = await heapAfter(early, late);
    const perMeeting = (after - before) / (late - early);
    console.log(`${before} bytes after ${early}, ${after} after ${late}: ${perMeeting.toFixed(0)}`);
    expect(perMeeting).toBeLessThan(4 * mostForEach);
  },
);
