import { systemClock } from "../shared/base/clock.ts";
import { hushLibraries } from "./lastResort.ts";
import type { ListenCode } from "./listen.ts";
import { openMailbox } from "./mailbox/mailbox.ts";
import type { MailboxPart } from "./mailboxPart.ts";
import { help, readOptions, type Options } from "./options.ts";
import { startRendezvous } from "./rendezvous.ts";

type Obstacle = ListenCode | "FOLDER_FORBIDDEN";

const sentences: Record<Obstacle, string> = {
  PORT_TAKEN: "That port is in use by another program. Choose another with --port.",
  PORT_FORBIDDEN: "This account may not use that port. Choose one above 1023 with --port.",
  BAD_HOST: "This computer has no such address. Choose another with --host.",
  CANNOT_LISTEN: "The rendezvous could not start listening.",
  FOLDER_FORBIDDEN:
    "The folder of the mailbox cannot be written. Choose another with --mailbox, or do without one with --no-mailbox.",
};

const say = (line: string) => void process.stdout.write(`${line}\n`);

const complain = (line: string, exitCode: number) => {
  process.stderr.write(`${line}\n`);
  process.exitCode = exitCode;
};

const run = async (): Promise<void> => {
  const { argv, env, platform } = process;
  const options = readOptions({ args: argv.slice(2), env, platform });
  if (!options.ok) return options.code === "HELP" ? say(help) : complain(help, 2);
  hushLibraries(say);
  const mailbox = await startMailbox(options.value);
  if (mailbox === "FOLDER_FORBIDDEN") return complain(sentences.FOLDER_FORBIDDEN, 1);
  const { host, port, isProxy, metricsOpen, connections } = options.value;
  const started = await startRendezvous({
    host,
    port,
    isProxy,
    metricsOpen,
    ...(connections === undefined ? {} : { limits: { connections } }),
    ...(mailbox === undefined ? {} : { mailbox }),
    clock: systemClock,
    log: say,
  });
  if (!started.ok) return complain(sentences[started.code], 1);
  const { addresses, stop } = started.value;
  say(`Twofold can meet at ${addresses.join(" or ")}. Ctrl-C ends it.`);
  if (mailbox !== undefined) say("The same address serves as a mailbox.");
  const end = () => void stop();
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
};

const startMailbox = async ({
  folder,
}: Options): Promise<MailboxPart | undefined | "FOLDER_FORBIDDEN"> => {
  if (folder === undefined) return undefined;
  const opened = await openMailbox({ folder, clock: systemClock, log: say });
  return opened.ok ? opened.value : "FOLDER_FORBIDDEN";
};

await run();
