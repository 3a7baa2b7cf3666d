import { expect, test } from "vitest";
import { startRendezvous } from "../../server/rendezvous.ts";
import { createManualClock } from "../support/manualClock.ts";
import { eventually, joinRendezvous, joinTopic, runRendezvous } from "./server.harness.ts";

test("what one of two publishes reaches both, with how many are there, as y-webrtc expects", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  const other = await joinTopic(server.address, "room");
  one.say({ type: "publish", topic: "room", data: { type: "announce", from: "a" } });
  const expected = {
    type: "publish",
    topic: "room",
    data: { type: "announce", from: "a" },
    clients: 2,
  };
  expect(await other.hear()).toEqual(expected);
  expect(await one.hear()).toEqual(expected);
});

test("sealed signalling (a string) passes unchanged", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  one.say({ type: "publish", topic: "room", data: "c2VhbGVk\u2028é😀" });
  expect(await one.hear()).toMatchObject({ data: "c2VhbGVk\u2028é😀" });
});

test("a whole connection offer of 40 kB passes", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  const data = {
    type: "signal",
    to: "b",
    from: "a",
    signal: { type: "offer", sdp: "v".repeat(40_000) },
  };
  one.say({ type: "publish", topic: "room", data });
  expect(await one.hear()).toMatchObject({ data });
});

test("an empty subscription and a ping, y-webrtc's first words without a room, are answered", async () => {
  const server = await runRendezvous();
  const one = await joinRendezvous(server.address);
  one.say({ type: "subscribe", topics: [] });
  one.say({ type: "ping" });
  expect(await one.hear()).toEqual({ type: "pong" });
});

test("other topics hear nothing", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  const stranger = await joinTopic(server.address, "Room", "room ", "__proto__");
  one.say({ type: "publish", topic: "room", data: 1 });
  await one.hear();
  await stranger.settle();
  expect(stranger.unheard()).toEqual([]);
});

test("who is not subscribed cannot speak to a topic, and is not thrown out for trying", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  const stranger = await joinTopic(server.address, "elsewhere");
  stranger.say({ type: "publish", topic: "room", data: "hello" });
  await stranger.settle();
  await one.settle();
  expect(one.unheard()).toEqual([]);
});

test("after unsubscribing one hears nothing more", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  const other = await joinTopic(server.address, "room");
  other.say({ type: "unsubscribe", topics: ["room", "never there"] });
  await other.settle();
  one.say({ type: "publish", topic: "room", data: 1 });
  expect(await one.hear()).toMatchObject({ clients: 1 });
  await other.settle();
  expect(other.unheard()).toEqual([]);
});

test("subscribing twice is once", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room", "room");
  one.say({ type: "subscribe", topics: ["room"] });
  one.say({ type: "publish", topic: "room", data: 1 });
  expect(await one.hear()).toMatchObject({ clients: 1 });
  await one.settle();
});

test("a topic named like something of the language is a topic like any other", async () => {
  const server = await runRendezvous();
  for (const topic of ["__proto__", "constructor", "hasOwnProperty", "toString"]) {
    const one = await joinTopic(server.address, topic);
    one.say({ type: "publish", topic, data: { ["__proto__"]: { type: "ping" }, constructor: 1 } });
    expect(await one.hear()).toMatchObject({ type: "publish", topic, clients: 1 });
  }
});

test("extra fields of a frame go no further", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  one.say({ type: "publish", topic: "room", data: 1, clients: 99, extra: "x" });
  expect(await one.hear()).toEqual({ type: "publish", topic: "room", data: 1, clients: 1 });
});

test("when all have left, nothing of them remains", async () => {
  const server = await runRendezvous();
  const clients = await Promise.all(
    Array.from({ length: 20 }, (_, index) => joinTopic(server.address, "room", `own ${index}`)),
  );
  expect(server.stats()).toMatchObject({ connections: 20, topics: 21, subscriptions: 40 });
  for (const [index, client] of clients.entries()) {
    if (index % 2 === 0) client.socket.close();
    else client.socket.terminate();
  }
  await eventually(() =>
    expect(server.stats()).toMatchObject({
      sockets: 0,
      connections: 0,
      topics: 0,
      subscriptions: 0,
    }),
  );
  server.clock.advance(60_000);
  expect(server.stats().addresses).toBe(0);
  expect(server.clock.waiting()).toBe(1);
});

test("compression is not agreed to", async () => {
  const server = await runRendezvous();
  const one = await joinRendezvous(server.address);
  expect(one.socket.extensions).toBe("");
});

test("stopping says goodbye, frees the port, and may be asked twice", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  await server.stop();
  await server.stop();
  expect(await one.closed).toBe(1001);
  const again = await startRendezvous({
    host: "127.0.0.1",
    port: server.port,
    clock: createManualClock(),
    log: () => {},
  });
  expect(again.ok).toBe(true);
  if (again.ok) await again.value.stop();
});

test("a port in use is told, and the one who has it keeps it", async () => {
  const server = await runRendezvous();
  const parts = { host: "127.0.0.1", port: server.port, clock: createManualClock(), log: () => {} };
  expect(await startRendezvous(parts)).toMatchObject({ ok: false, code: "PORT_TAKEN" });
  await expect(server.health()).resolves.toEqual({ app: "twofold-rendezvous", version: 1 });
});

test("an address this computer does not have is told", async () => {
  const parts = { host: "192.0.2.1", port: 0, clock: createManualClock(), log: () => {} };
  expect(await startRendezvous(parts)).toMatchObject({ ok: false, code: "BAD_HOST" });
});
