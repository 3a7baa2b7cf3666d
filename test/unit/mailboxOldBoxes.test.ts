import { afterEach, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { periodOf, type BoxTime } from "../../shared/people/mailboxKeys.ts";
import { createMailboxKit, type MailboxKit } from "../support/mailboxKit.ts";
import { runStockMailbox } from "../support/mailboxStock.ts";

beforeAll(loadSodium);

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

/** How far back, and which attempt. */
type Which = readonly [back: number, attempt: number];

const begin = async (seed: number) => {
  const disk = new Map<string, Uint8Array>();
  const opened: string[] = [];
  let onOpen: (name: string) => void = () => {};
  const box = await runStockMailbox({
    disk,
    refuses: (name) => {
      opened.push(name);
      onOpen(name);
      return undefined;
    },
  });
  closing.push(box.stop);
  const kit: MailboxKit = createMailboxKit({ address: box.address, seed });
  closing.push(kit.stop);
  const period = periodOf(kit.clock.now());
  const nameOf = ([back, attempt]: Which): string => {
    const which: BoxTime = { period: period - back, attempt };
    return kit.keys.boxOf(kit.ada.me, which);
  };
  return {
    ...kit,
    box,
    nameOf,
    times: (which: Which) => opened.filter((name) => name === nameOf(which)).length,
    onOpen: (run: typeof onOpen) => {
      onOpen = run;
    },
    /** As it was left there by an earlier connection. */
    leave: (...all: readonly Which[]) => {
      for (const which of all) {
        const doc = new Y.Doc();
        const { key, envelope } = kit.envelope();
        doc.getMap(airlockMap).set(key, envelope);
        disk.set(nameOf(which), Y.encodeStateAsUpdate(doc));
      }
    },
    lying: (...all: readonly Which[]) =>
      all.filter((which) => {
        const doc = new Y.Doc();
        const state = disk.get(nameOf(which));
        if (state !== undefined) Y.applyUpdate(doc, state);
        return doc.getMap(airlockMap).size > 0;
      }),
  };
};

const old: readonly Which[] = [
  [1, 0],
  [1, 1],
  [2, 0],
  [3, 0],
  [3, 1],
  [3, 2],
];

test("what was left in old boxes leaves the mailbox, also in those that were moved on to", async () => {
  const { ada, until, leave, lying, times, pass } = await begin(1);
  leave(...old, [4, 0]);
  ada.carry();
  await until(() => lying(...old).length === 0, 100);
  // Not more is opened than there can be: the box after the last one used, and none further.
  await pass(2);
  expect([times([1, 2]), times([1, 3]), times([2, 1]), times([2, 2]), times([4, 0])]).toEqual([
    1, 0, 1, 0, 0,
  ]);
  expect(ada.troubles()).toEqual([]);
});

test("where emptying was cut short, it goes on with the next connection", async () => {
  const { ada, until, leave, lying, nameOf, onOpen, box, pass, times } = await begin(2);
  leave(...old);
  let cuts = 0;
  onOpen((name) => {
    if (name !== nameOf([2, 0]) || cuts > 1) return;
    cuts += 1;
    box.cut();
  });
  ada.carry();
  for (const count of [1, 2]) {
    await until(() => cuts === count, 100);
    expect(lying(...old)).toContainEqual([2, 0]);
    box.heal();
  }
  await until(() => lying(...old).length === 0, 100);
  // Once it has been through, no later connection begins with it again.
  await pass(2);
  const before = old.map(times);
  box.cut();
  box.heal();
  const one = ada.airlock().doc.getMap(airlockMap).size;
  await pass(120, 500);
  expect(one).toBe(0);
  expect(old.map(times)).toEqual(before);
});

test("what still waits is not lost by it: it lies in the newest box before an old one is touched", async () => {
  const { ada, until, leave, lying, envelope, onOpen, nameOf, box } = await begin(3);
  leave([1, 0]);
  let cuts = 0;
  onOpen((name) => {
    if (name !== nameOf([1, 0])) return;
    cuts += 1;
    box.cut();
  });
  ada.carry();
  ada.airlock().offer([envelope()]);
  await until(() => cuts === 1, 100);
  await until(() => lying([0, 0]).length === 1);
  expect(lying([1, 0])).toEqual([[1, 0]]);
  box.heal();
  await until(() => lying([1, 0]).length === 0 || cuts > 1, 100);
  expect(lying([0, 0])).toEqual([[0, 0]]);
});
