import { parseArgs } from "node:util";
import { systemClock } from "../shared/base/clock.ts";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import type { ListenCode } from "./listen.ts";
import { defaultHost, defaultPort, startRendezvous } from "./rendezvous.ts";

type Choice = { readonly host: string; readonly port: number };

const help = `npm run server -- [--host ${defaultHost}] [--port ${defaultPort}]   (or TWOFOLD_RENDEZVOUS_HOST and _PORT; --host 0.0.0.0 for other computers)`;

const sentences: Record<ListenCode, string> = {
  PORT_TAKEN: "That port is in use by another program. Choose another with --port.",
  PORT_FORBIDDEN: "This account may not use that port. Choose one above 1023 with --port.",
  BAD_HOST: "This computer has no such address. Choose another with --host.",
  CANNOT_LISTEN: "The rendezvous could not start listening.",
};

const run = async (): Promise<void> => {
  const choice = readChoice();
  if (!choice.ok) {
    (choice.code === "HELP" ? console.log : console.error)(help);
    process.exitCode = choice.code === "HELP" ? 0 : 2;
    return;
  }
  const started = await startRendezvous({
    ...choice.value,
    clock: systemClock,
    log: (line) => console.log(line),
  });
  if (!started.ok) {
    console.error(sentences[started.code]);
    process.exitCode = 1;
    return;
  }
  const { addresses, stop } = started.value;
  console.log(`Twofold can meet at ${addresses.join(" or ")}. Ctrl-C ends it.`);
  const end = () => void stop();
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
};

const readChoice = (): Result<Choice, "HELP" | "BAD_OPTIONS"> => {
  const options = readOptions();
  if (options === undefined) return refuse("BAD_OPTIONS");
  if (options.help === true) return refuse("HELP");
  const host = options.host ?? process.env["TWOFOLD_RENDEZVOUS_HOST"] ?? defaultHost;
  const port = options.port ?? process.env["TWOFOLD_RENDEZVOUS_PORT"] ?? String(defaultPort);
  if (host === "" || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) return refuse("BAD_OPTIONS");
  return accept({ host, port: Number(port) });
};

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        host: { type: "string" },
        port: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch {
    return undefined;
  }
};

await run();
