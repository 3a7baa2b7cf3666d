import { expect, test } from "vitest";
import * as Y from "yjs";
import { nodeDisk, type Disk } from "../../server/mailbox/disk.ts";
import type { MailboxLimits } from "../../server/mailbox/limits.ts";
import { parseBoxName, type BoxName } from "../../server/mailbox/names.ts";
import { openShelf, type Shelf } from "../../server/mailbox/shelf.ts";
import { createManualClock } from "../support/manualClock.ts";
import { must } from "../support/twoPartners.ts";
import { createBusHub } from "../support/memoryBus.ts";
import {
  inventEnvelope,
  inventKey,
  makeFolder,
  openPartner,
  runMailbox,
} from "./mailboxServer.harness.ts";
import { inventCouple } from "./mailboxServer.wire.ts";
import { eventually } from "./server.harness.ts";

const keys = (...indices: readonly number[]) => indices.map(inventKey).toSorted();

/** Two mailboxes over one folder, as two processes have it, and a couple with one at each. */
const openTwo = async (mailbox: Partial<MailboxLimits> = {}, disk?: Disk) => {
  const hub = createBusHub();
  const folder = await makeFolder();
  const one = await runMailbox({
    folder,
    mailbox,
    bus: hub.join(),
    ...(disk === undefined ? {} : { disk }),
  });
  const other = await runMailbox({ folder, mailbox, bus: hub.join(), clock: one.clock });
  const couple = inventCouple();
  const anna = openPartner(one.address, couple.box(), couple.token);
  const ben = openPartner(other.address, couple.box(), couple.token);
  await Promise.all([anna.synced, ben.synced]);
  const readAfterAll = async () => {
    const later = await runMailbox({ folder });
    const reader = openPartner(later.address, couple.box(), couple.token);
    await reader.synced;
    return [...reader.envelopes.keys()].toSorted();
  };
  return { hub, folder, one, other, couple, anna, ben, readAfterAll };
};

test("what two processes wrote that did not hear each other lies in the file when both have ended", async () => {
  const { hub, one, other, anna, ben, readAfterAll } = await openTwo();
  hub.cut();
  for (const index of [1, 2, 3]) anna.envelopes.set(inventKey(index), inventEnvelope());
  for (const index of [4, 5]) ben.envelopes.set(inventKey(index), inventEnvelope());
  await Promise.all([anna.taken(), ben.taken()]);
  await Promise.all([anna.close(), ben.close()]);
  await one.stop();
  await other.stop();
  expect(await readAfterAll()).toEqual(keys(1, 2, 3, 4, 5));
});

test("what one process overwrites that the other wrote a moment ago is written again", async () => {
  let hold: Promise<void> | undefined;
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const slow: Disk = {
    ...nodeDisk,
    rename: async (from, to) => {
      if (hold !== undefined) arrive();
      await hold;
      await nodeDisk.rename(from, to);
    },
  };
  const { hub, one, other, anna, ben, readAfterAll } = await openTwo({}, slow);
  hub.cut();
  let letGo = () => {};
  hold = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  anna.envelopes.set(inventKey(1), inventEnvelope());
  await anna.taken();
  await arrived;
  ben.envelopes.set(inventKey(2), inventEnvelope());
  await ben.taken();
  await eventually(() => expect(other.mailbox.stats().unsaved).toBe(0));
  await eventually(() => expect(other.mailbox.stats().storedDocuments).toBe(1));
  letGo();
  hold = undefined;
  await eventually(() => expect(one.mailbox.stats().unsaved).toBe(0));
  await ben.close();
  await anna.close();
  // Rounds later the file has been looked at again, though nobody writes any more.
  await eventually(() => {
    other.clock.advance(15_000);
    expect(other.mailbox.stats().openDocuments).toBe(0);
  });
  await Promise.all([one.stop(), other.stop()]);
  expect(await readAfterAll()).toEqual(keys(1, 2));
});

test("more than goes through Redis at once is found in the file", async () => {
  const { hub, one, anna, ben } = await openTwo({ messageBytes: 2_000, vectorBytes: 1_000 });
  hub.cut();
  for (let index = 0; index < 40; index++) {
    anna.envelopes.set(inventKey(index), inventEnvelope());
    await anna.taken();
  }
  // All of them, the last one too: what one finds in the file is what lies there at that moment.
  const { doc } = anna.envelopes;
  if (doc === null) throw new Error("a map of no document");
  const whole = Y.encodeStateAsUpdate(doc).length;
  await eventually(() => expect(one.mailbox.stats().storedBytes).toBeGreaterThanOrEqual(whole));
  const before = hub.heard();
  hub.heal();
  // Each says what it has; who hears that there is more looks for it at the next round.
  await eventually(() => expect(hub.heard()).toBeGreaterThanOrEqual(before + 2));
  one.clock.advance(15_000);
  await eventually(() => expect(ben.envelopes.size).toBe(40));
  expect(hub.largest()).toBeLessThan(5_100);
});

test("a box that was emptied at one process is empty at the other, and has no file", async () => {
  const { one, other, anna, ben } = await openTwo();
  anna.envelopes.set(inventKey(1), inventEnvelope());
  await eventually(() => expect(ben.envelopes.size).toBe(1));
  anna.envelopes.delete(inventKey(1));
  await eventually(() => expect(ben.envelopes.size).toBe(0));
  await Promise.all([anna.close(), ben.close()]);
  // Nobody is connected any more whom a clock that runs ahead could take for gone.
  await eventually(() => {
    one.clock.advance(15_000);
    expect(one.mailbox.stats().openDocuments + other.mailbox.stats().openDocuments).toBe(0);
  });
  expect(await one.files()).toEqual([]);
});

test("what another process is writing is not swept away, what a dead one left is", async () => {
  const { one, other, anna, couple } = await openTwo({ sweepMs: 600_000 });
  anna.envelopes.set(inventKey(1), inventEnvelope());
  await anna.taken();
  await eventually(async () => expect(await one.files()).toHaveLength(1));
  const [path = ""] = await one.files();
  expect(path).toContain(couple.couple);
  const beside = `${one.folder}/${path}.somebody.new`;
  await nodeDisk.write(beside, inventEnvelope(), other.clock.now());
  other.clock.advance(600_000);
  await anna.close();
  expect(await one.files()).toHaveLength(2);
  other.clock.advance(3_600_000);
  await eventually(async () => expect(await one.files()).toHaveLength(1));
});

const boxOf = (name: string): BoxName => {
  const parsed = parseBoxName(name);
  if (parsed === undefined) throw new Error("no name of a box");
  return parsed;
};

test("with its next walk a process counts what the others put there and took away", async () => {
  const folder = await makeFolder();
  const clock = createManualClock(Date.UTC(2026, 5, 1));
  const open = async (name: string) =>
    must(await openShelf({ folder, disk: nodeDisk, clock, tell: () => {}, process: name }));
  const [one, other] = [await open("one"), await open("other")];
  const walk = (shelf: Shelf) => shelf.sweep(90 * 86_400_000, () => false);
  await Promise.all([walk(one), walk(other)]);
  const names = [1, 2, 3].map(() => boxOf(inventCouple().box()));
  for (const name of names) must(await one.write(name, new Uint8Array(1_000)));
  for (const name of names.slice(1)) must(await other.remove(name));
  await walk(one);
  const left = one.totals();
  expect(left.documents).toBe(1);
  expect(left.bytes).toBeGreaterThan(1_000);
  expect(left.bytes).toBeLessThan(2_000);
  await walk(other);
  expect(other.totals()).toEqual(left);
  // What changes while it walks is counted once, wherever the walk is.
  const walking = walk(one);
  const changing = names.map((name) => one.write(name, new Uint8Array(1_000)));
  await Promise.all([walking, ...changing]);
  expect(one.totals()).toEqual({ documents: 3, bytes: 3 * left.bytes });
  await walk(one);
  expect(one.totals()).toEqual({ documents: 3, bytes: 3 * left.bytes });
});
