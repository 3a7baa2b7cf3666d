import { resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { CarrierCode, CarrierEvent } from "../../shared/carry/carrier.ts";
import type { Rendezvous } from "../../server/rendezvous.ts";
import { wholeSuite } from "../support/wholeSuite.ts";
import { type CarrierDesk, type CarrierPair, carrierSuite } from "../contract/carrier.suite.ts";
import type { CarrierPage, Who } from "./carrierPage.ts";
import { junkFor, startRogue } from "./carrierRogue.ts";
import { openDesks, type Desk, type Desks } from "./harness/desks.ts";
import { startRendezvousHere } from "./harness/rendezvous.ts";

declare const twofold: CarrierPage;

const canary = "the heron stood in the shallows and neither of us spoke";
const times = { meet: 20_000, heal: 60_000, bulk: 30_000 };

let desks: Desks;
let rendezvous: Rendezvous;
beforeAll(async () => {
  [desks, rendezvous] = await Promise.all([
    openDesks(resolve(import.meta.dirname, "carrierPage.ts")),
    startRendezvousHere(),
  ]);
});
afterAll(async () => {
  await desks?.close();
  await rendezvous?.stop();
});

type Seated = CarrierDesk & {
  readonly desk: Desk;
  readonly putText: (key: string, text: string) => Promise<void>;
  readonly readText: (key: string) => Promise<string | undefined>;
  readonly sendJunk: () => Promise<void>;
  readonly taps: () => Promise<ReturnType<CarrierPage["taps"]>>;
  readonly rendezvous: () => Promise<readonly boolean[]>;
  readonly troubles: () => Promise<readonly CarrierCode[]>;
  readonly inTouch: () => Promise<number>;
};

const seated: Seated[] = [];
/** Whoever was at a desk leaves without having met an uncaught error, or anyone but the configured meeting points. */
const leaveAll = async (meetingPoints: readonly string[]) => {
  for (const { desk, taps } of seated.splice(0)) {
    expect(desk.faults()).toEqual([]);
    const allowed = [desks.origin, ...meetingPoints].map((address) => new URL(address).origin);
    expect([...desk.contacted()].filter((origin) => !allowed.includes(origin))).toEqual([]);
    expect((await taps()).connections.every(({ iceServers }) => iceServers?.length === 0)).toBe(
      true,
    );
    await desk.close();
  }
};

const seat = async (who: Who, meetingPoints = rendezvous.addresses, hurry = 1): Promise<Seated> => {
  const desk = await desks.open();
  const { page } = desk;
  await page.evaluate(([who, meetingPoints, hurry]) => twofold.sitDown(who, meetingPoints, hurry), [
    who,
    [...meetingPoints],
    hurry,
  ] as const);
  const events = () => page.evaluate((): readonly CarrierEvent[] => twofold.desk().events());
  const one: Seated = {
    desk,
    carry: () => page.evaluate(() => twofold.desk().carry()),
    stop: () => page.evaluate(() => twofold.desk().stop()),
    put: (some) => page.evaluate((some) => twofold.desk().put(some), some),
    putText: (key, text) =>
      page.evaluate(([key, text]) => twofold.desk().putText(key, text), [key, text] as const),
    readText: (key) => page.evaluate((key) => twofold.desk().readText(key), key),
    sendJunk: () => page.evaluate(() => twofold.desk().sendJunk()),
    remove: (key) => page.evaluate((key) => twofold.desk().remove(key), key),
    overwrite: (key) => page.evaluate((key) => twofold.desk().overwrite(key), key),
    summary: () => page.evaluate(() => twofold.desk().summary()),
    events,
    taps: () => page.evaluate(() => twofold.taps()),
    rendezvous: () => page.evaluate(() => twofold.desk().rendezvous()),
    troubles: async () =>
      (await events()).flatMap((event) => (event.type === "trouble" ? [event.code] : [])),
    inTouch: async () =>
      (await events()).reduce(
        (sum, { type }) => sum + (type === "met" ? 1 : type === "parted" ? -1 : 0),
        0,
      ),
  };
  seated.push(one);
  return one;
};

carrierSuite(
  "WebRTC",
  async (): Promise<CarrierPair> => {
    const [ada, ben] = await Promise.all([seat("ada"), seat("ben")]);
    return {
      ada,
      ben,
      cut: async () =>
        void (await Promise.all([ada, ben].map(({ desk }) => desk.cutPackets(true)))),
      heal: async () =>
        void (await Promise.all([ada, ben].map(({ desk }) => desk.cutPackets(false)))),
      close: () => leaveAll(rendezvous.addresses),
    };
  },
  times,
  "meets",
  wholeSuite ? "whole" : "essential",
);

const arrives = (at: Seated, key: string, text: string, timeout = times.meet) =>
  expect.poll(() => at.readText(key), { timeout, interval: 50 }).toBe(text);
const meets = (one: Seated) =>
  expect.poll(() => one.inTouch(), { timeout: times.meet, interval: 50 }).toBe(1);

describe("two on WebRTC, and others about", () => {
  afterEach(() => leaveAll(rendezvous.addresses));

  test(
    "someone with the room and the signalling password but no keys gets nothing and breaks nothing",
    { timeout: 90_000 },
    async () => {
      const eve = await seat("eve");
      await eve.carry();
      const [ada, ben] = [await seat("ada"), await seat("ben")];
      await Promise.all([ada.carry(), ben.carry()]);
      await Promise.all([meets(ada), meets(ben)]);
      await ada.putText("before", canary);
      await arrives(ben, "before", canary);
      for (let round = 0; round < (wholeSuite ? 3 : 1); round++) {
        await eve.stop();
        await eve.carry();
        await eve.putText("hers", "let me in");
        for (const one of [ada, ben])
          await expect
            .poll(
              async () => (await one.troubles()).filter((code) => code === "NOT_KNOWN").length,
              {
                timeout: 20_000,
              },
            )
            .toBeGreaterThan(round);
      }
      await ben.putText("after", canary);
      await arrives(ada, "after", canary);

      for (const one of [ada, ben]) {
        // On a computer that is busy with other things, an attempt of hers may run out of time before it is refused.
        const refused = (await one.troubles()).filter((code) => code !== "STALLED");
        expect(new Set(refused)).toEqual(new Set(["NOT_KNOWN"]));
        expect(await one.inTouch()).toBe(1);
        expect((await one.events()).filter(({ type }) => type === "parted")).toEqual([]);
        expect(await one.readText("hers")).toBeUndefined();
      }
      expect((await eve.events()).filter(({ type }) => type === "met")).toEqual([]);
      expect(await eve.summary()).toMatchObject({ count: 1 });
      // Eve received handshakes and nothing else: 48, 96 or 64 bytes each.
      const received = (await eve.taps()).received;
      expect(received.length).toBeGreaterThan(0);
      expect(received.filter((message) => message.length > 96)).toEqual([]);
    },
  );

  test(
    "no written word passes in the clear: not on the channel, at the meeting point or to other tabs",
    { timeout: 60_000 },
    async () => {
      const [ada, ben] = [await seat("ada"), await seat("ben")];
      await Promise.all([ada.carry(), ben.carry()]);
      await Promise.all([meets(ada), meets(ben)]);
      await ada.putText("page", canary);
      await arrives(ben, "page", canary);
      const { received, posted } = await ben.taps();
      expect(received.length).toBeGreaterThan(2);
      const everything = [
        ...received,
        ...posted,
        ...(await ada.taps()).posted,
        ...ada.desk.frames(),
        ...ben.desk.frames(),
      ];
      expect(ada.desk.frames().some((frame) => frame.includes('"publish"'))).toBe(true);
      expect(
        everything.filter(
          (text) => text.includes(canary) || text.includes(btoa(canary).slice(4, 40)),
        ),
      ).toEqual([]);
      // Nor who offers what to whom: descriptions, addresses, the kind of signal.
      expect(
        ada.desk
          .frames()
          .filter((frame) => /fingerprint|candidate|announce|127\.0\.0\.1/.test(frame)),
      ).toEqual([]);
    },
  );

  test.runIf(wholeSuite)(
    "both starting at the same moment meet, every time",
    { timeout: 150_000 },
    async () => {
      const [ada, ben] = [await seat("ada"), await seat("ben")];
      for (let round = 0; round < 8; round++) {
        await Promise.all([ada.carry(), ben.carry()]);
        await ada.putText("round", `${round}`);
        await arrives(ben, "round", `${round}`);
        await Promise.all([ada.stop(), ben.stop()]);
      }
    },
  );

  test(
    "stopping at once, before anything has begun, leaves nothing behind",
    { timeout: 60_000 },
    async () => {
      const [ada, ben] = [await seat("ada"), await seat("ben")];
      for (let round = 0; round < (wholeSuite ? 5 : 2); round++) {
        await ada.carry();
        await ada.stop();
        expect(await ada.events()).toEqual([]);
      }
      await Promise.all([ada.carry(), ben.carry()]);
      await ada.putText("still", "works");
      await arrives(ben, "still", "works");
    },
  );

  test(
    "a partner's app that sends junk is told apart, parted from, and met again later",
    { timeout: 120_000 },
    async () => {
      const [ada, ben] = [
        await seat("ada", rendezvous.addresses, 5),
        await seat("ben", rendezvous.addresses, 5),
      ];
      await Promise.all([ada.carry(), ben.carry()]);
      await Promise.all([meets(ada), meets(ben)]);
      await ada.sendJunk();
      await expect.poll(() => ben.troubles(), { timeout: 5_000 }).toEqual(["JUNK"]);
      expect(await ben.inTouch()).toBe(0);
      await ada.putText("later", canary);
      await arrives(ben, "later", canary, 90_000);
    },
  );
});

describe("meeting points that do not answer, or not well", () => {
  const stops: (() => Promise<void>)[] = [];
  let addresses: readonly string[] = [];
  const startOne = async (...given: Parameters<typeof startRogue>) => {
    const rogue = await startRogue(...given);
    stops.push(rogue.stop);
    return rogue;
  };
  afterEach(async () => {
    await leaveAll(addresses);
    for (const stop of stops.splice(0)) await stop();
  });

  test(
    "junk of every kind, and everything said twice and backwards, disturbs nobody",
    { timeout: 90_000 },
    async () => {
      const rogue = await startOne({
        onText: (text, socket, everyone) => {
          const frame = JSON.parse(text) as { type: string; topic?: string; topics?: string[] };
          for (const junk of junkFor(frame.topics?.[0] ?? frame.topic ?? "")) socket.send(junk);
          if (frame.type !== "publish") return;
          for (const client of everyone)
            for (const said of [text, text.replace('"data":"', '"data":"A'), text])
              client.send(said);
        },
      });
      addresses = [rogue.address, ...rendezvous.addresses];
      for (const only of wholeSuite ? [[rogue.address], addresses] : [addresses]) {
        const [ada, ben] = [await seat("ada", only), await seat("ben", only)];
        await Promise.all([ada.carry(), ben.carry()]);
        await ada.putText("page", canary);
        await arrives(ben, "page", canary);
        expect(new Set([...(await ada.troubles()), ...(await ben.troubles())])).toEqual(
          new Set(["JUNK"]),
        );
        await Promise.all([ada.stop(), ben.stop()]);
      }
    },
  );

  test.runIf(wholeSuite)(
    "one that hangs up at once is not dialled without end",
    { timeout: 60_000 },
    async () => {
      const rogue = await startOne({ onConnect: (socket) => socket.close() });
      addresses = [rogue.address, ...rendezvous.addresses];
      const [ada, ben] = [await seat("ada", addresses), await seat("ben", addresses)];
      const begun = Date.now();
      await Promise.all([ada.carry(), ben.carry()]);
      await ada.putText("page", canary);
      await arrives(ben, "page", canary);
      await expect.poll(() => rogue.dialled(), { timeout: 20_000 }).toBeGreaterThan(5);
      expect(rogue.dialled()).toBeLessThan(4 + (2 * (Date.now() - begun)) / 1_000);
    },
  );

  test(
    "both starting at the same moment at two meeting points, each hearing another first, meet at once",
    { timeout: 120_000 },
    async () => {
      const other = await startRendezvousHere();
      stops.push(other.stop);
      addresses = [...rendezvous.addresses, ...other.addresses];
      const [ada, ben] = [
        await seat("ada", addresses),
        await seat("ben", [...addresses].reverse()),
      ];
      for (let round = 0; round < (wholeSuite ? 20 : 4); round++) {
        await Promise.all([ada.carry(), ben.carry()]);
        await ada.putText("round", `${round}`);
        await arrives(ben, "round", `${round}`);
        expect([...(await ada.troubles()), ...(await ben.troubles())]).toEqual([]);
        await Promise.all([ada.stop(), ben.stop()]);
      }
    },
  );

  test.runIf(wholeSuite)(
    "where none answers that is said once, and taken back when one does",
    { timeout: 60_000 },
    async () => {
      const first = await startRogue({});
      const port = Number(new URL(first.address).port);
      await first.stop();
      addresses = [first.address];
      const [ada, ben] = [await seat("ada", addresses), await seat("ben", addresses)];
      await Promise.all([ada.carry(), ben.carry()]);
      await expect.poll(() => ada.troubles(), { timeout: 15_000 }).toEqual(["NO_RENDEZVOUS"]);
      expect(await ada.rendezvous()).toEqual([false]);
      const started = await startRendezvousHere(port);
      stops.push(started.stop);
      await ada.putText("page", canary);
      await arrives(ben, "page", canary);
      expect(await ada.rendezvous()).toEqual([false, true]);
      expect(await ada.troubles()).toEqual(["NO_RENDEZVOUS"]);
    },
  );

  test(
    "addresses that are none are left out, and having none is said",
    { timeout: 30_000 },
    async () => {
      addresses = [];
      const ada = await seat("ada", [
        "https://example.org",
        "javascript:alert(1)",
        "ws://user:word@127.0.0.1/",
        "nonsense",
        "",
      ]);
      await ada.carry();
      await expect.poll(() => ada.troubles(), { timeout: 5_000 }).toEqual(["NO_RENDEZVOUS"]);
      await ada.stop();
    },
  );
});
