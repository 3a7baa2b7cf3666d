import { readFileSync } from "node:fs";
import { systemClock } from "../shared/base/clock.ts";
import { hushLibraries } from "./lastResort.ts";
import type { ListenCode } from "./listen.ts";
import type { Bus } from "./bus.ts";
import { openMailbox } from "./mailbox/mailbox.ts";
import type { MailboxPart } from "./mailboxPart.ts";
import { help, readOptions, type Options } from "./options.ts";
import type { LinkCode, RedisPlace } from "./redis/link.ts";
import { startRendezvous } from "./rendezvous.ts";

type Obstacle = ListenCode | LinkCode | "FOLDER_FORBIDDEN" | "PASSWORD_FILE";

const sentences: Record<Obstacle, string> = {
  PORT_TAKEN: "That port is in use by another program. Choose another with --port.",
  PORT_FORBIDDEN: "This account may not use that port. Choose one above 1023 with --port.",
  BAD_HOST: "This computer has no such address. Choose another with --host.",
  CANNOT_LISTEN: "The rendezvous could not start listening.",
  FOLDER_FORBIDDEN:
    "The folder of the mailbox cannot be written. Choose another with --mailbox, or do without one with --no-mailbox.",
  PASSWORD_FILE:
    "The file that TWOFOLD_REDIS_PASSWORD_FILE names cannot be read, or is empty. Look at where it lies and who may read it.",
  REDIS_AWAY:
    "No Redis answers there. Start it first, or do without --redis: one process needs none.",
  REDIS_REFUSED:
    "Redis does not let us in. Look at its name and password, and at what that name may do (docs/hosting.md).",
};

const say = (line: string) => void process.stdout.write(`${line}\n`);

const complain = (line: string, exitCode: number) => {
  process.stderr.write(`${line}\n`);
  process.exitCode = exitCode;
};

const run = async (): Promise<void> => {
  const { argv, env, platform } = process;
  const options = readOptions({ args: argv.slice(2), env, platform, readText });
  if (!options.ok) {
    if (options.code === "PASSWORD_FILE") return complain(sentences.PASSWORD_FILE, 1);
    return options.code === "HELP" ? say(help) : complain(help, 2);
  }
  hushLibraries(say);
  const opened = await startBus(options.value.redis);
  if (typeof opened === "string") return complain(sentences[opened], 1);
  const bus = opened;
  const mailbox = await startMailbox(options.value, bus);
  if (mailbox === "FOLDER_FORBIDDEN") {
    await bus?.stop();
    return complain(sentences.FOLDER_FORBIDDEN, 1);
  }
  const { host, port, isProxy, metricsOpen, connections } = options.value;
  const started = await startRendezvous({
    host,
    port,
    isProxy,
    metricsOpen,
    ...(connections === undefined ? {} : { limits: { connections } }),
    ...(mailbox === undefined ? {} : { mailbox }),
    ...(bus === undefined ? {} : { bus }),
    clock: systemClock,
    log: say,
  });
  if (!started.ok) return complain(sentences[started.code], 1);
  const { addresses, stop } = started.value;
  say(`Twofold can meet at ${addresses.join(" or ")}. Ctrl-C ends it.`);
  if (mailbox !== undefined) say("The same address serves as a mailbox.");
  if (bus !== undefined) say("Other processes on the same Redis are one server with it.");
  const end = () => void stop();
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
};

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

/** What speaks to Redis is loaded only where it is asked for. */
const startBus = async (place: RedisPlace | undefined): Promise<Bus | undefined | LinkCode> => {
  if (place === undefined) return undefined;
  const { openRedisBus } = await import("./redis/redisBus.ts");
  const opened = await openRedisBus({ place, clock: systemClock, log: say });
  return opened.ok ? opened.value : opened.code;
};

const startMailbox = async (
  { folder, mailboxBytes }: Options,
  bus: Bus | undefined,
): Promise<MailboxPart | undefined | "FOLDER_FORBIDDEN"> => {
  if (folder === undefined) return undefined;
  const opened = await openMailbox({
    folder,
    clock: systemClock,
    log: say,
    ...(mailboxBytes === undefined ? {} : { limits: { storedBytes: mailboxBytes } }),
    ...(bus === undefined ? {} : { bus }),
  });
  return opened.ok ? opened.value : "FOLDER_FORBIDDEN";
};

await run();
