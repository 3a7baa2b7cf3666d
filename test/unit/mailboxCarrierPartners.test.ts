import { afterEach, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { newId, type DeviceId } from "../../shared/base/ids.ts";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { mailboxKeysOf, periodOf } from "../../shared/people/mailboxKeys.ts";
import { createMailboxCarrier } from "../../renderer/carriers/mailbox/mailboxCarrier.ts";
import { createManualClock } from "../support/manualClock.ts";
import { socketsTurn } from "../support/mailboxKit.ts";
import { nodeSocket, runStockMailbox } from "../support/mailboxStock.ts";
import { seededRandom } from "../support/seededRandom.ts";
import {
  createTwoPartners,
  must,
  sharedCards,
  shareEntry,
  wordsOf,
} from "../support/twoPartners.ts";

beforeAll(loadSodium);

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

/** Two whole journals, each with nothing but a mailbox between them. */
const beginPartners = async (seed: number) => {
  const box = await runStockMailbox();
  closing.push(box.stop);
  const random = seededRandom(seed + 500);
  const keys = mailboxKeysOf(random(32));
  const devices = { left: newId<DeviceId>(random), right: newId<DeviceId>(random) };
  const sockets = createManualClock(1_790_000_000_000);
  const airlocks: { left?: Y.Doc; right?: Y.Doc } = {};
  const partners = await createTwoPartners({
    seed,
    carrierOf: (_, side) => {
      const carrier = createMailboxCarrier({
        address: box.address,
        keys,
        me: devices[side],
        partner: devices[side === "left" ? "right" : "left"],
        clock: sockets,
        random,
        WebSocket: nodeSocket,
      });
      return {
        ...carrier,
        carry: (airlock, tell) => {
          airlocks[side] = airlock;
          return carrier.carry(airlock, tell);
        },
      };
    },
  });
  closing.push(async () => {
    await Promise.all([partners.anna.lock(), partners.sam.lock()]);
  });
  const pass = async (ms: number): Promise<void> => {
    await socketsTurn();
    partners.clock.advance(ms);
    sockets.advance(ms);
  };
  const until = async (holds: () => boolean): Promise<void> => {
    const patience = performance.now() + 20_000;
    while (!holds()) {
      if (performance.now() > patience) throw new Error(`it never came about: ${String(holds)}`);
      await pass(50);
    }
  };
  const lyingFor = (side: "left" | "right"): readonly string[] => {
    const which = { period: periodOf(sockets.now()), attempt: 0 };
    const doc = new Y.Doc();
    const state = box.disk.get(keys.boxOf(devices[side], which));
    if (state !== undefined) Y.applyUpdate(doc, state);
    return [...doc.getMap(airlockMap).keys()];
  };
  /** Whoever sits there has given out all that is due, and all that their airlock holds lies in a box. */
  const handedOver = (side: "left" | "right"): boolean => {
    const lying = new Set([...lyingFor("left"), ...lyingFor("right")]);
    const journal = (side === "left" ? partners.anna : partners.sam).journal();
    const given = [...(airlocks[side]?.getMap(airlockMap).keys() ?? [])];
    return journal.sync.read().state === "waiting" && given.every((key) => lying.has(key));
  };
  return {
    ...partners,
    lyingFor,
    handedOver,
    until,
    days: async (count: number) => {
      for (let day = 0; day < count; day++) await pass(86_400_000);
    },
  };
};

describe("two partners who are never on at the same time", () => {
  test("A writes and closes; days later B opens and has it; what was acknowledged leaves the mailbox", async () => {
    const { anna, sam, lyingFor, until, days } = await beginPartners(1);
    await sam.lock();
    const entry = await shareEntry(anna.journal(), "I would rather say it here.");
    await until(() => lyingFor("left").length >= 1);
    const words = lyingFor("left");
    await anna.lock();
    await days(5);

    await sam.open();
    await until(() => sharedCards(sam.journal()).length === 1);
    const page = must(await sam.journal().openPage(entry));
    expect(wordsOf(page)).toContain("I would rather say it here.");
    await page.close();
    await until(() => lyingFor("right").length >= 1);
    await sam.lock();
    await days(2);

    await anna.open();
    await until(() => anna.journal().sync.read().state === "upToDate");
    await until(() => words.every((key) => !lyingFor("left").includes(key)));
  });

  test("a talk of several days, each in turn, comes through whole, and little stays behind", async () => {
    const { anna, sam, lyingFor, handedOver, until, days } = await beginPartners(2);
    await sam.lock();
    for (let round = 1; round <= 3; round++) {
      await until(() => sharedCards(anna.journal()).length === 2 * (round - 1));
      await shareEntry(anna.journal(), `hers ${round}`);
      await until(() => handedOver("left"));
      await anna.lock();
      await days(1);
      await sam.open();
      await until(() => sharedCards(sam.journal()).length === 2 * round - 1);
      await shareEntry(sam.journal(), `his ${round}`);
      await until(() => handedOver("right"));
      await sam.lock();
      await days(1);
      await anna.open();
    }
    await until(() => sharedCards(anna.journal()).length === 6);
    await sam.open();
    await until(
      () =>
        anna.journal().sync.read().state === "upToDate" &&
        sam.journal().sync.read().state === "upToDate",
    );
    await until(() => lyingFor("left").length + lyingFor("right").length <= 4);
  });
});
