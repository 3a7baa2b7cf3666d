import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { findFreePorts } from "./startProcess.ts";

/** A real Redis on this computer alone that keeps nothing. */
export type RedisServer = {
  readonly port: number;
  readonly url: string;
  /** As if the power went. */
  readonly kill: () => Promise<void>;
  /** It takes connections and answers nothing. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** On the same port, empty. */
  readonly start: () => Promise<void>;
};

export const hasRedis = (): boolean =>
  spawnSync("redis-server", ["--version"], { stdio: "ignore" }).error === undefined;

export const openRedisServer = async (password = ""): Promise<RedisServer> => {
  const port = await findFreePorts(1);
  let child: ChildProcess | undefined;
  let ended = Promise.resolve();

  const start = async (): Promise<void> => {
    const words = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly"];
    words.push("no", "--daemonize", "no");
    const secret = password === "" ? [] : ["--requirepass", password];
    const started = spawn("redis-server", [...words, ...secret], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    let said = "";
    ended = new Promise((resolve) => started.once("close", () => resolve()));
    await new Promise<void>((resolve, fail) => {
      started.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (/Ready to accept connections/.test(said)) resolve();
      });
      started.stderr.resume();
      void ended.then(() => fail(new Error(`redis-server ended: ${said}`)));
    });
  };

  await start();
  return {
    port,
    url: `redis://${password === "" ? "" : `:${password}@`}127.0.0.1:${port}`,
    kill: async () => {
      child?.kill("SIGKILL");
      await ended;
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    start,
  };
};
