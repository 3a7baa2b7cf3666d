import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createMailboxKit } from "../support/mailboxKit.ts";
import { hasRedis } from "../support/redisServer.ts";
import { inventEnvelope, inventKey, openPartner } from "./mailboxServer.harness.ts";
import { inventCouple } from "./mailboxServer.wire.ts";
import { type Client, eventually, joinRendezvous } from "./server.harness.ts";
import { usePair } from "./serverRedis.kit.ts";

describe.skipIf(!hasRedis())("two processes behind one address", () => {
  const pair = usePair();

  test("partners who are at different processes meet, and hear each word once", async () => {
    const { one, other } = await pair();
    const [anna, ben] = [await joinRendezvous(one.at), await joinRendezvous(other.at)];
    for (const partner of [anna, ben]) {
      partner.say({ type: "subscribe", topics: ["a topic"] });
      partner.say({ type: "publish", topic: "a topic", data: { type: "announce" } });
    }
    const said = (data: unknown) => ({ type: "publish", topic: "a topic", data, clients: 1 });
    const announced = said({ type: "announce" });
    // Each hears itself; and once whoever came second is heard by the first, both processes listen.
    const announces = ({ unheard }: Client): number =>
      unheard().filter((frame) => JSON.stringify(frame) === JSON.stringify(announced)).length;
    await eventually(() => expect([announces(anna), announces(ben)]).toContain(2));
    await eventually(() => expect([announces(anna), announces(ben)]).not.toContain(0));

    const signal = { signal: "from anna", n: [1e20] };
    anna.say({ type: "publish", topic: "a topic", data: signal });
    await eventually(() => expect(ben.unheard()).toContainEqual(said(signal)));
    ben.say({ type: "publish", topic: "a topic", data: "the end" });
    await eventually(() => expect(anna.unheard()).toContainEqual(said("the end")));
    const ofAnna = (heard: readonly unknown[]) =>
      heard.filter((frame) => JSON.stringify(frame).includes("from anna"));
    expect(ofAnna(ben.unheard())).toHaveLength(1);
    expect(ofAnna(anna.unheard())).toHaveLength(1);
  });

  test("who listens to another topic hears nothing, and who left hears no more", async () => {
    const { one, other } = await pair();
    const [anna, ben, eve] = [
      await joinRendezvous(one.at),
      await joinRendezvous(other.at),
      await joinRendezvous(other.at),
    ];
    anna.say({ type: "subscribe", topics: ["theirs"] });
    ben.say({ type: "subscribe", topics: ["theirs"] });
    eve.say({ type: "subscribe", topics: ["hers", "theirs"] });
    eve.say({ type: "unsubscribe", topics: ["theirs"] });
    await Promise.all([anna.settle(), ben.settle(), eve.settle()]);
    await eventually(() => {
      anna.say({ type: "publish", topic: "theirs", data: 1 });
      expect(ben.unheard()).not.toEqual([]);
    });
    expect(eve.unheard()).toEqual([]);
    ben.say({ type: "unsubscribe", topics: ["theirs"] });
    await eventually(async () => expect(await other.metrics()).toMatch(/_redis_channels 2\n/));
  });

  test("two who are at different processes share a box as they write", async () => {
    const { one, other } = await pair();
    const couple = inventCouple();
    const anna = openPartner(one.mailbox, couple.box(), couple.token);
    const ben = openPartner(other.mailbox, couple.box(), couple.token);
    await Promise.all([anna.synced, ben.synced]);
    anna.envelopes.set(inventKey(1), inventEnvelope(1_081_424, 1));
    ben.envelopes.set(inventKey(2), inventEnvelope(592, 2));
    const both = [inventKey(1), inventKey(2)].toSorted();
    await eventually(() => expect([...ben.envelopes.keys()].toSorted()).toEqual(both));
    await eventually(() => expect([...anna.envelopes.keys()].toSorted()).toEqual(both));
    anna.envelopes.delete(inventKey(1));
    await eventually(() => expect([...ben.envelopes.keys()]).toEqual([inventKey(2)]));
    expect(anna.envelopes.get(inventKey(2))).toEqual(inventEnvelope(592, 2));
  });

  test("Redis sees neither a topic nor a document's name nor a word in the clear", async () => {
    const { one, other, redis } = await pair();
    const seen = await watchRedis(redis.port);
    const couple = inventCouple();
    const anna = openPartner(one.mailbox, couple.box(), couple.token);
    const ben = openPartner(other.mailbox, couple.box(), couple.token);
    await Promise.all([anna.synced, ben.synced]);
    anna.envelopes.set(inventKey(1), inventEnvelope());
    await eventually(() => expect(ben.envelopes.size).toBe(1));
    const talker = await joinRendezvous(one.at);
    talker.say({ type: "subscribe", topics: ["a topic"] });
    talker.say({ type: "publish", topic: "a topic", data: 1 });
    await eventually(() => expect(seen()).toContain('"publish"'));
    const text = seen();
    const [, box = "?"] = couple.box().split(".");
    for (const name of [couple.couple, box, couple.token, "a topic"])
      expect(text).not.toContain(name);
  });

  test("the app's own mailbox carrier delivers across two processes", async () => {
    const { one, other } = await pair();
    await loadSodium();
    const kit = createMailboxKit({ address: one.at, seed: 7, time: Date.now(), pace: 20 });
    const far = createMailboxKit({ address: other.at, seed: 7, time: Date.now(), pace: 20 });
    onTestFinished(async () => {
      await Promise.all([kit.stop(), far.stop()]);
    });
    const envelope = kit.envelope();
    kit.ada.carry();
    far.ben.carry();
    kit.ada.airlock().offer([envelope]);
    await Promise.all([
      kit.until(() => far.ben.arrived.length > 0),
      far.until(() => far.ben.arrived.length > 0),
    ]);
    expect(far.ben.arrived.map(({ key }) => key)).toEqual([envelope.key]);
  });
});

/**
 * Every command that Redis is given, as it prints them. Read from the socket: what MONITOR prints comes between other
 * answers, which a client that expects one answer to each command can take for one of them.
 */
const watchRedis = async (port: number): Promise<() => string> => {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
  });
  let text = "";
  socket.on("data", (bytes: Buffer) => {
    text += bytes.toString("latin1");
  });
  socket.write("MONITOR\r\n");
  await once(socket, "data");
  return () => text;
};
