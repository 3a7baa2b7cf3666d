import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import { describe, expect, onTestFinished, test } from "vitest";
import * as Y from "yjs";
import { createFrames } from "../../server/redis/frames.ts";
import { hasRedis } from "../support/redisServer.ts";
import { seededRandom } from "../support/seededRandom.ts";
import {
  inventEnvelope,
  inventKey,
  openPartner,
  putUpdate,
  type Partner,
} from "./mailboxServer.harness.ts";
import { inventCouple, messages } from "./mailboxServer.wire.ts";
import { eventually, joinTopic, type Client } from "./server.harness.ts";
import { usePair, type Pair } from "./serverRedis.kit.ts";

/** A name and its length come before what the processes pass on. */
const withoutName = (message: Uint8Array): Uint8Array => message.subarray(46);

const someDoc = (fill: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc();
  fill(doc);
  return Y.encodeStateAsUpdate(doc);
};

/** Well-formed for Yjs, and not what a box is for. */
const foreign: Readonly<Record<string, Uint8Array>> = {
  "nested types": someDoc((doc) =>
    doc.getMap("envelopes").set(inventKey(9), new Y.Map([["a", 1]])),
  ),
  text: someDoc((doc) => doc.getText("envelopes").insert(0, "much".repeat(500))),
  "another map": someDoc((doc) => doc.getMap("other").set(inventKey(9), inventEnvelope())),
  "a key of another shape": someDoc((doc) => doc.getMap("envelopes").set("k", inventEnvelope())),
  "an envelope that is too long": someDoc((doc) =>
    doc.getMap("envelopes").set(inventKey(9), inventEnvelope(1_100_000)),
  ),
  "a gap": (() => {
    const doc = new Y.Doc();
    doc.getMap("envelopes").set(inventKey(8), inventEnvelope());
    const before = Y.encodeStateVector(doc);
    doc.getMap("envelopes").set(inventKey(9), inventEnvelope());
    return Y.encodeStateAsUpdate(doc, before);
  })(),
};

type Scene = {
  readonly anna: Partner;
  readonly ben: Partner;
  readonly name: string;
  readonly talkers: readonly [Client, Client];
};

const setScene = async ({ one, other }: Pair): Promise<Scene> => {
  const couple = inventCouple();
  const anna = openPartner(one.mailbox, couple.box(), couple.token);
  const ben = openPartner(other.mailbox, couple.box(), couple.token);
  await Promise.all([anna.synced, ben.synced]);
  anna.envelopes.set(inventKey(1), inventEnvelope());
  await eventually(() => expect(ben.envelopes.size).toBe(1));
  const talkers = [await joinTopic(one.at, "theirs"), await joinTopic(other.at, "theirs")] as const;
  await eventually(() => {
    talkers[0].say({ type: "publish", topic: "theirs", data: "hello" });
    expect(JSON.stringify(talkers[1].unheard())).toContain("hello");
  });
  return { anna, ben, name: couple.box(), talkers };
};

/** They still hear each other, and there is nothing that neither of them wrote. */
const expectUnharmed = async ({ anna, ben, talkers }: Scene) => {
  ben.envelopes.set(inventKey(2), inventEnvelope());
  const both = [inventKey(1), inventKey(2)].toSorted();
  await eventually(() => expect([...anna.envelopes.keys()].toSorted()).toEqual(both));
  await eventually(() => expect([...ben.envelopes.keys()].toSorted()).toEqual(both));
  expect([...anna.doc.share.keys(), ...ben.doc.share.keys()]).toEqual(["envelopes", "envelopes"]);
  await eventually(() => {
    talkers[1].say({ type: "publish", topic: "theirs", data: "goodbye" });
    expect(JSON.stringify(talkers[0].unheard())).toContain("goodbye");
  });
};

const openStranger = ({ redis }: Pair): Redis => {
  const stranger = new Redis(redis.port, "127.0.0.1");
  onTestFinished(() => stranger.disconnect());
  return stranger;
};

const listChannels = async (stranger: Redis): Promise<readonly string[]> =>
  (await stranger.pubsub("CHANNELS", "*")).filter((name) => typeof name === "string");

describe.skipIf(!hasRedis())("somebody else on the same Redis", () => {
  const pair = usePair();

  test("whatever is said on our channels by somebody who has not the password is not heard", async () => {
    const here = await pair();
    const scene = await setScene(here);
    const stranger = openStranger(here);
    const channels = await listChannels(stranger);
    expect(channels.length).toBeGreaterThanOrEqual(4);
    const random = seededRandom(5);
    const forged = createFrames("guessed:word/0");
    const junk = [
      Buffer.alloc(0),
      Buffer.from([1]),
      Buffer.from("not for you"),
      Buffer.from('{"type":"publish"}'),
      Buffer.from(random(33)),
      Buffer.from(random(70_000)),
      Buffer.alloc(6_000_000, 1),
    ];
    for (const channel of channels) {
      for (const bytes of junk) await stranger.publish(channel, bytes);
      await stranger.publish(channel, forged.seal(channel, Buffer.from('"forged"')));
    }
    await eventually(async () =>
      expect(await here.one.metrics()).toMatch(
        /redis_dropped_total\{reason="unknown sender"\} \d\d/,
      ),
    );
    expect(await here.one.metrics()).toMatch(/redis_dropped_total\{reason="too large"\}/);
    await expectUnharmed(scene);
    expect(JSON.stringify(scene.talkers.map((talker) => talker.unheard()))).not.toContain("forged");
  });

  test("more than Redis passes on at once cuts the processes off for a moment, and no more", async () => {
    const here = await pair();
    const scene = await setScene(here);
    const stranger = openStranger(here);
    const [channel = ""] = await listChannels(stranger);
    await stranger.publish(channel, Buffer.alloc(80_000_000));
    await eventually(() =>
      expect(here.one.said() + here.other.said()).toContain("Redis is there again"),
    );
    await expectUnharmed(scene);
  });

  test("who has the password and says what no process says changes nothing", async () => {
    const here = await pair();
    const scene = await setScene(here);
    const stranger = openStranger(here);
    const listening = openStranger(here);
    // What a process would use that was given this Redis without name and password.
    const frames = createFrames(":/0");
    const { name } = scene;
    const channel = frames.nameOf(`box:${name}`);
    const heard = new Promise<string>((resolve) => {
      listening.on("messageBuffer", (_: Buffer, frame: Buffer) => {
        const opened = frames.open(channel, frame);
        if (opened !== undefined && opened !== "own") resolve(opened.from);
      });
    });
    await listening.subscribe(channel);
    scene.anna.envelopes.set(inventKey(1), inventEnvelope(592, 3));
    const replies = frames.nameOf(`box#reply:${await heard}`);
    const hash = createHash("sha256").update(name).digest().subarray(0, 16);
    const say = (to: string, body: Uint8Array) => stranger.publish(to, frames.seal(to, body));
    const random = seededRandom(11);

    for (const update of Object.values(foreign)) {
      const body = withoutName(messages.stepTwo(name, update));
      await say(channel, body);
      await say(replies, Buffer.concat([hash, body]));
      await say(replies, Buffer.concat([hash, withoutName(messages.update(name, update))]));
    }
    // An update belongs into a reply; said to everybody it is not heard.
    await say(channel, withoutName(messages.update(name, putUpdate(1, 592, 70))));
    await say(
      replies,
      Buffer.concat([random(16), withoutName(messages.update(name, putUpdate(1)))]),
    );
    const vectors = [new Uint8Array(), random(40), Uint8Array.of(255, 255, 255, 255, 15)];
    for (const vector of vectors) await say(channel, withoutName(messages.vector(name, vector)));
    for (let type = 0; type < 40; type++) {
      await say(channel, Buffer.concat([Uint8Array.of(type), random(30)]));
      await say(replies, Buffer.concat([hash, Uint8Array.of(type), random(30)]));
    }
    for (let length = 0; length < 300; length++) {
      await say(channel, random(length));
      await say(replies, random(length));
    }
    const topic = frames.nameOf("topic theirs");
    const deep = `${"[".repeat(40)}${"]".repeat(40)}`;
    for (const words of ["", "{", deep, `"${"forged".repeat(12_000)}"`, "\u0000"])
      await say(topic, Buffer.from(words));

    await expectUnharmed(scene);
    expect(await here.one.metrics()).toMatch(/refusals_total\{reason="other process"\} \d\d/);
    expect(JSON.stringify(scene.talkers.map((talker) => talker.unheard()))).not.toContain("forged");
    for (const process of [here.one, here.other]) {
      expect(process.child.exitCode).toBeNull();
      expect(process.said()).not.toContain("unexpected");
    }
  });
});
