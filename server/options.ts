import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import { proxiesAt, type IsProxy } from "./proxies.ts";
import { defaultHost, defaultPort } from "./rendezvous.ts";

export type Options = {
  readonly host: string;
  readonly port: number;
  /** Where the mailbox keeps its files; undefined for none. */
  readonly folder: string | undefined;
  readonly isProxy: IsProxy;
  readonly metricsOpen: boolean;
  readonly connections: number | undefined;
};

export const help = `npm run server -- [options]
  --host ADDRESS        ${defaultHost}; 0.0.0.0 for other computers (TWOFOLD_RENDEZVOUS_HOST)
  --port NUMBER         ${defaultPort} (TWOFOLD_RENDEZVOUS_PORT)
  --mailbox FOLDER      where the mailbox keeps its files (TWOFOLD_MAILBOX)
  --no-mailbox          only a meeting point
  --connections NUMBER  how many in all; 4000 (TWOFOLD_CONNECTIONS)
  --proxy ADDRESS       of a proxy in front, or its network as 172.18.0.0/16; as often as needed (TWOFOLD_PROXY)
  --metrics-open        /metrics answers everybody, not only this computer
docs/hosting.md says more.`;

export type Surroundings = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
};

export const readOptions = ({
  args,
  env,
  platform,
}: Surroundings): Result<Options, "HELP" | "BAD_OPTIONS"> => {
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
  if (isProxy === undefined) return refuse("BAD_OPTIONS");
  return accept({
    host,
    port: Number(port),
    folder: given["no-mailbox"] === true ? undefined : folder,
    isProxy,
    metricsOpen: given["metrics-open"] === true,
    connections: connections === undefined ? undefined : Number(connections),
  });
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
        "no-mailbox": { type: "boolean" },
        connections: { type: "string" },
        proxy: { type: "string", multiple: true },
        "metrics-open": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch {
    return undefined;
  }
};
