import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  enterRaw,
  inventEnvelope,
  inventKey,
  openPartner,
  openRaw,
  putUpdate,
  readHeard,
  runMailbox,
  type Raw,
} from "./mailboxServer.harness.ts";
import { inventCouple, messages, type Couple } from "./mailboxServer.wire.ts";
import { eventually } from "./server.harness.ts";

const couple = inventCouple(Buffer.alloc(32, 3));
const stranger = inventCouple(Buffer.alloc(32, 4));

const count = (raw: Raw, what: string) =>
  raw.heard.filter((data) => readHeard(data) === what).length;

test("a couple over its bytes is told so, may still read and delete, and then has room again", async () => {
  const server = await runMailbox({ mailbox: { coupleBytes: 10_000 } });
  const one = openPartner(server.address, couple.box(), couple.token);
  await one.synced;
  one.envelopes.set(inventKey(1), inventEnvelope(8_000));
  await one.taken();
  one.envelopes.set(inventKey(2), inventEnvelope(8_000));
  expect(await one.refused).toBe("full");
  await one.close();

  const other = openPartner(server.address, couple.box(), couple.token);
  await other.synced;
  expect([...other.envelopes.keys()]).toEqual([inventKey(1)]);
  other.envelopes.delete(inventKey(1));
  other.envelopes.set(inventKey(3), inventEnvelope(8_000));
  await other.taken();
  await other.close();
  await eventually(() => expect(server.mailbox.stats().openDocuments).toBe(0));
  const third = openPartner(server.address, couple.box(), couple.token);
  await third.synced;
  expect([...third.envelopes.keys()]).toEqual([inventKey(3)]);
});

test("what a couple has in all its boxes counts, a restart between, and another couple has its own room", async () => {
  const mailbox = { coupleBytes: 20_000 };
  const first = await runMailbox({ mailbox });
  const one = await enterRaw(first.address, couple, couple.box(0));
  one.say(messages.update(couple.box(0), putUpdate(1, 15_000)));
  await one.hears(4);
  await first.stop();
  const server = await runMailbox({ mailbox, folder: first.folder });
  const again = await enterRaw(server.address, couple, couple.box(1));
  again.say(messages.update(couple.box(1), putUpdate(1, 15_000)));
  await eventually(() => expect(count(again, "denied: full")).toBe(1));
  expect(count(again, "not taken")).toBe(1);
  const theirs = await enterRaw(server.address, stranger);
  theirs.say(messages.update(stranger.box(), putUpdate(1, 15_000)));
  await eventually(() => expect(count(theirs, "taken")).toBe(1));
});

test.each([
  ["one document's bytes", { documentBytes: 2_000 }],
  ["one document's entries", { structs: 3 }],
  ["one document's writers", { clients: 0 }],
  ["everybody's bytes on the disk", { storedBytes: 2_000 }],
  ["everybody's documents on the disk", { documents: 0 }],
  ["everybody's documents in memory", { openBytes: 2_500 }],
] as const)("%s are limited", async (_, mailbox) => {
  const server = await runMailbox({ mailbox });
  const raw = await enterRaw(server.address, couple);
  raw.say(messages.update(couple.box(), putUpdate(4)));
  await eventually(() => expect(count(raw, "denied: full")).toBe(1));
  expect(count(raw, "taken")).toBe(0);
  expect(server.mailbox.stats().refusals.get("full")).toBe(1);
});

test("an address that invents couples has no more kept than its allowance, and the next day again", async () => {
  const day = 86_400;
  const storingPerAddress = { burst: 5_000, perSecond: 5_000 / day };
  const server = await runMailbox({ mailbox: { storingPerAddress } });
  const put = async (invented: Couple) => {
    const raw = await enterRaw(server.address, invented);
    raw.say(messages.update(invented.box(), putUpdate(1, 3_000)));
    const answers = (await raw.hears(4)).slice(3).map(readHeard);
    raw.socket.terminate();
    return answers[0];
  };
  expect(await put(inventCouple())).toBe("taken");
  expect(await put(inventCouple())).toBe("taken");
  expect(await put(inventCouple())).toBe("not taken");
  await eventually(() => expect(server.mailbox.stats().couples).toBe(0));
  server.clock.advance(day * 1_000);
  expect(await put(inventCouple())).toBe("taken");
});

test("on a disk that is nearly full only couples are served that have something there", async () => {
  const server = await runMailbox({ mailbox: { storedBytes: 10_000 } });
  const here = await enterRaw(server.address, couple);
  here.say(messages.update(couple.box(), putUpdate(1, 8_500)));
  await here.hears(4);
  await eventually(() => expect(server.mailbox.stats().storedDocuments).toBe(1));
  const newcomer = inventCouple();
  const late = await enterRaw(server.address, newcomer);
  late.say(messages.update(newcomer.box(), putUpdate(1)));
  await eventually(() => expect(count(late, "denied: full")).toBe(1));
  here.say(messages.update(couple.box(), putUpdate(1, 592, 5)));
  await eventually(() => expect(count(here, "taken")).toBe(2));
});

test("a couple's documents are limited, also over a restart; those there are can be opened", async () => {
  const mailbox = { documentsPerCouple: 2 };
  const first = await runMailbox({ mailbox });
  for (const index of [0, 1]) {
    const raw = await enterRaw(first.address, couple, couple.box(index));
    raw.say(messages.update(couple.box(index), putUpdate(1)));
    await raw.hears(4);
  }
  await first.stop();
  const server = await runMailbox({ mailbox, folder: first.folder });
  const raw = await openRaw(server.address);
  raw.say(messages.auth(couple.box(2), couple.token));
  expect(readHeard((await raw.hears(1))[0] ?? Buffer.of())).toBe("denied: full");
  await enterRaw(server.address, couple, couple.box(1));
});

test("a document that was only looked at takes no place once it is left", async () => {
  const server = await runMailbox({ mailbox: { documentsPerCouple: 2 } });
  for (let index = 0; index < 5; index++) {
    const raw = await enterRaw(server.address, couple, couple.box(index));
    raw.socket.close();
    await raw.closed;
    await eventually(() => expect(server.mailbox.stats().openDocuments).toBe(0));
  }
  expect(server.mailbox.stats().couples).toBe(0);
});

test("a couple's connections are limited; when one goes, another may come", async () => {
  const server = await runMailbox({ mailbox: { connectionsPerCouple: 2 } });
  const one = await enterRaw(server.address, couple);
  await enterRaw(server.address, couple);
  const third = await openRaw(server.address);
  third.say(messages.auth(couple.box(), couple.token));
  expect(readHeard((await third.hears(1))[0] ?? Buffer.of())).toBe("denied: busy");
  await enterRaw(server.address, stranger);
  one.socket.close();
  await eventually(() => expect(server.stats().sockets).toBe(3));
  third.say(messages.auth(couple.box(), couple.token));
  await third.hears(2);
  expect(count(third, "let in")).toBe(1);
});

test("a connection's documents are limited", async () => {
  const server = await runMailbox({ mailbox: { documentsPerConnection: 2 } });
  const raw = await enterRaw(server.address, couple, couple.box(0));
  raw.say(messages.auth(couple.box(1), couple.token));
  raw.say(messages.auth(couple.box(2), couple.token));
  await raw.hears(5);
  expect(count(raw, "denied: busy")).toBe(1);
  raw.say(messages.close(couple.box(1)));
  await eventually(() => expect(count(raw, "closed")).toBe(1));
  raw.say(messages.auth(couple.box(2), couple.token));
  await eventually(() => expect(count(raw, "let in")).toBe(3));
});

test("who is fast waits and loses nothing", async () => {
  const rate = { messages: { burst: 5, perSecond: 100 }, bytes: { burst: 1e9, perSecond: 1e9 } };
  const server = await runMailbox({ mailbox: { perConnection: rate } });
  const raw = await enterRaw(server.address, couple);
  const doc = new Y.Doc();
  doc.on("update", (update: Uint8Array) => raw.say(messages.update(couple.box(), update)));
  for (let index = 0; index < 500; index++)
    doc.getMap("envelopes").set(inventKey(index), inventEnvelope());
  const closing = await enterRaw(server.address, stranger);
  await closing.hears(3);
  expect(count(raw, "taken")).toBeLessThan(500);
  await eventually(() => {
    server.clock.advance(500);
    expect(count(raw, "taken")).toBe(500);
  });
});

test("an address is slowed down with all its connections together", async () => {
  const rate = { messages: { burst: 8, perSecond: 10 }, bytes: { burst: 1e9, perSecond: 1e9 } };
  const server = await runMailbox({ mailbox: { perAddress: rate } });
  const raws: Raw[] = [];
  for (let index = 0; index < 5; index++) {
    const raw = await openRaw(server.address);
    raw.say(messages.auth(couple.box(), couple.token));
    await raw.hears(1);
    raws.push(raw);
  }
  for (const raw of raws) {
    raw.say(messages.vector(couple.box()));
    raw.say(messages.vector(couple.box()));
  }
  await eventually(() =>
    expect(raws.filter((raw) => count(raw, "state") > 0).length).toBeGreaterThan(2),
  );
  for (const raw of raws)
    for (let index = 0; index < 10; index++) raw.say(messages.vector(couple.box()));
  const all = () => raws.reduce((sum, raw) => sum + count(raw, "state"), 0);
  await server.metrics();
  expect(all()).toBeLessThan(60);
  await eventually(() => {
    server.clock.advance(500);
    expect(all()).toBe(60);
  });
});

test("asking for a full box over and over is cut off", async () => {
  const reading = {
    messages: { burst: 1e6, perSecond: 1e6 },
    bytes: { burst: 100_000, perSecond: 1 },
  };
  const server = await runMailbox({ mailbox: { reading } });
  const raw = await enterRaw(server.address, couple);
  raw.say(messages.update(couple.box(), putUpdate(1, 30_000)));
  await eventually(() => expect(count(raw, "taken")).toBe(1));
  for (let index = 0; index < 5; index++) raw.say(messages.vector(couple.box()));
  expect(await raw.closed).toBe(1008);
  expect(count(raw, "state")).toBeLessThanOrEqual(4);
});

test("who does not read what they asked for is dropped", async () => {
  const server = await runMailbox({ mailbox: { outgoingBytes: 3_000_000 } });
  const writer = await enterRaw(server.address, couple);
  writer.say(messages.update(couple.box(), putUpdate(1, 1_000_000)));
  await eventually(() => expect(count(writer, "taken")).toBe(1));
  const sleeper = await openRaw(server.address);
  sleeper.say(messages.auth(couple.box(), couple.token));
  await sleeper.hears(1);
  sleeper.socket.pause();
  for (let index = 0; index < 30; index++) sleeper.say(messages.vector(couple.box()));
  await eventually(() => expect(server.stats().sockets).toBe(1));
  writer.say(messages.vector(couple.box()));
  await eventually(() => expect(count(writer, "state")).toBe(2));
});

test("messages that arrive in part take only so much of the memory, of all together", async () => {
  const server = await runMailbox({ mailbox: { arrivingBytes: 1_000_000 } });
  const raws: Raw[] = [];
  for (let index = 0; index < 6; index++) raws.push(await enterRaw(server.address, couple));
  for (const raw of raws) {
    const { _socket: wire } = raw.socket as unknown as { _socket: NodeJS.WritableStream };
    // The head of a frame of 2 MiB less one byte, and 300,000 of them.
    wire.write(Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x1f, 0xff, 0xff, 0, 0, 0, 0]));
    wire.write(Buffer.alloc(300_000));
  }
  await eventually(() => expect(server.stats().sockets).toBeLessThanOrEqual(4));
  expect(server.stats().sockets).toBeGreaterThan(0);
});

test("a state vector is only so long", async () => {
  const server = await runMailbox({ mailbox: { vectorBytes: 100 } });
  for (const vector of [new Uint8Array(101), Uint8Array.of(2, 1, 1, 1, 1), Uint8Array.of(9, 1)]) {
    const raw = await enterRaw(server.address, couple);
    raw.say(messages.vector(couple.box(), vector));
    expect(await raw.closed).toBe(1008);
  }
});
