import type { Redis } from "ioredis";
import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { Bus } from "../bus.ts";
import type { Rate } from "../limits.ts";
import { createMeter } from "../meter.ts";
import { createFrames, frameHead } from "./frames.ts";
import { openLink, type LinkCode, type RedisPlace } from "./link.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { within } from "./within.ts";

export type RedisBusParts = {
  readonly place: RedisPlace;
  readonly clock: Clock;
  /** Plain sentences, as everywhere in the server. */
  readonly log: (line: string) => void;
  readonly limits?: Partial<BusLimits>;
};

export type BusLimits = {
  /** What this process hears of all the others together. What is over it is dropped. */
  readonly hearing: Rate;
  /** What has gone to Redis and was not confirmed: bytes and messages. */
  readonly underWayBytes: number;
  readonly underWay: number;
};

const mebi = 1_048_576;

const defaultBusLimits: BusLimits = {
  hearing: {
    messages: { burst: 60_000, perSecond: 10_000 },
    bytes: { burst: 256 * mebi, perSecond: 64 * mebi },
  },
  underWayBytes: 32 * mebi,
  underWay: 40_000,
};

type Dropped = "unknown sender" | "too large" | "too fast" | "away" | "crowded";

const releaseScript = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0`;

/** Two connections, since one that listens can ask for nothing. Both are there before it resolves. */
export const openRedisBus = async (parts: RedisBusParts): Promise<Result<Bus, LinkCode>> => {
  const asking = await openLink(parts.place, parts.clock);
  if (!asking.ok) return asking;
  const hearing = await openLink(parts.place, parts.clock);
  if (hearing.ok && (await mayMeet(asking.value, hearing.value, parts.clock)))
    return accept(openBus(asking.value, hearing.value, parts));
  asking.value.disconnect();
  if (!hearing.ok) return hearing;
  hearing.value.disconnect();
  return refuse("REDIS_REFUSED");
};

/** A Redis with rules for its users lets us connect and then do nothing. */
const mayMeet = async (asking: Redis, hearing: Redis, clock: Clock): Promise<boolean> => {
  const probe = "twofold:probe";
  try {
    await within(clock, hearing.subscribe(probe));
    await within(clock, asking.publish(probe, ""));
    await within(clock, asking.pubsub("NUMSUB", probe));
    await within(clock, asking.set(probe, "", "PX", 1, "NX"));
    await within(clock, asking.eval(releaseScript, 1, probe, ""));
    await within(clock, hearing.unsubscribe(probe));
    return true;
  } catch {
    return false;
  }
};

const openBus = (asking: Redis, hearing: Redis, parts: RedisBusParts): Bus => {
  const { place, clock, log } = parts;
  const limits: BusLimits = { ...defaultBusLimits, ...parts.limits };
  const frames = createFrames(`${place.username}:${place.password}/${place.database}`);
  const meter = createMeter(limits.hearing, clock);
  const dropped = new Map<Dropped, number>();
  let underWayBytes = 0;
  let underWay = 0;
  let isStopped = false;
  let wasUp = true;

  const count = (reason: Dropped) => dropped.set(reason, (dropped.get(reason) ?? 0) + 1);
  const isUp = () => asking.status === "ready" && hearing.status === "ready";
  const connectAnew = (link: Redis) => {
    if (!isStopped && link.status === "ready") link.disconnect(true);
  };
  const subscriptions = createSubscriptions(hearing, clock, () => connectAnew(hearing));

  const tell = () => {
    if (isStopped || isUp() === wasUp) return;
    wasUp = !wasUp;
    log(
      wasUp
        ? "Redis is there again: the processes hear each other."
        : "Redis is away: until it is back, only those connected to the same process meet.",
    );
  };
  for (const link of [asking, hearing])
    for (const event of ["ready", "close"]) link.on(event, tell);
  asking.on("ready", subscriptions.tellAll);

  hearing.on("messageBuffer", (channel: Buffer, frame: Buffer) => {
    const name = channel.toString("latin1");
    const ear = subscriptions.earOf(name);
    if (ear === undefined) return;
    if (frame.length > frameHead + ear.most) return count("too large");
    const opened = frames.open(name, frame);
    if (opened === "own") return undefined;
    if (opened === undefined) return count("unknown sender");
    if (!meter.take(frame.length)) return count("too fast");
    return ear.hear(opened.body, opened.from);
  });

  /** Undefined where Redis is away or does not answer; it is then dialled again. */
  const ask = async <Value>(question: () => Promise<Value>): Promise<Value | undefined> => {
    if (!isUp()) return undefined;
    try {
      return await within(clock, question());
    } catch (error) {
      // "No" is an answer.
      if (!(error instanceof Error && error.name === "ReplyError")) connectAnew(asking);
      return undefined;
    }
  };

  const publish = (channel: string, body: Uint8Array): boolean => {
    const isCrowded = underWay >= limits.underWay || underWayBytes > limits.underWayBytes;
    if (!isUp() || isCrowded) {
      count(isCrowded ? "crowded" : "away");
      return false;
    }
    const name = frames.nameOf(channel);
    underWay++;
    underWayBytes += body.length;
    void ask(() => asking.publish(name, frames.seal(name, body))).then(() => {
      underWay--;
      underWayBytes -= body.length;
    });
    return true;
  };

  return {
    self: frames.self,
    listen: (channel, ear) => subscriptions.listen(frames.nameOf(channel), ear),
    publish,
    listeners: async (channel) => {
      const answer = await ask(() => asking.pubsub("NUMSUB", frames.nameOf(channel)));
      return Array.isArray(answer) ? Number(answer[1]) || 0 : 0;
    },
    lock: async (name, token, ms) => {
      if (!isUp()) return true;
      const key = frames.nameOf(`lock ${name}`);
      const set = await ask(async () => (await asking.set(key, token, "PX", ms, "NX")) ?? "taken");
      return set !== "taken";
    },
    unlock: async (name, token) => {
      await ask(() => asking.eval(releaseScript, 1, frames.nameOf(`lock ${name}`), token));
    },
    isUp,
    round: () => {
      for (const link of [asking, hearing])
        if (link.status === "ready") void within(clock, link.ping()).catch(() => connectAnew(link));
    },
    stats: () => ({ isUp: isUp(), channels: subscriptions.count(), dropped }),
    stop: async () => {
      isStopped = true;
      // What was said last is on its way before the goodbye is.
      await Promise.all(
        [asking, hearing].map(async (link) => {
          if (link.status === "ready") await within(clock, link.quit()).catch(() => undefined);
          link.disconnect();
        }),
      );
    },
  };
};
