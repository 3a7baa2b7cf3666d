import { describe, expect, test } from "vitest";
import { hasRedis } from "../support/redisServer.ts";
import {
  enterRaw,
  filesIn,
  inventEnvelope,
  inventKey,
  openPartner,
  putUpdate,
  readIn,
} from "./mailboxServer.harness.ts";
import { inventCouple, messages } from "./mailboxServer.wire.ts";
import { eventually, joinRendezvous } from "./server.harness.ts";
import { runRedis, useServers } from "./serverRedis.kit.ts";

describe.skipIf(!hasRedis())("when a process or Redis goes away", () => {
  const { start, startTwo } = useServers();

  test("what one partner wrote is there for the other though the process is killed at once", async () => {
    const { one, other } = await startTwo(await runRedis());
    const couple = inventCouple();
    const ben = openPartner(other.mailbox, couple.box(), couple.token);
    await ben.synced;
    const anna = openPartner(one.mailbox, couple.box(), couple.token);
    await anna.synced;
    for (let index = 0; index < 20; index++)
      anna.envelopes.set(inventKey(index), inventEnvelope(50_000, index));
    await anna.taken();
    await eventually(() => expect(ben.envelopes.size).toBe(20));
    await one.kill();
    await anna.close();
    await ben.close();
    const late = openPartner(other.mailbox, couple.box(), couple.token);
    await late.synced;
    expect(late.envelopes.size).toBe(20);
  });

  test("what was written and left at one process is found at the other", async () => {
    const { one, other } = await startTwo(await runRedis());
    const couple = inventCouple();
    const anna = openPartner(one.mailbox, couple.box(), couple.token);
    await anna.synced;
    anna.envelopes.set(inventKey(1), inventEnvelope());
    await anna.taken();
    await anna.close();
    const ben = openPartner(other.mailbox, couple.box(), couple.token);
    await ben.synced;
    await eventually(() => expect([...ben.envelopes.keys()]).toEqual([inventKey(1)]));
    await one.kill();
    expect([...ben.envelopes.keys()]).toEqual([inventKey(1)]);
  });

  test("killed while it writes, the other serves what there was, whole, and takes the rest again", async () => {
    const { folder, one, other } = await startTwo(await runRedis());
    const couple = inventCouple();
    const anna = await enterRaw(one.mailbox, couple);
    anna.say(messages.update(couple.box(), putUpdate(1)));
    await eventually(async () => expect((await filesIn(folder)).join()).toMatch(/[\w-]{22}$/));
    const [path = ""] = await filesIn(folder);
    for (let index = 1; index <= 10; index++)
      anna.say(messages.update(couple.box(), putUpdate(1, 1_000_000, index)));
    anna.socket.close();
    await eventually(async () => {
      const isWriting = (await filesIn(folder)).some((file) => file.endsWith(".new"));
      expect(isWriting || (await readIn(folder, path)).length > 1_000_000).toBe(true);
    });
    await one.kill();

    const again = openPartner(other.mailbox, couple.box(), couple.token);
    await again.synced;
    expect([1, 11]).toContain(again.envelopes.size);
    for (let index = 0; index <= 10; index++)
      again.envelopes.set(inventKey(index), inventEnvelope(1_000, index));
    await again.taken();
    await again.close();
    const ben = openPartner(other.mailbox, couple.box(), couple.token);
    await ben.synced;
    expect(ben.envelopes.size).toBe(11);
  });

  test("without Redis each goes on alone, says so, and loses nothing when it is back", async () => {
    const redis = await runRedis();
    const { one, other } = await startTwo(redis);
    const couple = inventCouple();
    const anna = openPartner(one.mailbox, couple.box(), couple.token);
    const ben = openPartner(other.mailbox, couple.box(), couple.token);
    await Promise.all([anna.synced, ben.synced]);
    const talkers = [await joinRendezvous(one.at), await joinRendezvous(other.at)];
    expect(await one.health()).toMatchObject({ app: "twofold-rendezvous", redis: "up" });

    await redis.kill();
    await eventually(async () => expect(await one.health()).toMatchObject({ redis: "down" }));
    await eventually(async () => expect(await other.metrics()).toMatch(/twofold_redis_up 0\n/));
    expect(one.said()).toContain("Redis is away");
    anna.envelopes.set(inventKey(1), inventEnvelope(592, 1));
    ben.envelopes.set(inventKey(2), inventEnvelope(592, 2));
    await Promise.all([anna.taken(), ben.taken()]);
    const here = openPartner(one.mailbox, couple.box(), couple.token);
    await here.synced;
    expect([...here.envelopes.keys()]).toContain(inventKey(1));
    for (const talker of talkers) {
      talker.say({ type: "subscribe", topics: ["a topic"] });
      talker.say({ type: "publish", topic: "a topic", data: "I am here" });
    }
    const heardTwice = (talker: (typeof talkers)[number]) =>
      talker.unheard().filter((frame) => JSON.stringify(frame).includes("I am here")).length === 2;
    await Promise.all(
      talkers.map(async (talker) => eventually(() => expect(talker.unheard()).toHaveLength(1))),
    );

    await redis.start();
    await eventually(async () => expect(await one.health()).toMatchObject({ redis: "up" }));
    const both = [inventKey(1), inventKey(2)].toSorted();
    await eventually(() => expect([...ben.envelopes.keys()].toSorted()).toEqual(both));
    await eventually(() => expect([...anna.envelopes.keys()].toSorted()).toEqual(both));
    // Whoever was heard first by nobody is heard now.
    await eventually(() => expect(talkers.some(heardTwice)).toBe(true));
    expect(one.said()).toContain("Redis is there again");
    expect(one.said() + other.said()).not.toMatch(new RegExp(`${couple.couple}|a topic`));
  });

  test("a Redis that answers nothing holds nobody up", async () => {
    const redis = await runRedis();
    const { one } = await startTwo(redis);
    const couple = inventCouple();
    redis.freeze();
    const anna = openPartner(one.mailbox, couple.box(), couple.token);
    await anna.synced;
    anna.envelopes.set(inventKey(1), inventEnvelope());
    await anna.taken();
    const talker = await joinRendezvous(one.at);
    talker.say({ type: "subscribe", topics: ["a topic"] });
    talker.say({ type: "publish", topic: "a topic", data: 1 });
    expect(await talker.hear()).toMatchObject({ data: 1 });
    one.child.kill("SIGTERM");
    expect(await one.ended).toBe(0);
  });

  test("without a Redis, or with the wrong password, it ends with a sentence and exit code 1", async () => {
    const redis = await runRedis("a long word");
    const wrong = redis.url
      .replace(encodeURIComponent("a long word"), "x")
      .replace("a long word", "x");
    const refused = await start("--no-mailbox", "--redis", wrong);
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toMatch(/^Redis does not let us in\./);
    const nameless = await start("--no-mailbox", "--redis", `redis://127.0.0.1:${redis.port}`);
    expect(await nameless.ended).toBe(1);
    expect(nameless.said()).toMatch(/^Redis does not let us in\./);
    await redis.kill();
    const alone = await start("--no-mailbox", "--redis", redis.url);
    expect(await alone.ended).toBe(1);
    expect(alone.said()).toMatch(/^No Redis answers there\./);
  });
});
