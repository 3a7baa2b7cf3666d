import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";
import {
  enterRaw,
  inventEnvelope,
  inventKey,
  openPartner,
  openRaw,
  putUpdate,
  readHeard,
  runMailbox,
} from "./mailboxServer.harness.ts";
import { inventCouple, messages } from "./mailboxServer.wire.ts";
import { eventually, joinTopic, openTcp, runRendezvous } from "./server.harness.ts";

// Hocuspocus names documents on the console when something surprises it: a word there is a throw here.
beforeEach(() => {
  for (const method of ["log", "warn", "error"] as const)
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      said.push(words.map(String).join(" "));
    });
});
afterEach(() => {
  vi.restoreAllMocks();
  const words = said.splice(0);
  if (words.length > 0) throw new Error(`said on the console: ${words.join("; ")}`);
});

const said: string[] = [];
const couple = inventCouple(Buffer.alloc(32, 1));
const stranger = inventCouple(Buffer.alloc(32, 2));

test("a token that is not the couple's opens nothing, whatever it looks like", async () => {
  const server = await runMailbox();
  const tokens = [stranger.token, couple.couple, "", `${couple.token}A`, couple.token.slice(1)];
  for (const token of [...tokens, couple.token.toLowerCase(), "=".repeat(43)]) {
    const raw = await openRaw(server.address);
    raw.say(messages.auth(couple.box(), token));
    raw.say(messages.vector(couple.box()));
    expect((await raw.hears(1)).map(readHeard)).toEqual(["denied: not yours"]);
  }
  expect(server.mailbox.stats()).toMatchObject({ openDocuments: 0, couples: 0 });
  expect(server.mailbox.stats().refusals.get("not yours")).toBe(7);
  const raw = await openRaw(server.address);
  raw.say(messages.auth(couple.box(), "é".repeat(20)));
  expect(await raw.closed).toBe(1008);
});

test("who is let in to their own box gets nothing of another couple's, with either token", async () => {
  const server = await runMailbox();
  const theirs = await enterRaw(server.address, stranger);
  theirs.say(messages.update(stranger.box(), putUpdate(1)));
  const raw = await enterRaw(server.address, couple);
  raw.say(messages.update(stranger.box(), putUpdate(1)));
  raw.say(messages.vector(stranger.box()));
  raw.say(messages.auth(stranger.box(), couple.token));
  expect((await raw.hears(4)).map(readHeard).at(-1)).toBe("denied: not yours");
  // Even who knows both secrets uses a connection for each.
  raw.say(messages.auth(stranger.box(), stranger.token));
  expect((await raw.hears(5)).map(readHeard).at(-1)).toBe("denied: not yours");
});

const oddNames: Record<string, string> = {
  "that climbs out of the folder": "../../../../../../../etc/passwd.aaaaaaaaaaaaa",
  "with a slash": `${couple.couple}./${"a".repeat(21)}`,
  "percent-encoded": `${couple.couple}.%2e%2e%2f${"a".repeat(13)}`,
  "in other letters": `${couple.couple}.${"é".repeat(22)}`,
  "of ten thousand letters": "a".repeat(10_000),
  "with nothing in it": "",
  "with a session behind it": `${couple.box()}\0session`,
  "with two dots": `${couple.couple}..${"a".repeat(21)}`,
  "without a dot": "a".repeat(45),
  "of an object's innards": "__proto__",
};

test.each(Object.entries(oddNames))("a name %s ends the connection", async (_, name) => {
  const server = await runMailbox();
  const raw = await openRaw(server.address);
  raw.say(messages.auth(name, couple.token));
  expect([1008, 1009]).toContain(await raw.closed);
  expect(await server.files()).toEqual([]);
});

test("more than 8 KiB before being let in, and more than 2 MiB after it, end the connection", async () => {
  const server = await runMailbox();
  const early = await openRaw(server.address);
  early.say(new Uint8Array(8_193));
  expect(await early.closed).toBe(1009);
  const much = await openRaw(server.address);
  for (let index = 0; index < 9; index++) much.say(messages.update(couple.box(), putUpdate(10)));
  expect([1006, 1009]).toContain(await much.closed);
  const late = await enterRaw(server.address, couple);
  late.say(messages.update(couple.box(), new Uint8Array(2_097_153)));
  expect(await late.closed).toBe(1009);
});

test("two MiB at once are taken", async () => {
  const server = await runMailbox();
  const raw = await enterRaw(server.address, couple);
  raw.say(messages.update(couple.box(), putUpdate(2, 1_040_000)));
  expect((await raw.hears(4)).map(readHeard)).toContain("taken");
});

test("text frames, and messages of other kinds, end the connection", async () => {
  const server = await runMailbox();
  const text = await enterRaw(server.address, couple);
  text.say("hello");
  expect(await text.closed).toBe(1003);
  for (const type of [5, 6, 8, 9, 10, 11, 127]) {
    const raw = await enterRaw(server.address, couple);
    raw.say(messages.plain(couple.box(), type, Uint8Array.of(1, 1)));
    expect(await raw.closed).toBe(1008);
  }
});

test("who is there is told to nobody", async () => {
  const server = await runMailbox();
  const one = await enterRaw(server.address, couple);
  const other = await enterRaw(server.address, couple);
  // One client, clock 1, state {}.
  one.say(messages.plain(couple.box(), 1, Uint8Array.of(6, 1, 5, 1, 2, 123, 125)));
  one.say(messages.plain(couple.box(), 3));
  one.say(messages.update(couple.box(), putUpdate(1)));
  const answers = [...(await one.hears(5)), ...(await other.hears(4))].map(readHeard);
  expect(new Set(answers)).toEqual(new Set(["let in", "state", "vector", "update", "taken"]));
});

const badUpdates = {
  "text instead of envelopes": (doc: Y.Doc) => doc.getText("envelopes").insert(0, "x".repeat(600)),
  "another map": (doc: Y.Doc) => doc.getMap("other").set(inventKey(1), inventEnvelope()),
  "a map within": (doc: Y.Doc) => doc.getMap("envelopes").set(inventKey(1), new Y.Map()),
  "a document within": (doc: Y.Doc) => doc.getMap("envelopes").set(inventKey(1), new Y.Doc()),
  "a string": (doc: Y.Doc) => doc.getMap("envelopes").set(inventKey(1), "x".repeat(600)),
  "a nested value": (doc: Y.Doc) =>
    doc.getMap("envelopes").set(inventKey(1), { a: [{ b: "x".repeat(600) }] }),
  "a list": (doc: Y.Doc) => doc.getArray("envelopes").insert(0, [inventEnvelope()]),
  "a key of another length": (doc: Y.Doc) => doc.getMap("envelopes").set("key", inventEnvelope()),
  "too few bytes": (doc: Y.Doc) => doc.getMap("envelopes").set(inventKey(1), inventEnvelope(591)),
  "too many bytes": (doc: Y.Doc) =>
    doc.getMap("envelopes").set(inventKey(1), inventEnvelope(1_081_425)),
} as const;

test.each(Object.entries(badUpdates))("%s: not taken, and the connection ends", async (_, fill) => {
  const server = await runMailbox();
  const raw = await enterRaw(server.address, couple);
  const doc = new Y.Doc();
  fill(doc);
  raw.say(messages.update(couple.box(), Y.encodeStateAsUpdate(doc)));
  expect(await raw.closed).toBe(1008);
  await eventually(() => expect(server.mailbox.stats().openDocuments).toBe(0));
  expect(await server.files()).toEqual([]);
});

test("a gap that waits to be filled, or a deletion of what is not there, is not kept", async () => {
  const server = await runMailbox();
  const doc = new Y.Doc();
  const entries = doc.getMap("envelopes");
  entries.set(inventKey(1), inventEnvelope());
  const before = Y.encodeStateVector(doc);
  entries.set(inventKey(2), inventEnvelope());
  const gap = Y.encodeStateAsUpdate(doc, before);
  for (const update of [gap, Uint8Array.of(0, 1, 9, 1, 0, 5)]) {
    const raw = await enterRaw(server.address, couple);
    raw.say(messages.update(couple.box(), update));
    expect(await raw.closed).toBe(1008);
  }
});

test("one key written again and again is enough at some point", async () => {
  const server = await runMailbox({ mailbox: { crowd: 20 } });
  const raw = await enterRaw(server.address, couple);
  const doc = new Y.Doc();
  doc.on("update", (update: Uint8Array) => raw.say(messages.update(couple.box(), update)));
  for (let index = 0; index < 22; index++)
    doc.getMap("envelopes").set(inventKey(1), inventEnvelope(592, index));
  expect(await raw.closed).toBe(1008);
});

test("two updates on each other's heels are both taken", async () => {
  const server = await runMailbox();
  const raw = await enterRaw(server.address, couple);
  const doc = new Y.Doc();
  doc.on("update", (update: Uint8Array) => raw.say(messages.update(couple.box(), update)));
  for (let index = 0; index < 50; index++)
    doc.getMap("envelopes").set(inventKey(index), inventEnvelope());
  await eventually(() =>
    expect(raw.heard.filter((data) => readHeard(data) === "taken")).toHaveLength(50),
  );
  const reader = openPartner(server.address, couple.box(), couple.token);
  await reader.synced;
  expect(reader.envelopes.size).toBe(50);
});

test("leaving a document and asking for it again at once works", async () => {
  const server = await runMailbox();
  const raw = await enterRaw(server.address, couple);
  raw.say(messages.close(couple.box()));
  raw.say(messages.auth(couple.box(), couple.token));
  raw.say(messages.vector(couple.box()));
  expect((await raw.hears(7)).map(readHeard).slice(3)).toEqual([
    "closed",
    "let in",
    "vector",
    "state",
  ]);
});

test("whatever bytes come, before and after being let in, the others meet and the server lives", async () => {
  const server = await runMailbox();
  const bystander = openPartner(server.address, stranger.box(), stranger.token);
  await bystander.synced;
  const random = seededRandom(20_260_601);
  const good = [
    messages.auth(couple.box(), couple.token),
    messages.vector(couple.box()),
    messages.update(couple.box(), putUpdate(2)),
    messages.stepTwo(couple.box(), putUpdate(1)),
    messages.close(couple.box()),
  ];
  for (let round = 0; round < 120; round++) {
    const raw =
      round % 2 === 0 ? await openRaw(server.address) : await enterRaw(server.address, couple);
    for (let index = 0; index < 4; index++) {
      const base = good[pickNumber(random, good.length)] ?? new Uint8Array();
      const bytes = Uint8Array.from(base);
      // Past the name, so that the deeper layers get their share.
      for (let flips = pickNumber(random, 4); flips >= 0; flips--)
        bytes[46 + pickNumber(random, bytes.length - 46)] = pickNumber(random, 256);
      raw.say(round % 5 === 0 ? random(1 + pickNumber(random, 200)) : bytes);
    }
    raw.socket.close();
    await raw.closed;
  }
  bystander.envelopes.set(inventKey(1), inventEnvelope());
  await bystander.taken();
  await eventually(() =>
    expect(server.mailbox.stats()).toMatchObject({ openDocuments: 1, couples: 1 }),
  );
}, 60_000);

test("pages of the web are kept out of the mailbox as well", async () => {
  const server = await runMailbox();
  await expect(openRaw(server.address, { origin: "https://example.org" })).rejects.toThrow("1006");
  await openRaw(server.address, { origin: "app://twofold" });
});

test("a meeting point without a mailbox says that there is none; one with it still lets people meet", async () => {
  const without = await runRendezvous();
  await expect(openRaw(`${without.address}/mailbox`)).rejects.toThrow("1006");
  const server = await runMailbox();
  const meeting = server.address.slice(0, -"/mailbox".length);
  const one = await joinTopic(meeting, "room");
  const other = await joinTopic(meeting, "room");
  one.say({ type: "publish", topic: "room", data: 1 });
  expect(await other.hear()).toMatchObject({ data: 1 });
  await enterRaw(`${meeting}/below/mailbox`, couple);
});

test("who shakes hands and asks for nothing, or never ends a message, is let go", async () => {
  const server = await runMailbox();
  const staying = await enterRaw(server.address, couple);
  const silent = await openRaw(server.address);
  const slow = await enterRaw(server.address, couple);
  const { _socket: wire } = slow.socket as unknown as { _socket: NodeJS.WritableStream };
  // The head of a frame of one MiB, and little of it.
  wire.write(Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 2, 3, 4, 5, 6]));
  for (let elapsed = 0; elapsed < 90_000; elapsed += 15_000) {
    const before = staying.heard.length;
    server.clock.advance(15_000);
    staying.say(messages.vector(couple.box()));
    await staying.hears(before + 2);
  }
  expect(await silent.closed).toBe(1008);
  expect(await slow.closed).toBe(1006);
  expect(staying.socket.readyState).toBe(staying.socket.OPEN);
});

test("a quiet mailbox stays connected for hours, with the client library as it comes", async () => {
  const server = await runMailbox();
  const one = openPartner(server.address, couple.box(), couple.token);
  await one.synced;
  const socket = one.provider.configuration.websocketProvider.webSocket;
  for (let round = 0; round < 20; round++) {
    const pinged = new Promise<void>((resolve) =>
      socket?.addEventListener("message", () => resolve(), { once: true }),
    );
    server.clock.advance(15_000);
    await pinged;
    await openTcp(server.port).then((wire) => wire.destroy());
  }
  one.envelopes.set(inventKey(1), inventEnvelope());
  await one.taken();
  expect(one.provider.isAuthenticated).toBe(true);
});
