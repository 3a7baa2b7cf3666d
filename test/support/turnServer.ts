import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePorts } from "./startProcess.ts";

/** A real coturn on this computer alone, for one name and password. */
export type TurnServer = {
  readonly port: number;
  readonly username: string;
  readonly credential: string;
  /** Everything it has printed so far. */
  readonly printed: () => string;
  readonly stop: () => Promise<void>;
};

export const hasCoturn = (): boolean =>
  spawnSync("turnserver", ["--version"], { stdio: "ignore" }).error === undefined;

export const openTurnServer = async (): Promise<TurnServer> => {
  const folder = mkdtempSync(join(tmpdir(), "twofold-turn-"));
  const port = await findFreePorts(40);
  const [username, credential] = ["anna", "a lamp in the hall"];
  const child = spawn(
    "turnserver",
    [
      ["-n", "--no-cli", "--no-tls", "--no-dtls", "--verbose", "--lt-cred-mech"],
      ["-L", "127.0.0.1", "-E", "127.0.0.1", "--allow-loopback-peers"],
      [`--listening-port=${port}`, `--min-port=${port + 4}`, `--max-port=${port + 39}`],
      [`--user=${username}:${credential}`, "--realm=twofold"],
      ["--log-file=stdout", `--pidfile=${join(folder, "pid")}`, `--userdb=${join(folder, "db")}`],
    ].flat(),
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let text = "";
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  await new Promise<void>((resolve, fail) => {
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      if (/SQLite DB connection success/.test(text)) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void ended.then(() => fail(new Error(`coturn ended: ${text}`)));
  });
  return {
    port,
    username,
    credential,
    printed: () => text,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
