import { breathe, type Cancel, type Clock } from "../base/clock.ts";
import { groupBy } from "../base/group.ts";
import type { PageId } from "../base/ids.ts";
import type { Queue } from "../base/queue.ts";
import { accept, type Result } from "../base/result.ts";
import type { Message } from "../envelope/message.ts";
import { encodeRedaction, mostRecords } from "../envelope/redaction.ts";
import type { LedgerMessage } from "./book.ts";
import type { IndexLine } from "./indexLine.ts";
import type { StoreCode } from "./stores.ts";

/**
 * Brings the words of pages that were taken away off the disk: a redaction of all that was ever said of such a page,
 * then its envelopes leave. What says that the page is gone was written before, so that this can wait, and whatever
 * cuts it short is made up for at the next start.
 */
export type Purging = {
  /** Words of this page may be left. Some seconds later, when nothing else is being written, they go. */
  readonly add: (page: PageId) => void;
  /** Those that a start finds. */
  readonly addAll: (lines: readonly IndexLine[]) => void;
  /** Now. Refused by the disk: tried again by itself, and at the next start. */
  readonly finish: () => Promise<Result<void, StoreCode>>;
  /** Something was written: whoever is typing comes first. */
  readonly putOff: () => void;
  readonly stop: () => void;
};

export type PurgingParts = {
  readonly lines: () => readonly IndexLine[];
  readonly readMessage: (line: IndexLine) => Promise<Result<Message, StoreCode>>;
  readonly takesAway: (message: Pick<LedgerMessage, "kind" | "body">) => boolean;
  /** Within the queue: one after the other, and marked as leaving in the index. */
  readonly redact: (
    redactions: readonly { readonly page: PageId; readonly body: Uint8Array }[],
  ) => Promise<Result<void, StoreCode>>;
  /** Within the queue: the envelopes that are marked. */
  readonly remove: () => Promise<Result<void, StoreCode>>;
  readonly queue: Queue;
  readonly clock: Clock;
};

/** Words go when nothing was written for so long, ms: a volume is written anew. */
const quietMs = 5_000;
/** However much is being written, ms. */
const latestMs = 60_000;
const retryMs = 30_000;
/** Messages redacted at one go: what waits to be written gets its turn in between. */
const atOnce = 1_024;

export const createPurging = (parts: PurgingParts): Purging => {
  const { queue, clock } = parts;
  const pending = new Set<PageId>();
  let running: Promise<Result<void, StoreCode>> | undefined;
  let cancel: Cancel | undefined;
  let since = 0;
  let stopped = false;

  const arm = (ms: number): void => {
    if (stopped) return;
    if (cancel === undefined) since = clock.now();
    cancel?.();
    cancel = clock.after(ms, () => {
      cancel = undefined;
      void finish();
    });
  };

  /** What cannot be read is on the disk no more; its page has nothing else to lose. */
  const readAll = async (lines: readonly IndexLine[]): Promise<readonly Message[]> => {
    const messages: Message[] = [];
    for (const line of lines) {
      const message = await parts.readMessage(line);
      if (message.ok) messages.push(message.value);
    }
    return messages;
  };

  const isGone = async (lines: readonly IndexLine[]): Promise<boolean> => {
    if (lines.some(({ kind }) => kind === "redaction")) return true;
    const controls = await readAll(lines.filter(({ kind }) => kind === "control"));
    return controls.some(({ header: { kind }, payload: { body } }) =>
      parts.takesAway({ kind, body }),
    );
  };

  /** True: there may be more. */
  const purgeSome = async (): Promise<Result<boolean, StoreCode>> => {
    const said = groupBy(
      parts.lines().filter(({ page }) => pending.has(page)),
      ({ page }) => page,
    );
    for (const page of [...pending]) if (!said.has(page)) pending.delete(page);
    const redactions: { readonly page: PageId; readonly body: Uint8Array }[] = [];
    const done: PageId[] = [];
    let records = 0;
    for (const [page, lines] of said) {
      if (records >= atOnce) break;
      done.push(page);
      if (!(await isGone(lines))) continue;
      const messages = await readAll(lines.filter(holdsWords));
      for (let from = 0; from < messages.length; from += mostRecords)
        redactions.push({ page, body: encodeRedaction(messages.slice(from, from + mostRecords)) });
      records += messages.length;
    }
    const redacted = await parts.redact(redactions);
    if (!redacted.ok) return redacted;
    for (const page of done) pending.delete(page);
    return accept(pending.size > 0);
  };

  const run = async (): Promise<Result<void, StoreCode>> => {
    for (let more = true; more && !stopped;) {
      const some = await queue(() => (stopped ? Promise.resolve(accept(false)) : purgeSome()));
      if (!some.ok) return some;
      more = some.value;
      if (more) await breathe(clock);
    }
    return queue(() => (stopped ? Promise.resolve(accept(undefined)) : parts.remove()));
  };

  const finish = async (): Promise<Result<void, StoreCode>> => {
    cancel?.();
    cancel = undefined;
    let done: Result<void, StoreCode>;
    do {
      running ??= run().finally(() => {
        running = undefined;
      });
      done = await running;
    } while (done.ok && pending.size > 0 && !stopped);
    if (!done.ok) arm(retryMs);
    return done;
  };

  return {
    add: (page) => {
      pending.add(page);
      if (cancel === undefined) arm(quietMs);
    },
    addAll: (lines) => {
      const ended = new Set(
        lines.flatMap(({ kind, page }) =>
          kind === "control" || kind === "redaction" ? [page] : [],
        ),
      );
      for (const line of lines)
        if (ended.has(line.page) && holdsWords(line)) pending.add(line.page);
      if (pending.size > 0 || lines.some(({ leaving }) => leaving)) arm(quietMs);
    },
    finish,
    putOff: () => {
      if (cancel !== undefined && clock.now() - since < latestMs) {
        const from = since;
        arm(quietMs);
        since = from;
      }
    },
    stop: () => {
      stopped = true;
      cancel?.();
      cancel = undefined;
    },
  };
};

const holdsWords = ({ kind, redacted }: IndexLine): boolean =>
  !redacted && (kind === "update" || kind === "snapshot");
