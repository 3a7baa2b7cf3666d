import { expect, test } from "vitest";
import { eventually, joinRendezvous, joinTopic, openTcp, runRendezvous } from "./server.harness.ts";

const frame = (value: unknown) => JSON.stringify(value);

const badFrames: Record<string, string> = {
  "nothing at all": "",
  "text that is not JSON": "hello",
  "JSON cut short": '{"type":"subscribe","topics":["a"',
  "a number": "1",
  null: "null",
  "an array": "[]",
  "a string": '"ping"',
  "an object without a type": "{}",
  "an unknown type": frame({ type: "shout" }),
  "a type that is not text": frame({ type: ["ping"] }),
  "a type only in __proto__": '{"__proto__":{"type":"ping"}}',
  "a type named constructor": frame({ type: "constructor" }),
  "topics missing": frame({ type: "subscribe" }),
  "topics as an object": frame({ type: "subscribe", topics: { length: 1, 0: "a" } }),
  "topics as text": frame({ type: "subscribe", topics: "room" }),
  "a topic that is a number": frame({ type: "subscribe", topics: ["a", 7] }),
  "a topic that is null": frame({ type: "unsubscribe", topics: [null] }),
  "an empty topic": frame({ type: "subscribe", topics: [""] }),
  "a topic of 129 characters": frame({ type: "subscribe", topics: ["t".repeat(129)] }),
  "17 topics at once": frame({
    type: "subscribe",
    topics: Array.from({ length: 17 }, (_, index) => `t${index}`),
  }),
  "a publish without topic": frame({ type: "publish", data: 1 }),
  "a publish without data": frame({ type: "publish", topic: "room" }),
  "a publish to an array": frame({ type: "publish", topic: ["room"], data: 1 }),
  "arrays 30,000 deep": `{"type":"publish","topic":"room","data":${"[".repeat(30_000)}${"]".repeat(30_000)}}`,
  "objects 10,000 deep and unfinished": '{"a":'.repeat(10_000),
};

for (const [name, text] of Object.entries(badFrames)) {
  test(`${name}: closed with 1008, and the others stay`, async () => {
    const server = await runRendezvous();
    const bystander = await joinTopic(server.address, "room");
    const one = await joinTopic(server.address, "room");
    one.sayRaw(text);
    expect(await one.closed).toBe(1008);
    bystander.say({ type: "publish", topic: "room", data: 1 });
    expect(await bystander.hear()).toMatchObject({ clients: 1 });
  });
}

test("the longest allowed topic and the deepest allowed data pass", async () => {
  const server = await runRendezvous();
  const topic = "t".repeat(128);
  const one = await joinTopic(server.address, topic);
  one.sayRaw(
    `{"type":"publish","topic":"${topic}","data":${"[".repeat(15)}"[[[{{{\\"[["${"]".repeat(15)}}`,
  );
  expect(await one.hear()).toMatchObject({ type: "publish", clients: 1 });
});

test("a binary frame is closed with 1003", async () => {
  const server = await runRendezvous();
  const one = await joinRendezvous(server.address);
  one.sayRaw(Buffer.from('{"type":"ping"}'));
  expect(await one.closed).toBe(1003);
});

test("a frame over 64 KiB is closed with 1009; one of exactly 64 KiB passes", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  const shell = frame({ type: "publish", topic: "room", data: "" }).length;
  one.say({ type: "publish", topic: "room", data: "x".repeat(65_536 - shell) });
  expect(await one.hear()).toMatchObject({ clients: 1 });
  one.say({ type: "publish", topic: "room", data: "x".repeat(65_537 - shell) });
  expect(await one.closed).toBe(1009);
});

test("numbers that grow when written out again are closed with 1009", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  one.sayRaw(`{"type":"publish","topic":"room","data":[${"1e20,".repeat(12_000)}1]}`);
  expect(await one.closed).toBe(1009);
});

test("text that is not UTF-8 is closed with 1007", async () => {
  const server = await runRendezvous();
  const one = await joinRendezvous(server.address);
  one.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false });
  expect(await one.closed).toBe(1007);
});

test("a 17th topic, asked for one by one, is closed with 1013 and its topics go", async () => {
  const server = await runRendezvous();
  const one = await joinRendezvous(server.address);
  for (let index = 0; index < 16; index++) one.say({ type: "subscribe", topics: [`t${index}`] });
  await one.settle();
  one.say({ type: "subscribe", topics: ["t16"] });
  expect(await one.closed).toBe(1013);
  expect(server.stats()).toMatchObject({ topics: 0, subscriptions: 0 });
});

test("a crowded topic lets nobody else in, so that one message cannot be multiplied at will", async () => {
  const server = await runRendezvous({ subscribersPerTopic: 2 });
  const one = await joinTopic(server.address, "room");
  await joinTopic(server.address, "room");
  const third = await joinRendezvous(server.address);
  third.say({ type: "subscribe", topics: ["room"] });
  expect(await third.closed).toBe(1013);
  one.say({ type: "publish", topic: "room", data: 1 });
  expect(await one.hear()).toMatchObject({ clients: 2 });
});

test("what comes after a refusal is not obeyed any more", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "room");
  const other = await joinTopic(server.address, "room");
  one.sayRaw("junk");
  one.say({ type: "subscribe", topics: ["later"] });
  one.say({ type: "publish", topic: "room", data: "late" });
  await one.closed;
  await other.settle();
  expect(other.unheard()).toEqual([]);
  expect(server.stats().topics).toBe(1);
});

const httpAnswer = async (port: number, request: string): Promise<string> => {
  const socket = await openTcp(port);
  let answer = "";
  socket.on("data", (data) => (answer += data.toString("latin1")));
  socket.write(request);
  await socket.gone;
  return answer;
};

test("health says what it is and nothing else", async () => {
  const server = await runRendezvous();
  await joinTopic(server.address, "room");
  const answer = await fetch(`http://127.0.0.1:${server.port}/health`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('{"app":"twofold-rendezvous","version":1}');
});

for (const request of [
  "GET / HTTP/1.1",
  "GET /health/ HTTP/1.1",
  "GET /health?x HTTP/1.1",
  "GET /../../etc/passwd HTTP/1.1",
  "POST /health HTTP/1.1",
  "HEAD /health HTTP/1.1",
  "OPTIONS * HTTP/1.1",
]) {
  test(`${request} is answered 404, neutrally, and the connection ends`, async () => {
    const server = await runRendezvous();
    const answer = await httpAnswer(server.port, `${request}\r\nHost: x\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer.toLowerCase()).not.toContain("twofold");
  });
}

for (const [name, request] of Object.entries({
  "no HTTP": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  "a header of 100 kB": `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(100_000)}\r\n\r\n`,
  CONNECT: "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n",
  "an upgrade to something else":
    "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
  "an upgrade without a key":
    "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
  "a body announced twice":
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
})) {
  test(`${name}: the connection ends and the server lives`, async () => {
    const server = await runRendezvous();
    await httpAnswer(server.port, request);
    await expect(server.health()).resolves.toMatchObject({ version: 1 });
  });
}

test("the log never holds a topic, a message or an address", async () => {
  const server = await runRendezvous();
  const one = await joinTopic(server.address, "canary-topic");
  one.say({ type: "publish", topic: "canary-topic", data: "canary-data" });
  await one.hear();
  one.sayRaw("canary-junk");
  await one.closed;
  const other = await joinRendezvous(server.address);
  other.sayRaw(Buffer.from("canary-binary"));
  await other.closed;
  await eventually(() => expect(server.stats().connections).toBe(0));
  server.clock.advance(15_000);
  expect(server.log).toEqual(["Connections ended from here: 2 not our protocol."]);
});
