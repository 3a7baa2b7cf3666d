import type { Clock } from "../base/clock.ts";
import type { PageId } from "../base/ids.ts";
import { createQueue } from "../base/queue.ts";
import type { Random } from "../base/random.ts";
import { accept, type Result } from "../base/result.ts";
import { entryFor } from "../envelope/chain.ts";
import { envelopeKey } from "../envelope/envelope.ts";
import type { Message, MessageKind } from "../envelope/message.ts";
import { composeMessage, sealMessage } from "../envelope/seal.ts";
import { batchesOf } from "./batches.ts";
import type { Digest, Leaf, LedgerMessage } from "./book.ts";
import type { IndexLine } from "./indexLine.ts";
import { createKeptTakingIn } from "./keptTakeIn.ts";
import { nextOwnPlace, readOwn, type KeptKeys } from "./ownChain.ts";
import { createOwnWriting } from "./ownWriting.ts";
import { createPurging } from "./purging.ts";
import { createRemoval } from "./removal.ts";
import { startLedger } from "./replay.ts";
import { readLine, readSaid } from "./said.ts";
import type { SealedCache } from "./sealedCache.ts";
import type { StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

export type { KeptKeys } from "./ownChain.ts";

/**
 * One person's own ledger on one computer: drafts and marks, or my room. One notebook, one writer, no
 * reader but the writer. Its envelopes are not `CarriedEnvelope`, so no carrier can be given one.
 */
export type KeptLedger = {
  /**
   * In batches, each in one transaction; neighbours of one page are in one batch. What the disk refuses has its
   * place in the chain already: it goes out before whatever is written next. What comes after it was not written.
   */
  readonly write: (drafts: readonly KeptDraft[]) => Promise<Result<void, StoreCode | "TOO_LARGE">>;
  /** What was said of a page, oldest first; nothing once its words are off the disk. */
  readonly messagesOf: (page: PageId) => Promise<Result<readonly LedgerMessage[], StoreCode>>;
  /**
   * The envelopes of pages that were taken away leave the disk now instead of some seconds later. Refused: it is
   * tried again by itself, and at the next start.
   */
  readonly purge: () => Promise<Result<void, StoreCode>>;
  readonly close: () => Promise<void>;
};

export type KeptDraft = {
  readonly kind: MessageKind;
  readonly page: PageId;
  readonly body: Uint8Array;
};

export type KeptParts = {
  readonly keys: KeptKeys;
  readonly volumes: Volumes;
  readonly cache: SealedCache;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  /** The page is gone for good: its words go off the disk. */
  readonly takesAway: (message: Pick<LedgerMessage, "kind" | "body">) => boolean;
  /** Reads what the cache holds of pages, after the index and before anything is replayed. */
  readonly loadPages: () => Promise<Result<void, StoreCode | "CACHE_DAMAGED">>;
  readonly onTrouble: (code: string) => void;
};

export const openKeptLedger = async (parts: KeptParts): Promise<Result<KeptLedger, StoreCode>> => {
  const { keys, volumes, cache, clock, onTrouble } = parts;
  const queue = createQueue();
  const started = await startLedger(parts, (fresh) => ({
    book: fresh,
    takingIn: createKeptTakingIn({ ...parts, book: fresh }),
  }));
  if (!started.ok) return started;
  const { book } = started.value;

  const compose = (
    { kind, page, body }: KeptDraft,
    previous: Message | undefined,
  ): Result<Leaf, "TOO_LARGE"> => {
    const { space, notebook, device } = keys;
    const place =
      previous === undefined
        ? nextOwnPlace(book.chains, keys)
        : { seq: previous.header.seq + 1, prev: previous.id };
    const message = composeMessage({
      header: { space, notebook, device, kind, time: clock.now(), ...place },
      payload: { seen: [], page, body },
      salt: parts.random(32),
      recipients: [{ device, key: keys.ownTag }],
    });
    if (!message.ok) return message;
    const envelope = sealMessage(message.value, keys.notebookKey, parts.random(24));
    return accept({ key: envelopeKey(envelope), envelope, message: message.value });
  };

  const takesAway = ({ message: { header, payload } }: Leaf): boolean =>
    parts.takesAway({ kind: header.kind, body: payload.body });

  const writing = createOwnWriting({
    book,
    digest: parts.digest,
    compose,
    chain: (message) => book.chains.append(entryFor(message)),
    onWritten: (leaves) => {
      for (const leaf of leaves) if (takesAway(leaf)) purging.add(leaf.message.payload.page);
    },
    /**
     * A page whose removal was refused is its writer's still: they were told so, and may have written on. Nothing
     * takes the removal's place in the chain before the disk is certain not to have it.
     */
    giveUp: async (refused) => {
      if (!refused.every(takesAway)) return accept(false);
      const removed = await volumes.remove(
        volumes.newest(),
        refused.map(({ key }) => key),
      );
      return removed.ok ? accept(true) : removed;
    },
    onTrouble,
  });

  const readMessage = (line: IndexLine) =>
    readLine(book, line, (envelope) => readOwn(envelope, keys));

  const lines = (): readonly IndexLine[] => book.linesOf(keys.notebook, keys.device);
  const removal = createRemoval({ book, volumes, cache, clock, queue, onTrouble });
  const purging = createPurging({
    lines,
    readMessage,
    takesAway: parts.takesAway,
    redact: async (redactions) => {
      for (const batch of batchesOf(redactions)) {
        const written = await writing.redact(batch.map((one) => ({ ...one, kind: "redaction" })));
        if (!written.ok) return written;
      }
      return accept(undefined);
    },
    remove: removal.finish,
    queue,
    clock,
  });

  purging.addAll(lines());
  return accept({
    write: async (drafts) => {
      for (const batch of batchesOf(drafts)) {
        const written = await queue(() => writing.write(batch));
        if (!written.ok) return written;
      }
      purging.putOff();
      return accept(undefined);
    },
    messagesOf: async (page) => {
      const reading = { book, readMessage, queue, clock };
      const said = await readSaid(
        reading,
        keys.notebook,
        keys.device,
        (line) => line.page === page,
      );
      return said.ok ? accept(said.value.map(({ message }) => message)) : said;
    },
    purge: purging.finish,
    close: () => {
      purging.stop();
      removal.stop();
      return queue(() => volumes.close());
    },
  });
};
