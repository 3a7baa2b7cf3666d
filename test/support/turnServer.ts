import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePorts } from "./startProcess.ts";

/** A real coturn, on this computer alone unless told otherwise, for one name and password. */
export type TurnServer = {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly credential: string;
  /** Everything it has printed so far. */
  readonly printed: () => string;
  readonly stop: () => Promise<void>;
};

export const hasCoturn = (): boolean =>
  spawnSync("turnserver", ["--version"], { stdio: "ignore" }).error === undefined;

export type TurnPlace = {
  /** The address that it listens at and relays from. */
  readonly host: string;
  /** Words before the program's own: where it runs. */
  readonly within: readonly string[];
};

export const openTurnServer = async (
  { host, within }: TurnPlace = { host: "127.0.0.1", within: [] },
): Promise<TurnServer> => {
  const folder = mkdtempSync(join(tmpdir(), "twofold-turn-"));
  const port = await findFreePorts(40);
  const [username, credential] = ["anna", "a lamp in the hall"];
  const words = [...within, "turnserver"];
  const child = spawn(
    words[0] ?? "turnserver",
    [
      words.slice(1),
      ["-n", "--no-cli", "--no-tls", "--no-dtls", "--verbose", "--lt-cred-mech"],
      ["-L", host, "-E", host, "--allow-loopback-peers"],
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
    host,
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
