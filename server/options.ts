import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import { proxiesAt, type IsProxy } from "./proxies.ts";
import type { RedisPlace } from "./redis/link.ts";
import { parseRedis } from "./redisOption.ts";
import { defaultHost, defaultPort } from "./rendezvous.ts";

export type Options = {
  readonly host: string;
  readonly port: number;
  /** Where the mailbox keeps its files; undefined for none. */
  readonly folder: string | undefined;
  /** What the mailbox may take on the disk. */
  readonly mailboxBytes: number | undefined;
  readonly isProxy: IsProxy;
  readonly metricsOpen: boolean;
  readonly connections: number | undefined;
  /** By which several processes are one server; undefined for a process alone. */
  readonly redis: RedisPlace | undefined;
};

export const help = `npm run server -- [options]
  --host ADDRESS        ${defaultHost}; 0.0.0.0 for other computers (TWOFOLD_RENDEZVOUS_HOST)
  --port NUMBER         ${defaultPort} (TWOFOLD_RENDEZVOUS_PORT)
  --mailbox FOLDER      where the mailbox keeps its files (TWOFOLD_MAILBOX)
  --mailbox-gib NUMBER  what it may take on the disk; 16 (TWOFOLD_MAILBOX_GIB)
  --no-mailbox          only a meeting point
  --connections NUMBER  how many in all; 4000 (TWOFOLD_CONNECTIONS)
  --proxy ADDRESS       of a proxy in front, or its network as 172.18.0.0/16; as often as needed (TWOFOLD_PROXY)
  --metrics-open        /metrics answers everybody, not only this computer
  --redis URL           redis://127.0.0.1:6379 or rediss://…, for several processes (TWOFOLD_REDIS);
                        its password in TWOFOLD_REDIS_PASSWORD, or in a file that TWOFOLD_REDIS_PASSWORD_FILE names
docs/hosting.md says more.`;

/** PASSWORD_FILE: it was named and there is no password in it. Going on without one would be another server. */
export type OptionsCode = "HELP" | "BAD_OPTIONS" | "PASSWORD_FILE";

export type Surroundings = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The text of a file; undefined where it cannot be read. */
  readonly readText: (path: string) => string | undefined;
};

export const readOptions = ({
  args,
  env,
  platform,
  readText,
}: Surroundings): Result<Options, OptionsCode> => {
  const given = parse(args);
  if (given === undefined) return refuse("BAD_OPTIONS");
  if (given.help === true) return refuse("HELP");
  const host = given.host ?? env["TWOFOLD_RENDEZVOUS_HOST"] ?? defaultHost;
  const port = given.port ?? env["TWOFOLD_RENDEZVOUS_PORT"] ?? String(defaultPort);
  const folder = given.mailbox ?? (env["TWOFOLD_MAILBOX"] || usualFolder(env, platform));
  const connections = given.connections ?? env["TWOFOLD_CONNECTIONS"];
  const isProxy = proxiesAt(given.proxy ?? splitList(env["TWOFOLD_PROXY"]));
  const isNumber = (text: string, most: number) => /^\d{1,7}$/.test(text) && Number(text) <= most;
  if (host === "" || folder === "" || !isNumber(port, 65_535)) return refuse("BAD_OPTIONS");
  if (connections !== undefined && !isNumber(connections, 1_000_000)) return refuse("BAD_OPTIONS");
  const gib = given["mailbox-gib"] ?? env["TWOFOLD_MAILBOX_GIB"];
  if (gib !== undefined && (!isNumber(gib, 1_000_000) || Number(gib) === 0))
    return refuse("BAD_OPTIONS");
  if (isProxy === undefined) return refuse("BAD_OPTIONS");
  const redisAt = given.redis ?? (env["TWOFOLD_REDIS"] || undefined);
  const password = redisAt === undefined ? accept(undefined) : passwordFrom(env, readText);
  if (!password.ok) return password;
  const redis = redisAt === undefined ? undefined : parseRedis(redisAt, password.value);
  if (redisAt !== undefined && redis === undefined) return refuse("BAD_OPTIONS");
  return accept({
    host,
    port: Number(port),
    folder: given["no-mailbox"] === true ? undefined : folder,
    mailboxBytes: gib === undefined ? undefined : Number(gib) * 1_073_741_824,
    isProxy,
    metricsOpen: given["metrics-open"] === true,
    connections: connections === undefined ? undefined : Number(connections),
    redis,
  });
};

/** Not among the arguments, which everybody on the computer can list. */
const passwordFrom = (
  env: Surroundings["env"],
  readText: Surroundings["readText"],
): Result<string | undefined, "PASSWORD_FILE"> => {
  const file = env["TWOFOLD_REDIS_PASSWORD_FILE"] || undefined;
  if (file === undefined) return accept(env["TWOFOLD_REDIS_PASSWORD"] || undefined);
  const password = readText(file)?.trim() || undefined;
  return password === undefined ? refuse("PASSWORD_FILE") : accept(password);
};

const splitList = (text = ""): readonly string[] =>
  text.split(",").flatMap((place) => (place.trim() === "" ? [] : [place.trim()]));

const usualFolder = (env: Surroundings["env"], platform: string): string => {
  const here = env["HOME"] || homedir();
  const state =
    platform === "win32"
      ? env["LOCALAPPDATA"] || join(here, "AppData", "Local")
      : env["XDG_STATE_HOME"] || join(here, ".local", "state");
  return join(state, "twofold-server", "mailbox");
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        host: { type: "string" },
        port: { type: "string" },
        mailbox: { type: "string" },
        "mailbox-gib": { type: "string" },
        "no-mailbox": { type: "boolean" },
        connections: { type: "string" },
        proxy: { type: "string", multiple: true },
        "metrics-open": { type: "boolean" },
        redis: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch {
    return undefined;
  }
};
