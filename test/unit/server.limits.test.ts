import { expect, test } from "vitest";
import {
  eventually,
  joinRendezvous,
  joinTopic,
  openHalf,
  openTcp,
  runRendezvous,
} from "./server.harness.ts";

test("a flood from one is cut off with 1008 while the others still hear each other", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  const other = await joinTopic(server.address, "room");
  const flooder = await joinTopic(server.address, "flood");
  for (let index = 0; index < 5_000; index++) {
    flooder.sayRaw(JSON.stringify({ type: "publish", topic: "flood", data: index }));
  }
  one.say({ type: "publish", topic: "room", data: "still here" });
  expect(await other.hear()).toMatchObject({ data: "still here" });
  expect(await flooder.closed).toBe(1008);
  expect(flooder.unheard().length).toBeLessThanOrEqual(200);
  one.say({ type: "publish", topic: "room", data: "and after" });
  expect(await other.hear()).toMatchObject({ data: "and after" });
});

test("a flood of bytes is cut off as one of messages is", async () => {
  const server = await runRendezvous();
  const flooder = await joinRendezvous(server.address);
  for (let index = 0; index < 12; index++) {
    flooder.say({ type: "publish", topic: "nobody", data: "x".repeat(60_000) });
  }
  expect(await flooder.closed).toBe(1008);
});

test("a flood of WebSocket pings is cut off", async () => {
  const server = await runRendezvous();
  const flooder = await joinRendezvous(server.address);
  for (let index = 0; index < 1_000; index++) flooder.socket.ping("x".repeat(100), true, () => {});
  expect([1006, 1008]).toContain(await flooder.closed);
});

test("an address that shares its flood among many connections is slowed down too", async () => {
  const server = await runRendezvous({
    perAddress: {
      messages: { burst: 100, perSecond: 1 },
      bytes: { burst: 1_000_000, perSecond: 1 },
    },
  });
  const clients = await Promise.all(
    Array.from({ length: 10 }, () => joinRendezvous(server.address)),
  );
  for (const client of clients) {
    for (let index = 0; index < 20; index++) client.sayRaw('{"type":"ping"}');
  }
  const codes = await Promise.race(clients.map(({ closed }) => closed));
  expect(codes).toBe(1008);
});

test("leaving and coming back does not refill an address's allowance", async () => {
  const rate = { messages: { burst: 5, perSecond: 1 }, bytes: { burst: 1_000, perSecond: 1_000 } };
  const server = await runRendezvous({ perAddress: rate });
  for (let index = 0; index < 5; index++) (await openTcp(server.port)).destroy();
  await eventually(() => expect(server.stats().sockets).toBe(0));
  await expect(joinRendezvous(server.address)).rejects.toThrow("1006");
  server.clock.advance(2_000);
  const one = await joinRendezvous(server.address);
  await one.settle();
});

test("the rate refills with time: a talkative but patient client stays", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  for (let round = 0; round < 10; round++) {
    for (let index = 0; index < 100; index++)
      one.say({ type: "publish", topic: "room", data: index });
    for (let index = 0; index < 100; index++)
      expect(await one.hear()).toMatchObject({ data: index });
    server.clock.advance(10_000);
    await one.settle();
  }
});

test("no room in all and no room for this address look the same from outside", async () => {
  for (const limits of [{ connections: 3 }, { connectionsPerAddress: 3 }]) {
    const server = await runRendezvous(limits);
    const inside = [];
    for (let index = 0; index < 3; index++) inside.push(await joinRendezvous(server.address));
    await expect(joinRendezvous(server.address)).rejects.toThrow("1006");
    inside[0]?.socket.close();
    await eventually(() => expect(server.stats().sockets).toBe(2));
    await (await joinRendezvous(server.address)).settle();
  }
});

test("who does not read is dropped before much is kept for them", async () => {
  const server = await runRendezvous({
    outgoingBytes: 128 * 1_024,
    perConnection: {
      messages: { burst: 10_000, perSecond: 1 },
      bytes: { burst: 100_000_000, perSecond: 1 },
    },
    perAddress: {
      messages: { burst: 10_000, perSecond: 1 },
      bytes: { burst: 100_000_000, perSecond: 1 },
    },
  });
  const writer = await joinTopic(server.address, "room");
  const sleeper = await joinTopic(server.address, "room");
  sleeper.socket.pause();
  for (let index = 0; index < 1_000 && server.stats().subscriptions === 2; index++) {
    writer.say({ type: "publish", topic: "room", data: "x".repeat(60_000) });
    expect(await writer.hear()).toMatchObject({ type: "publish" });
  }
  await eventually(() =>
    expect(server.stats()).toMatchObject({ connections: 1, subscriptions: 1 }),
  );
  await writer.settle();
});

test("a hundred half-open connections are gone within 30 seconds; who answers stays", async () => {
  const server = await runRendezvous({ connectionsPerAddress: 200 });
  const alive = await joinTopic(server.address, "room");
  const halves = await Promise.all(Array.from({ length: 100 }, () => openHalf(server.port)));
  expect(server.stats().connections).toBe(101);
  const pinged = new Promise<void>((resolve) => alive.socket.once("ping", () => resolve()));
  server.clock.advance(15_000);
  await pinged;
  await alive.settle();
  expect(server.stats().connections).toBe(101);
  server.clock.advance(15_000);
  await Promise.all(halves.map(({ gone }) => gone));
  await alive.settle();
  await eventually(() => expect(server.stats()).toMatchObject({ connections: 1, sockets: 1 }));
});

test("a hundred sockets that say nothing, or say it too slowly, are dropped after ten seconds", async () => {
  const server = await runRendezvous({ connectionsPerAddress: 200 });
  const sockets = await Promise.all(Array.from({ length: 100 }, () => openTcp(server.port)));
  for (const [index, socket] of sockets.entries()) {
    socket.resume();
    if (index % 3 === 1) socket.write("GET /health HTTP/1.1\r\nX-Slow: ");
    if (index % 3 === 2) socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1");
  }
  const alive = await joinTopic(server.address, "room");
  await eventually(() => expect(server.stats().sockets).toBeGreaterThan(50));
  server.clock.advance(10_000);
  await Promise.all(sockets.map(({ gone }) => gone));
  await alive.settle();
});

test("who answers pings but never says a word is closed after two minutes", async () => {
  const server = await runRendezvous();
  const silent = await joinRendezvous(server.address);
  const talking = await joinRendezvous(server.address);
  for (let elapsed = 0; elapsed < 120_000; elapsed += 15_000) {
    const pinged = new Promise<void>((resolve) => silent.socket.once("ping", () => resolve()));
    const ended = silent.closed.then(() => undefined);
    server.clock.advance(15_000);
    await Promise.race([pinged, ended]);
    silent.socket.pong();
    await talking.settle();
    await eventuallyAnswered(silent.socket.readyState === silent.socket.OPEN, server);
  }
  expect(await silent.closed).toBe(1008);
  await talking.settle();
});

/** The silent client's pong has no answer to wait for; health takes the same way through the server's loop. */
const eventuallyAnswered = async (
  open: boolean,
  server: { readonly health: () => Promise<unknown> },
) => {
  if (open) await server.health();
};
