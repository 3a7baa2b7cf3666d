import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeDisk, type Disk } from "../../server/mailbox/disk.ts";
import { openMailbox } from "../../server/mailbox/mailbox.ts";
import { createManualClock } from "../support/manualClock.ts";
import {
  inventEnvelope,
  inventKey,
  makeFolder,
  openPartner,
  readIn,
  runMailbox,
} from "./mailboxServer.harness.ts";
import { inventCouple } from "./mailboxServer.wire.ts";
import { eventually } from "./server.harness.ts";

const day = 86_400_000;

test("what one partner puts in and leaves, the other finds days later, across a restart", async () => {
  const first = await runMailbox();
  const couple = inventCouple();
  const one = openPartner(first.address, couple.box(), couple.token);
  await one.synced;
  one.envelopes.set(inventKey(1), inventEnvelope(1_081_424, 1));
  one.envelopes.set(inventKey(2), inventEnvelope(592, 2));
  await one.taken();
  await one.close();
  await first.stop();

  const second = await runMailbox({ folder: first.folder });
  const other = openPartner(second.address, couple.box(), couple.token);
  await other.synced;
  expect([...other.envelopes.keys()].toSorted()).toEqual([inventKey(1), inventKey(2)].toSorted());
  expect(other.envelopes.get(inventKey(1))).toEqual(inventEnvelope(1_081_424, 1));
});

test("two who are there at the same time hear each other", async () => {
  const server = await runMailbox();
  const couple = inventCouple();
  const one = openPartner(server.address, couple.box(), couple.token);
  const other = openPartner(server.address, couple.box(), couple.token);
  await Promise.all([one.synced, other.synced]);
  const heard = new Promise<void>((resolve) => other.envelopes.observe(() => resolve()));
  one.envelopes.set(inventKey(1), inventEnvelope());
  await heard;
  expect(other.envelopes.get(inventKey(1))).toEqual(inventEnvelope());
});

test("taking everything out leaves nothing on the disk, and the box can be used again", async () => {
  const server = await runMailbox();
  const couple = inventCouple();
  const one = openPartner(server.address, couple.box(), couple.token);
  await one.synced;
  one.envelopes.set(inventKey(1), inventEnvelope());
  await one.taken();
  await eventually(() => expect(server.mailbox.stats().storedDocuments).toBe(1));
  one.envelopes.delete(inventKey(1));
  await one.taken();
  await eventually(() => expect(server.mailbox.stats().storedDocuments).toBe(0));
  expect(await server.files()).toEqual([]);
  await one.close();
  await eventually(() => expect(server.mailbox.stats().openDocuments).toBe(0));

  const other = openPartner(server.address, couple.box(), couple.token);
  await other.synced;
  expect(other.doc.store.clients.size).toBe(0);
  other.envelopes.set(inventKey(2), inventEnvelope());
  await other.taken();
  await other.close();
  await eventually(() => expect(server.mailbox.stats().storedDocuments).toBe(1));
});

test("files lie under the couple's first two letters, and no half of one is ever served", async () => {
  const server = await runMailbox();
  const couple = inventCouple();
  const one = openPartner(server.address, couple.box(), couple.token);
  await one.synced;
  one.envelopes.set(inventKey(1), inventEnvelope());
  await one.taken();
  await one.close();
  const [, box = ""] = couple.box().split(".");
  const path = join(couple.couple.slice(0, 2), couple.couple, box);
  await eventually(async () => expect(await server.files()).toEqual([path]));
  await server.stop();

  await writeFile(join(server.folder, `${path}.new`), "half of somethi");
  const again = await runMailbox({ folder: server.folder });
  await eventually(async () => expect(await again.files()).toEqual([path]));
  const other = openPartner(again.address, couple.box(), couple.token);
  await other.synced;
  expect(other.envelopes.size).toBe(1);
});

test("a box that nobody opens or writes for 90 days goes; one that is opened stays", async () => {
  const server = await runMailbox();
  const couple = inventCouple();
  for (const index of [0, 1]) {
    const one = openPartner(server.address, couple.box(index), couple.token);
    await one.synced;
    one.envelopes.set(inventKey(1), inventEnvelope());
    await one.taken();
    await one.close();
  }
  await eventually(() => expect(server.mailbox.stats().openDocuments).toBe(0));
  expect(await server.files()).toHaveLength(2);
  await server.stop();

  const later = createManualClock(server.clock.now() + 60 * day);
  const second = await runMailbox({ folder: server.folder, clock: later });
  const reader = openPartner(second.address, couple.box(0), couple.token);
  await reader.synced;
  await reader.close();
  await eventually(() => expect(second.mailbox.stats().openDocuments).toBe(0));
  later.advance(29 * day);
  await eventually(() => expect(second.mailbox.stats().storedDocuments).toBe(2));
  later.advance(2 * day);
  const [, kept = ""] = couple.box(0).split(".");
  await eventually(async () =>
    expect(await second.files()).toEqual([join(couple.couple.slice(0, 2), couple.couple, kept)]),
  );
});

test("a damaged file is moved aside, and the box begins anew", async () => {
  const server = await runMailbox();
  const couple = inventCouple();
  const one = openPartner(server.address, couple.box(), couple.token);
  await one.synced;
  one.envelopes.set(inventKey(1), inventEnvelope());
  await one.taken();
  await one.close();
  await eventually(() => expect(server.mailbox.stats().storedDocuments).toBe(1));
  await eventually(() => expect(server.mailbox.stats().openDocuments).toBe(0));
  const [path = ""] = await server.files();
  const bytes = await readIn(server.folder, path);
  bytes[60] = (bytes[60] ?? 0) ^ 1;
  await writeFile(join(server.folder, path), bytes);

  const other = openPartner(server.address, couple.box(), couple.token);
  await other.synced;
  expect(other.envelopes.size).toBe(0);
  expect(await server.files()).toEqual([`${path}.damaged`]);
  other.envelopes.set(inventKey(1), inventEnvelope());
  await other.taken();
  await eventually(async () => expect(await server.files()).toHaveLength(2));
  server.clock.advance(15_000);
  expect(server.log).toContain("Files of the mailbox: 1 damaged and begun anew.");
});

const brittleDisk = () => {
  const troubles = { full: false, unreadable: false };
  const disk: Disk = {
    ...nodeDisk,
    write: async (path, bytes, at) => {
      if (!troubles.full) return nodeDisk.write(path, bytes, at);
      await nodeDisk.write(path, bytes.subarray(0, 20), at);
      throw Object.assign(new Error(`ENOSPC: ${path}`), { code: "ENOSPC" });
    },
    read: async (path) => {
      if (troubles.unreadable) throw Object.assign(new Error(`EIO: ${path}`), { code: "EIO" });
      return nodeDisk.read(path);
    },
  };
  return { disk, troubles };
};

test("on a full disk nothing more is taken, what was taken is kept in memory, and it goes on once there is room", async () => {
  const { disk, troubles } = brittleDisk();
  const server = await runMailbox({ disk });
  const couple = inventCouple();
  troubles.full = true;
  const one = openPartner(server.address, couple.box(), couple.token);
  await one.synced;
  one.envelopes.set(inventKey(1), inventEnvelope());
  await one.taken();
  await eventually(() => expect(server.mailbox.stats().mishaps.size).toBe(1));
  one.envelopes.set(inventKey(2), inventEnvelope());
  expect(await one.refused).toBe("full");
  await one.close();

  const other = openPartner(server.address, couple.box(), couple.token);
  await other.synced;
  expect([...other.envelopes.keys()]).toEqual([inventKey(1)]);
  await other.close();
  expect(await server.files()).toEqual([]);

  troubles.full = false;
  server.clock.advance(15_000);
  await eventually(() => expect(server.mailbox.stats().storedDocuments).toBe(1));
  await eventually(() => expect(server.mailbox.stats().openDocuments).toBe(0));
  const third = openPartner(server.address, couple.box(), couple.token);
  await third.synced;
  third.envelopes.set(inventKey(2), inventEnvelope());
  await third.taken();
  expect(server.log.join("\n")).not.toContain(couple.couple);
});

test("a large box that changes a little over and over is not written each time, and nothing of it is lost", async () => {
  const server = await runMailbox();
  const couple = inventCouple();
  const one = openPartner(server.address, couple.box(), couple.token);
  await one.synced;
  for (const index of [1, 2, 3, 4]) one.envelopes.set(inventKey(index), inventEnvelope(1_000_000));
  await one.taken();
  await eventually(() => {
    const { unsaved, storedBytes } = server.mailbox.stats();
    if (unsaved > 0) server.clock.advance(15_000);
    expect(unsaved).toBe(0);
    expect(storedBytes).toBeGreaterThan(4_000_000);
  });
  const { storedBytes } = server.mailbox.stats();
  one.envelopes.delete(inventKey(1));
  await one.taken();
  await one.close();
  await eventually(() => expect(server.mailbox.stats()).toMatchObject({ couples: 0, unsaved: 1 }));
  expect(server.mailbox.stats()).toMatchObject({ openDocuments: 1, storedBytes });
  server.clock.advance(15_000);
  await eventually(() => expect(server.mailbox.stats()).toMatchObject({ openDocuments: 0 }));
  expect(server.mailbox.stats().storedBytes).toBeLessThan(storedBytes - 900_000);
});

test("an unreadable file refuses its couple, and nobody else", async () => {
  const { disk, troubles } = brittleDisk();
  const server = await runMailbox({ disk });
  const couple = inventCouple();
  troubles.unreadable = true;
  const one = openPartner(server.address, couple.box(), couple.token);
  expect(await one.refused).toBe("busy");
  troubles.unreadable = false;
  const again = openPartner(server.address, couple.box(), couple.token);
  await again.synced;
  server.clock.advance(15_000);
  expect(server.log.join("\n")).toContain("could not be read");
  expect(server.log.join("\n")).not.toContain(couple.couple);
});

test("a folder that cannot be written is told at the start", async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, "a file"), "");
  const opened = await openMailbox({
    folder: join(folder, "a file", "mailbox"),
    clock: createManualClock(),
    log: () => {},
  });
  expect(opened).toMatchObject({ ok: false, code: "FOLDER_FORBIDDEN" });
});

test("what else lies in the folder is let be", async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, "lost+found"), "not ours");
  const server = await runMailbox({ folder });
  await rename(join(folder, "lost+found"), join(folder, "moved"));
  server.clock.advance(91 * day);
  await server.stop();
  expect(await server.files()).toEqual(["moved"]);
});
