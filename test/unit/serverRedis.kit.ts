import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { hasRedis, openRedisServer, type RedisServer } from "../support/redisServer.ts";
import {
  bundleServer,
  spawnServer,
  type Bundle,
  type ServerProcess,
} from "./mailboxServer.bundle.ts";
import { makeFolder } from "./mailboxServer.harness.ts";

if (!hasRedis()) console.warn("redis-server is not installed: several processes are not tested.");

/** A Redis that ends with the test. */
export const runRedis = async (password?: string): Promise<RedisServer> => {
  const redis = await openRedisServer(password);
  onTestFinished(async () => {
    redis.thaw();
    await redis.kill();
  });
  return redis;
};

type Start = (...args: string[]) => Promise<RunningServer>;

export type RunningServer = ServerProcess & {
  readonly kill: () => Promise<void>;
  readonly at: string;
  readonly mailbox: string;
  readonly health: () => Promise<unknown>;
  readonly metrics: () => Promise<string>;
};

const run = async (main: string, args: readonly string[]): Promise<RunningServer> => {
  const server = spawnServer(main, ["--port", "0", ...args]);
  const at = (await server.address) ?? "";
  const ask = (path: string) => fetch(`${at.replace("ws:", "http:")}${path}`);
  return {
    ...server,
    kill: async () => {
      server.child.kill("SIGKILL");
      await server.ended;
    },
    at,
    mailbox: `${at}/mailbox`,
    health: async () => (await ask("/health")).json(),
    metrics: async () => (await ask("/metrics")).text(),
  };
};

const runTwo = async (start: Start, redis: RedisServer, folder: string) => {
  const words = ["--mailbox", folder, "--redis", redis.url];
  const [one, other] = await Promise.all([start(...words), start(...words)]);
  return { folder, redis, one, other };
};

/** The server as it is built, once for the file; its processes end with the test. */
export const useServers = () => {
  let bundle: Bundle | undefined;
  beforeAll(async () => {
    if (hasRedis()) bundle = await bundleServer();
  }, 60_000);
  afterAll(() => bundle?.remove());

  const start: Start = async (...args) => {
    const server = await run(bundle?.main ?? "", args);
    onTestFinished(server.kill);
    return server;
  };
  return {
    start,
    startTwo: async (redis: RedisServer) => runTwo(start, redis, await makeFolder()),
  };
};

export type Pair = Awaited<ReturnType<typeof runTwo>>;

/** Two processes that are one server, for all tests of the file. */
export const usePair = () => {
  const closing: (() => Promise<void>)[] = [];
  let pair: ReturnType<typeof runTwo> | undefined;
  beforeAll(async () => {
    if (!hasRedis()) return;
    const bundle = await bundleServer();
    const redis = await openRedisServer();
    const folder = await mkdtemp(join(tmpdir(), "twofold-pair-"));
    closing.push(bundle.remove, redis.kill, () => rm(folder, { recursive: true, force: true }));
    const start: Start = async (...args) => {
      const server = await run(bundle.main, args);
      closing.unshift(server.kill);
      return server;
    };
    pair = runTwo(start, redis, folder);
    await pair;
  }, 60_000);
  afterAll(async () => {
    for (const close of closing) await close();
  });
  return async () => {
    if (pair === undefined) throw new Error("there is no pair");
    return pair;
  };
};
