import { breathe, type Clock } from "../base/clock.ts";
import type { DeviceId, NotebookId } from "../base/ids.ts";
import type { Queue } from "../base/queue.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Envelope } from "../envelope/envelope.ts";
import type { Message } from "../envelope/message.ts";
import type { SeenHead } from "../envelope/payload.ts";
import type { Book, LedgerMessage } from "./book.ts";
import type { IndexLine } from "./indexLine.ts";
import type { StoreCode } from "./stores.ts";

export type SaidParts = {
  readonly book: Book;
  readonly readMessage: (line: IndexLine) => Promise<Result<Message, StoreCode>>;
  readonly queue: Queue;
  readonly clock: Clock;
};

/** `seen`: what of others its writer had then. */
export type Said = { readonly message: LedgerMessage; readonly seen: readonly SeenHead[] };

/** Messages read at one go: the screen, and what waits to be written, get their turn in between. */
const atOnce = 128;

/** What a device has said in such lines, oldest first; what was redacted is not among it. */
export const readSaid = async (
  { book, readMessage, queue, clock }: SaidParts,
  notebook: NotebookId,
  device: DeviceId,
  isAsked: (line: IndexLine) => boolean,
): Promise<Result<readonly Said[], StoreCode>> => {
  const said: Said[] = [];
  const places = book
    .linesOf(notebook, device)
    .flatMap((line) => (isAsked(line) ? [line.seq] : []));
  /** As the lines stand by now. */
  const readSome = async (some: readonly number[]): Promise<Result<void, StoreCode>> => {
    for (const seq of some) {
      const line = book.linesOf(notebook, device)[seq - 1];
      if (line === undefined || line.redacted) continue;
      const message = await readMessage(line);
      if (!message.ok) return message;
      if (book.takesEffect(message.value))
        said.push({
          message: book.describe({ message: message.value, cameBack: line.cameBack }),
          seen: message.value.payload.seen,
        });
    }
    return accept(undefined);
  };
  for (let from = 0; from < places.length; from += atOnce) {
    if (from > 0) await breathe(clock);
    const read = await queue(() => readSome(places.slice(from, from + atOnce)));
    if (!read.ok) return read;
  }
  return accept(said);
};

/** The message of one line, as its ledger's own keys open it. */
export const readLine = async (
  book: Book,
  line: IndexLine,
  open: (envelope: Envelope) => Message | undefined,
): Promise<Result<Message, StoreCode>> => {
  const envelope = await book.readEnvelope(line);
  if (!envelope.ok) return envelope;
  const message = open(envelope.value);
  return message === undefined ? refuse("STORE_FAILED", "unreadable") : accept(message);
};
