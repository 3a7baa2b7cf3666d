import { createHash } from "node:crypto";
import { Redis, type RedisInstance } from "@hocuspocus/extension-redis";
import type { Extension } from "@hocuspocus/server";
import { encodeStateVector, type Doc } from "yjs";
import type { Cancel, Clock } from "../../shared/base/clock.ts";
import type { Bus, Listening } from "../bus.ts";
import { boxPrefix as prefix, lockMs } from "./boxLock.ts";
import type { SyncMessage } from "./guest.ts";
import type { NeighbourVerdict } from "./judge.ts";
import { knowsMore } from "./judgeUpdate.ts";
import type { MailboxLimits } from "./limits.ts";
import { parseMessage, vectorBody } from "./message.ts";
import { parseBoxName, type BoxName } from "./names.ts";
import { knownOf } from "./weigh.ts";

/**
 * Other processes that have the same document open. Hocuspocus's Redis extension keeps the two alike; what it takes
 * for a Redis is this file, which passes on only state vectors and updates, under names that say nothing, and lets in
 * only what the judge lets in.
 */
export type Neighbours = {
  readonly extension: Extension;
  /** A document begins to load, or is gone. */
  readonly opened: (name: string, doc: Doc) => void;
  readonly closed: (name: string) => void;
  /** Asks the others again, and the disk, for what was lost on the way. */
  readonly round: () => void;
};

export type NeighboursParts = {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly limits: Pick<MailboxLimits, "messageBytes" | "vectorBytes">;
  readonly judge: (box: BoxName, doc: Doc, message: SyncMessage) => NeighbourVerdict;
  /** Takes in what another process wrote into the document's file. */
  readonly takeIn: (name: string, doc: Doc) => Promise<unknown>;
  readonly onRefused: (verdict: "full" | "not ours") => void;
};

const nameLength = 45;
/** How the extension begins a message: one byte for the length, who says it, one byte, the document's name. */
const selfLength = 22;
const headLength = 1 + selfLength + 1 + nameLength;
const hashBytes = 16;

const liveMs = 2_000;
const mostTries = 6;

/** Of Hocuspocus's kinds the only ones that are passed on: sync, and sync in reply. */
const passedOn: ReadonlySet<number | undefined> = new Set([0, 4]);

type Hear = (channel: Buffer, data: Buffer) => unknown;
type Told = (error: Error | null) => void;

export const createNeighbours = (parts: NeighboursParts): Neighbours => {
  const { bus, clock, limits } = parts;
  const docs = new Map<string, Doc>();
  const names = new Map<string, string>();
  const listenings = new Map<string, Listening>();
  /** Documents of which another process knows more, and what it said. */
  const lacking = new Map<string, { readonly vector: Uint8Array; tries: number }>();
  let missed = false;
  let hear: Hear = () => {};

  const most = 2 * limits.messageBytes + limits.vectorBytes;
  const replies = `${prefix}#reply:${bus.self}`;
  const channelOf = (name: string) => `${prefix}:${name}`;

  const announce = (name: string, doc: Doc) => {
    if (!bus.publish(channelOf(name), vectorBody(encodeStateVector(doc)))) missed = true;
  };

  const admit = (key: string, name: string, rest: Buffer, from: string) => {
    const doc = docs.get(name);
    const box = parseBoxName(name);
    if (doc === undefined || box === undefined) return;
    const data = Buffer.concat([Buffer.of(nameLength), Buffer.from(name, "latin1"), rest]);
    const message = parseMessage(data);
    const isSync = message?.kind === "vector" || message?.kind === "update";
    if (!isSync || (message.kind === "update" && key !== replies))
      return parts.onRefused("not ours");
    const verdict = parts.judge(box, doc, message);
    if (verdict !== undefined) return parts.onRefused(verdict);
    if (message.kind === "vector" && knowsMore(message.body, knownOf(doc).clockOf))
      lacking.set(name, { vector: Uint8Array.from(message.body), tries: 0 });
    const sender = Buffer.from(from, "latin1");
    const whole = Buffer.concat([Buffer.of(selfLength), sender, data]);
    void Promise.resolve(hear(Buffer.from(key, "latin1"), whole)).catch(() => undefined);
  };

  const hearReply = (body: Buffer, from: string) => {
    const name = names.get(body.subarray(0, hashBytes).toString("base64url"));
    if (name !== undefined) admit(replies, name, body.subarray(hashBytes), from);
  };

  const listen = (key: string, onLive: () => void): Listening => {
    if (key === replies) return bus.listen(key, { most, hear: hearReply, onLive });
    const name = key.slice(prefix.length + 1);
    return bus.listen(key, {
      most: limits.vectorBytes + 16,
      hear: (body, from) => admit(key, name, body, from),
      onLive: () => {
        const doc = docs.get(name);
        if (doc !== undefined) announce(name, doc);
        onLive();
      },
    });
  };

  /** Told when it is heard, and not much later where that cannot be had. */
  const subscribe = (key: string, told: Told) => {
    let cancel: Cancel = () => {};
    const tell = () => {
      cancel();
      told(null);
      told = () => {};
    };
    listenings.set(key, listen(key, tell));
    if (bus.isUp()) cancel = clock.after(liveMs, tell);
    else queueMicrotask(tell);
  };

  const unsubscribe = (key: string, told: Told) => {
    listenings.get(key)?.stop();
    listenings.delete(key);
    told(null);
  };

  const publish = async (key: string, data: Buffer): Promise<number> => {
    const name = data.toString("latin1", headLength - nameLength, headLength);
    const rest = data.subarray(headLength);
    // Larger than anybody hears: the others find it in the file.
    if (!passedOn.has(rest[0]) || rest.length > most - hashBytes) return 0;
    const body = key.startsWith(`${prefix}#`) ? Buffer.concat([hashOf(name), rest]) : rest;
    if (!bus.publish(key, body)) missed = true;
    return 0;
  };

  const likeRedis = {
    on: (event: string, listener: Hear) => {
      if (event === "messageBuffer") hear = listener;
    },
    publish,
    subscribe,
    unsubscribe,
    pubsub: async (_: "NUMSUB", key: string) => [key, await bus.listeners(key)],
    acquireLock: async (_: 1, key: string, _database: number, token: string, ms: number) =>
      (await bus.lock(key, token, ms)) ? 1 : 0,
    releaseLock: async (_: 1, key: string, _database: number, token: string) => {
      await bus.unlock(key, token);
      return 1;
    },
    quit: async () => "OK",
    disconnect: () => {},
  };

  const extension = new Redis({
    createClient: () => likeRedis as unknown as RedisInstance,
    identifier: bus.self,
    prefix,
    lockTimeout: lockMs,
    disconnectDelay: 300,
    awaitInitialSyncTimeout: 1_000,
  });

  const lookAgain = (name: string, doc: Doc) => {
    const wanted = lacking.get(name);
    if (wanted === undefined) return;
    wanted.tries++;
    if (!knowsMore(wanted.vector, knownOf(doc).clockOf) || wanted.tries > mostTries)
      return void lacking.delete(name);
    void parts.takeIn(name, doc);
    announce(name, doc);
  };

  return {
    extension,
    opened: (name, doc) => {
      docs.set(name, doc);
      names.set(hashOf(name).toString("base64url"), name);
    },
    closed: (name) => {
      docs.delete(name);
      names.delete(hashOf(name).toString("base64url"));
      lacking.delete(name);
    },
    round: () => {
      const everything = missed && bus.isUp();
      if (everything) missed = false;
      for (const [name, doc] of docs) {
        if (everything) announce(name, doc);
        lookAgain(name, doc);
      }
    },
  };
};

const hashOf = (name: string): Buffer =>
  createHash("sha256").update(name).digest().subarray(0, hashBytes);
