import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { periodOf } from "../../shared/people/mailboxKeys.ts";
import { runMailboxHouse } from "../support/mailboxHouse.ts";
import { runHostileMailbox } from "../support/mailboxHostile.ts";
import {
  createMailboxKit,
  socketsTurn,
  type MailboxEnd,
  type MailboxKit,
} from "../support/mailboxKit.ts";
import { runStockMailbox, type StockMailbox } from "../support/mailboxStock.ts";

beforeAll(loadSodium);

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

const begin = async (
  seed: number,
  more: { readonly time?: number } = {},
): Promise<MailboxKit & { readonly box: StockMailbox }> => {
  const box = await runStockMailbox();
  closing.push(box.stop);
  const kit = createMailboxKit({ address: box.address, seed, ...more });
  closing.push(kit.stop);
  return { ...kit, box };
};

/** What lies on the mailbox's disk for one who writes. */
const lyingFor = (
  { box, keys, clock }: Pick<MailboxKit, "keys" | "clock"> & { readonly box: StockMailbox },
  { me }: MailboxEnd,
  back = 0,
  attempt = 0,
): readonly string[] => {
  const state = box.disk.get(keys.boxOf(me, { period: periodOf(clock.now()) - back, attempt }));
  const doc = new Y.Doc();
  if (state !== undefined) Y.applyUpdate(doc, state);
  return [...doc.getMap(airlockMap).keys()];
};
/** Bytes that go out over any WebSocket from now on. */
const countSent = () => {
  const sends = vi.spyOn(WebSocket.prototype, "send");
  closing.push(async () => sends.mockRestore());
  return {
    bytes: () =>
      sends.mock.calls.reduce(
        (sum, [data]) => sum + (data instanceof Uint8Array ? data.length : 0),
        0,
      ),
  };
};
const arrivedKeys = ({ arrived }: MailboxEnd) => arrived.map(({ key }) => key).toSorted();
const keysOf = (some: readonly { readonly key: string }[]) => some.map(({ key }) => key).toSorted();

describe("words by mailbox", () => {
  test("lie there while one is away, arrive when the other comes, and leave when they are acknowledged", async () => {
    const kit = await begin(1);
    const { ada, ben, until } = kit;
    const words = [kit.envelope(), kit.envelope(1_081_424), kit.envelope(70_000)];
    ada.carry();
    ada.airlock().offer(words);
    await until(() => lyingFor(kit, ada).length === 3);
    await ada.stop();

    ben.carry();
    await until(() => ben.arrived.length === 3);
    expect(arrivedKeys(ben)).toEqual(keysOf(words));
    const answer = kit.envelope();
    ben.airlock().offer([answer]);
    await until(() => lyingFor(kit, ben).length === 1);
    await ben.stop();

    ada.carry();
    ada.airlock().offer(words);
    await until(() => ada.arrived.length === 1);
    ada.airlock().release(words.map(({ key }) => key));
    await until(() => lyingFor(kit, ada).length === 0);
    expect([...ada.troubles(), ...ben.troubles()]).toEqual([]);
  });

  test("go across at once while both are there, each way", async () => {
    const kit = await begin(2);
    const { ada, ben, until } = kit;
    ada.carry();
    ben.carry();
    const [hers, his] = [kit.envelope(), kit.envelope()];
    ada.airlock().offer([hers]);
    ben.airlock().offer([his]);
    await until(() => ada.arrived.length === 1 && ben.arrived.length === 1);
    ada.airlock().release([hers.key]);
    await until(() => !ben.airlock().doc.getMap(airlockMap).has(hers.key));
    expect(ada.airlock().doc.getMap(airlockMap).has(his.key)).toBe(true);
  });
});

describe("a box", () => {
  test("is given only what is missing when the connection breaks and comes back", async () => {
    const kit = await begin(3);
    const { ada, ben, box, until } = kit;
    const words = Array.from({ length: 40 }, () => kit.envelope(100_000));
    ada.carry();
    ada.airlock().offer(words);
    await until(() => lyingFor(kit, ada).length === 40);
    const before = ada.airlock().doc.getMap(airlockMap).size;
    box.cut();
    const late = kit.envelope();
    ada.airlock().offer([late]);
    const sent = countSent();
    box.heal();
    await until(() => lyingFor(kit, ada).length === 41, 100);
    expect(before).toBe(40);
    expect(sent.bytes()).toBeLessThan(20_000);
    ben.carry();
    await until(() => ben.arrived.length === 41);
  });

  test("keeps what lies there while the journal offers it again bit by bit, and then loses what it did not", async () => {
    const kit = await begin(4);
    const { ada, until, pass } = kit;
    const [first, second, third] = [kit.envelope(), kit.envelope(), kit.envelope()];
    ada.carry();
    ada.airlock().offer([first, second, third]);
    await until(() => lyingFor(kit, ada).length === 3);
    await ada.stop();
    ada.carry();
    for (const one of [first, second]) {
      await pass(3);
      expect(lyingFor(kit, ada).length).toBe(3);
      ada.airlock().offer([one]);
    }
    await pass(3);
    expect(lyingFor(kit, ada).length).toBe(3);
    await until(() => lyingFor(kit, ada).length === 2);
    expect(lyingFor(kit, ada).toSorted()).toEqual(keysOf([first, second]));
  });

  test("of a new period gets what still waits, the old one is emptied, and the reader follows", async () => {
    const monthsEnd = 701 * 30 * 86_400_000 - 600_000;
    const kit = await begin(5, { time: monthsEnd });
    const { ada, ben, until } = kit;
    const [waits, more] = [kit.envelope(), kit.envelope()];
    ada.carry();
    ada.airlock().offer([waits]);
    await until(() => lyingFor(kit, ada).length === 1);
    ben.carry();
    await until(() => ben.arrived.length === 1);
    await until(() => kit.clock.now() > monthsEnd + 700_000, 500);
    await until(() => lyingFor(kit, ada).length === 1 && lyingFor(kit, ada, 1).length === 0, 500);
    ada.airlock().offer([more]);
    await until(() => ben.arrived.length === 2, 500);
    expect([...ada.troubles(), ...ben.troubles()]).toEqual([]);
  });

  test("of three periods ago is read by one who was away for so long", async () => {
    const kit = await begin(6);
    const { ada, ben, until, clock } = kit;
    const words = [kit.envelope(), kit.envelope()];
    ada.carry();
    ada.airlock().offer(words);
    await until(() => lyingFor(kit, ada).length === 2);
    await ada.stop();
    clock.advance(89 * 86_400_000);
    ben.carry();
    await until(() => ben.arrived.length === 2);
  });

  test("is found where the partner’s clock is a day ahead into a new period", async () => {
    const box = await runStockMailbox();
    closing.push(box.stop);
    const early = createMailboxKit({
      address: box.address,
      seed: 7,
      time: 702 * 30 * 86_400_000 - 43_200_000,
    });
    const late = createMailboxKit({
      address: box.address,
      seed: 7,
      time: 702 * 30 * 86_400_000 + 43_200_000,
    });
    closing.push(early.stop, late.stop);
    early.ben.carry();
    await early.pass(5);
    late.ada.carry();
    const one = late.envelope();
    late.ada.airlock().offer([one]);
    await late.until(() => {
      early.clock.advance(1_000);
      return early.ben.arrived.length === 1;
    });
  });
});

describe("of the mailbox a person is told", () => {
  test("once, that it does not answer, and again only after it did", async () => {
    const kit = await begin(8);
    const { ada, box, until, pass } = kit;
    box.cut();
    ada.carry();
    await pass(15);
    expect(ada.troubles()).toEqual([]);
    await pass(300);
    expect(ada.troubles()).toEqual(["NO_MAILBOX"]);
    box.heal();
    const one = kit.envelope();
    ada.airlock().offer([one]);
    await until(() => lyingFor(kit, ada).length === 1, 500);
    box.cut();
    await pass(60);
    expect(ada.troubles()).toEqual(["NO_MAILBOX", "NO_MAILBOX"]);
  });

  test.each([
    ["full", "MAILBOX_FULL"],
    ["busy", "MAILBOX_REFUSED"],
    ["not yours", "MAILBOX_REFUSED"],
  ])(
    "that it refuses with “%s”, and what waits goes in once there is room",
    async (reason, code) => {
      const kit = await begin(9);
      const { ada, box, until, pass } = kit;
      box.refuseWith(reason);
      ada.carry();
      ada.airlock().offer([kit.envelope()]);
      await pass(120);
      expect(ada.troubles()).toEqual([code]);
      box.refuseWith(undefined);
      await until(() => lyingFor(kit, ada).length === 1, 500);
    },
  );

  test("nothing of an address that is none but that it does not answer, and nothing is dialled", async () => {
    const kit = createMailboxKit({ address: "https://example.org/", seed: 10 });
    closing.push(kit.stop);
    kit.ada.carry();
    await kit.pass(60);
    expect(kit.ada.troubles()).toEqual(["NO_MAILBOX"]);
  });
});

describe("stopping", () => {
  test("ends at once whatever was going on, and leaves no timer and no connection", async () => {
    const kit = await begin(11);
    const { ada, box, clock, pass, until } = kit;
    for (const turns of [0, 1, 2, 3, 5, 8, 13, 30]) {
      ada.carry();
      ada.airlock().offer([kit.envelope(1_000_000), kit.envelope(1_000_000)]);
      for (let turn = 0; turn < turns; turn++) await socketsTurn();
      await ada.stop();
      expect(clock.waiting()).toBe(0);
    }
    await until(() => box.open().length === 0);
    const events = ada.events.length;
    ada.airlock().offer([kit.envelope()]);
    await pass(60);
    expect(ada.events.length).toBe(events);
    expect(box.open()).toEqual([]);
  });

  test("while nothing answers ends at once too", async () => {
    const kit = await begin(12);
    kit.box.cut();
    kit.ada.carry();
    await kit.pass(40);
    await kit.ada.stop();
    await kit.ada.stop();
    expect(kit.clock.waiting()).toBe(0);
  });
});

test("a mailbox hears from an idle couple hardly anything, keeps them for days, and is told of no presence", async () => {
  const box = await runHostileMailbox();
  closing.push(box.stop);
  const kit = createMailboxKit({ address: box.address, seed: 13 });
  closing.push(kit.stop);
  kit.ada.carry();
  kit.ben.carry();
  await kit.pass(30);
  const { connections } = box.heard;
  box.forgetHeard();
  await kit.pass(600, 1_000);
  expect(connections).toBe(2);
  expect(box.heard.connections).toBe(0);
  expect(box.heard.messages).toBeLessThan(2 * 25);
  expect(box.heard.bytes / box.heard.messages).toBeLessThan(64);
  expect(box.kinds).toEqual(new Set([0, 2, 7]));
});

describe("the mailbox that friends can host", () => {
  test("says that it is full, keeps bringing the partner’s words, and takes mine once there is room", async () => {
    const house = await runMailboxHouse({ documentBytes: 5_000 });
    closing.push(house.stop);
    const kit = createMailboxKit({ address: house.address, seed: 14, pace: 5 });
    closing.push(kit.stop);
    const { ada, ben, until } = kit;
    const [first, second, answer] = [kit.envelope(4_000), kit.envelope(4_000), kit.envelope()];
    ada.carry();
    ada.airlock().offer([first]);
    ben.carry();
    await until(() => ben.arrived.length === 1);
    ada.airlock().offer([second]);
    await until(() => ada.troubles().includes("MAILBOX_FULL"));
    ben.airlock().offer([answer]);
    await until(() => ada.arrived.length === 1, 100);
    ada.airlock().release([first.key]);
    await until(() => ben.arrived.length === 2, 100);
    expect(new Set(ada.troubles())).toEqual(new Set(["MAILBOX_FULL"]));
    expect(ben.troubles()).toEqual([]);
  });
});
