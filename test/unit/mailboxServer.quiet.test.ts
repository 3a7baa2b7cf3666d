import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { proxiesAt } from "../../server/proxies.ts";
import { enterRaw, openRaw, putUpdate, runMailbox } from "./mailboxServer.harness.ts";
import { inventCouple, messages } from "./mailboxServer.wire.ts";
import { eventually, openTcp } from "./server.harness.ts";

const couple = inventCouple(createHash("sha256").update("canary couple").digest());
const stranger = inventCouple(createHash("sha256").update("canary stranger").digest());

test("neither log nor metrics nor console hold an address, a couple, a document, a token or an envelope", async () => {
  const said: string[] = [];
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      said.push(words.map(String).join(" "));
    });
  const server = await runMailbox({
    mailbox: { coupleBytes: 5_000, connectionsPerCouple: 2 },
    house: { isProxy: proxiesAt(["127.0.0.1"]) ?? (() => false) },
  });
  const open = (address: string) => openRaw(server.address, { "x-forwarded-for": address });
  const enter = async (address: string) => {
    const raw = await open(address);
    raw.say(messages.auth(couple.box(), couple.token));
    raw.say(messages.vector(couple.box()));
    await raw.hears(3);
    return raw;
  };
  const one = await enter("198.51.100.77");
  one.say(messages.update(couple.box(), putUpdate(4)));
  one.say(messages.update(couple.box(), putUpdate(4, 592, 10)));
  await one.hears(7);
  const bad = await enter("2001:db8:77::1");
  bad.say(messages.update(couple.box(), Uint8Array.of(1, 2, 3)));
  await bad.closed;
  const text = await enter("198.51.100.78");
  text.say(`{"token":"${couple.token}"}`);
  await text.closed;
  const wrong = await open("198.51.100.79");
  wrong.say(messages.auth(couple.box(), stranger.token));
  await wrong.hears(1);
  (await openTcp(server.port)).write(`GET /${couple.box()} HTTP/9.9\r\n${couple.token}\r\n\r\n`);
  await eventually(() => expect(server.mailbox.stats().storedDocuments).toBe(1));
  const [path = ""] = await server.files();
  one.socket.close();
  await eventually(() => expect(server.mailbox.stats().openDocuments).toBe(0));
  await writeFile(join(server.folder, path), "damaged");
  await enter("198.51.100.80");
  server.clock.advance(15_000);
  await eventually(() => expect(server.log.join(" ")).toContain("damaged"));

  const metrics = await (await server.metrics()).text();
  const everything = [...server.log, ...said, metrics].join("\n");
  const [, box = "-"] = couple.box().split(".");
  const canaries = [couple.couple, couple.token, box, stranger.couple, stranger.token];
  for (const canary of [...canaries, "198.51.100", "2001:db8", "127.0.0.1", "BwcHBwcH"])
    expect(everything).not.toContain(canary);
  for (const canary of canaries) expect(everything).not.toContain(canary.slice(0, 8));
  expect(said).toEqual([]);
  vi.restoreAllMocks();
});

test("the metrics say how the house does, in sums", async () => {
  const server = await runMailbox();
  const one = await enterRaw(server.address, couple);
  one.say(messages.update(couple.box(), putUpdate(1)));
  await one.hears(4);
  await enterRaw(server.address, couple);
  await enterRaw(server.address, stranger);
  await eventually(() => expect(server.mailbox.stats().storedDocuments).toBe(1));
  const wrong = await openRaw(server.address);
  wrong.say(messages.auth(couple.box(), stranger.token));
  await wrong.hears(1);
  const answer = await server.metrics();
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  const text = await answer.text();
  for (const line of [
    'twofold_connections{kind="mailbox"} 4',
    'twofold_connections{kind="rendezvous"} 0',
    "twofold_mailbox_couples 2",
    'twofold_mailbox_documents{where="memory"} 2',
    'twofold_mailbox_documents{where="disk"} 1',
    'twofold_mailbox_refusals_total{reason="not yours"} 1',
  ])
    expect(text.split("\n")).toContain(line);
  expect(text).toMatch(/twofold_mailbox_bytes\{where="disk"\} \d{3}\n/);
  expect(text).toMatch(/twofold_memory_bytes\{kind="resident"\} \d{7,}\n/);
});

test("the metrics are for this computer: what a proxy brings from outside is not told", async () => {
  const server = await runMailbox();
  for (const header of ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
    expect((await server.metrics({ [header]: "198.51.100.1" })).status).toBe(404);
  expect((await server.metrics()).status).toBe(200);
  const open = await runMailbox({ house: { metricsOpen: true } });
  expect((await open.metrics({ "x-forwarded-for": "198.51.100.1" })).status).toBe(200);
});

test("behind a proxy each visitor counts as their own address, and only a known proxy is believed", async () => {
  const isProxy = proxiesAt(["127.0.0.0/8"]) ?? (() => false);
  const server = await runMailbox({ limits: { connectionsPerAddress: 2 }, house: { isProxy } });
  const from = (address: string) =>
    openRaw(server.address, { "x-forwarded-for": `192.0.2.66, ${address}` });
  await from("198.51.100.1");
  const second = await from("198.51.100.1");
  await expect(from("198.51.100.1")).rejects.toThrow("1006");
  await from("198.51.100.2");
  second.socket.close();
  await eventually(() => expect(server.stats().sockets).toBe(2));
  await from("198.51.100.1");

  const unbelieving = await runMailbox({ limits: { connectionsPerAddress: 2 } });
  const claim = (address: string) => openRaw(unbelieving.address, { "x-forwarded-for": address });
  await claim("198.51.100.1");
  await claim("198.51.100.2");
  await expect(claim("198.51.100.3")).rejects.toThrow("1006");
});

test("a proxy's place is an address or a network", () => {
  const isProxy = proxiesAt(["172.18.0.0/16", "10.0.0.7", "fd00::/8"]);
  expect(isProxy?.("172.18.3.4")).toBe(true);
  expect(isProxy?.("::ffff:172.18.3.4")).toBe(true);
  expect(isProxy?.("172.19.3.4")).toBe(false);
  expect(isProxy?.("10.0.0.7")).toBe(true);
  expect(isProxy?.("fd12::1")).toBe(true);
  expect(isProxy?.(undefined)).toBe(false);
  for (const place of ["example.org", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/8/8", ""])
    expect(proxiesAt([place])).toBeUndefined();
});
