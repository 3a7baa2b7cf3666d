import fc from "fast-check";
import { expect, test } from "vitest";
import type { Bus } from "../../server/bus.ts";
import { createExchange } from "../../server/exchange.ts";
import { createFrames } from "../../server/redis/frames.ts";
import { createBusHub } from "../support/memoryBus.ts";
import { eventually } from "./server.harness.ts";

const limits = { messageBytes: 65_536, jsonDepth: 16 };

const joinWith = (bus: Bus) => {
  const heard: unknown[] = [];
  const exchange = createExchange({ bus, limits, deliver: (_, data) => heard.push(data) });
  exchange.opened("a topic");
  return { ...exchange, heard };
};

test("one flipped bit anywhere in what goes through Redis is not heard, nor is it on another channel", () => {
  const mine = createFrames("password");
  const theirs = createFrames("password");
  const name = mine.nameOf("topic a");
  expect(theirs.nameOf("topic a")).toBe(name);
  expect(createFrames("another").nameOf("topic a")).not.toBe(name);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), fc.nat(7), (body, place, bit) => {
      const frame = mine.seal(name, body);
      expect(theirs.open(name, frame)).toEqual({ from: mine.self, body: Buffer.from(body) });
      expect(mine.open(name, frame)).toBe("own");
      expect(theirs.open(theirs.nameOf("topic b"), frame)).toBeUndefined();
      const at = place % frame.length;
      frame[at] = (frame[at] ?? 0) ^ (1 << bit);
      expect(theirs.open(name, frame)).toBeUndefined();
    }),
  );
});

test("what was said while nobody could hear it is heard once they can: the newest, in order", async () => {
  const hub = createBusHub();
  const [anna, ben] = [joinWith(hub.join()), joinWith(hub.join())];
  await eventually(() => {
    anna.pass("a topic", "hello");
    expect(ben.heard).toContain("hello");
  });
  hub.cut();
  for (let index = 0; index < 10; index++) anna.pass("a topic", index);
  hub.heal();
  anna.pass("a topic", "last");
  await eventually(() => expect(ben.heard).toContain("last"));
  expect(ben.heard.filter((data) => data !== "hello")).toEqual([6, 7, 8, 9, "last"]);
  expect(anna.heard).toEqual([]);
});

test("who has left a topic leaves nothing behind to be heard in it", async () => {
  const hub = createBusHub();
  const [anna, ben] = [joinWith(hub.join()), joinWith(hub.join())];
  hub.cut();
  anna.pass("a topic", "forgotten");
  anna.closed("a topic");
  anna.opened("a topic");
  hub.heal();
  anna.pass("a topic", "last");
  await eventually(() => expect(ben.heard).toEqual(["last"]));
});

test("what another process passes on is read as strictly as what a client says", async () => {
  const hub = createBusHub();
  const stranger = hub.join();
  const ben = joinWith(hub.join());
  const deep = `${"[".repeat(17)}${"]".repeat(17)}`;
  const long = JSON.stringify("x".repeat(70_000));
  for (const text of ["", "{", "undefined", deep, long, '"good"'])
    stranger.publish("topic a topic", Buffer.from(text));
  await eventually(() => expect(ben.heard).toContain("good"));
  expect(ben.heard).toEqual(["good"]);
});
