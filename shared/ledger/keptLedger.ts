import type { Clock } from "../base/clock.ts";
import type { DeviceId, NotebookId, PageId, SpaceId } from "../base/ids.ts";
import { createQueue } from "../base/queue.ts";
import type { Random } from "../base/random.ts";
import { accept, type Result } from "../base/result.ts";
import { entryFor, nextPlace } from "../envelope/chain.ts";
import { envelopeKey, type NotebookKey } from "../envelope/envelope.ts";
import type { Message, MessageKind } from "../envelope/message.ts";
import { openEnvelope } from "../envelope/open.ts";
import { composeMessage, sealMessage } from "../envelope/seal.ts";
import { tagHolds, type AuthKey } from "../envelope/tags.ts";
import { openBook, type Book, type Digest, type Leaf } from "./book.ts";
import { replayUnknown, startOrRebuild, type Found } from "./replay.ts";
import type { SealedCache } from "./sealedCache.ts";
import type { StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

/**
 * One person's own ledger on one computer: drafts and marks, or my room. One notebook, one writer, no
 * reader but the writer. Its envelopes are not `CarriedEnvelope`, so no carrier can be given one.
 */
export type KeptLedger = {
  readonly write: (
    kind: MessageKind,
    page: PageId,
    body: Uint8Array,
  ) => Promise<Result<void, StoreCode | "TOO_LARGE">>;
  readonly close: () => Promise<void>;
};

/** All of it follows from the master key of its tree (PROTOCOL §2). */
export type KeptKeys = {
  readonly space: SpaceId;
  readonly notebook: NotebookId;
  readonly device: DeviceId;
  readonly notebookKey: NotebookKey;
  /** A message has at least one tag; what nobody else reads is tagged for its own device. */
  readonly ownTag: AuthKey;
};

export type KeptParts = {
  readonly keys: KeptKeys;
  readonly volumes: Volumes;
  readonly cache: SealedCache;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  /** Reads what the cache holds of pages, after the index and before anything is replayed. */
  readonly loadPages: () => Promise<Result<void, StoreCode | "CACHE_DAMAGED">>;
  readonly onTrouble: (code: string) => void;
};

export const openKeptLedger = async (parts: KeptParts): Promise<Result<KeptLedger, StoreCode>> => {
  const { keys, volumes, cache, onTrouble } = parts;
  const queue = createQueue();
  let book: Book;
  /** Sealed and named in the chain, but refused by the disk: it goes first, or nothing does. */
  let unsaved: Leaf | undefined;

  const headerFor = (kind: MessageKind) => ({
    space: keys.space,
    notebook: keys.notebook,
    device: keys.device,
    kind,
    time: parts.clock.now(),
    ...nextPlace(
      book.chains.headOf(keys.notebook, keys.device),
      keys.space,
      keys.notebook,
      keys.device,
    ),
  });

  const save = async (leaf: Leaf): Promise<Result<void, StoreCode>> => {
    const stored = await book.store([leaf]);
    if (!stored.ok) {
      unsaved = leaf;
      onTrouble(stored.code);
      return stored;
    }
    unsaved = undefined;
    book.chains.append(entryFor(leaf.message));
    const entered = await book.enter(
      { chained: [leaf], forked: [], volumeOf: () => stored.value },
      parts.digest,
    );
    if (!entered.ok) onTrouble(entered.code);
    return accept(undefined);
  };

  const takeIn = async (found: readonly Found[], volume: number) => {
    const leaves = found
      .map(({ key, envelope }) => ({ key, envelope, message: readOwn(envelope, keys) }))
      .filter((leaf): leaf is Leaf => leaf.message !== undefined)
      .toSorted((one, other) => one.message.header.seq - other.message.header.seq);
    const follow = leaves.filter(({ message }) => {
      const next = nextPlace(
        book.chains.headOf(keys.notebook, keys.device),
        keys.space,
        keys.notebook,
        keys.device,
      );
      if (message.header.seq !== next.seq || message.header.prev !== next.prev) return false;
      book.chains.append(entryFor(message));
      return true;
    });
    if (follow.length < found.length) onTrouble("OWN_CHAIN_BROKEN");
    return book.enter({ chained: follow, forked: [], volumeOf: () => volume }, parts.digest);
  };

  const start = async (everything: boolean): Promise<Result<void, StoreCode | "CACHE_DAMAGED">> => {
    const opened = await openBook({ volumes, cache, now: parts.clock.now, onTrouble });
    if (!opened.ok) return opened;
    book = opened.value;
    const pages = await parts.loadPages();
    if (!pages.ok) return pages;
    const empty = book.chains.heads().length === 0;
    const replayed = await replayUnknown(volumes, book.knows, everything || empty, takeIn);
    if (replayed.ok) await book.complete();
    return replayed;
  };

  const started = await startOrRebuild(start, cache, onTrouble);
  if (!started.ok) return started;
  return accept({
    write: (kind, page, body) =>
      queue(async () => {
        if (unsaved !== undefined) {
          const before = await save(unsaved);
          if (!before.ok) return before;
        }
        const message = composeMessage({
          header: headerFor(kind),
          payload: { seen: [], page, body },
          salt: parts.random(32),
          recipients: [{ device: keys.device, key: keys.ownTag }],
        });
        if (!message.ok) return message;
        const envelope = sealMessage(message.value, keys.notebookKey, parts.random(24));
        return save({ key: envelopeKey(envelope), envelope, message: message.value });
      }),
    close: () => queue(() => volumes.close()),
  });
};

const readOwn = (envelope: Uint8Array, keys: KeptKeys): Message | undefined => {
  const opened = openEnvelope(envelope, [{ notebook: keys.notebook, key: keys.notebookKey }]);
  if (!opened.ok) return undefined;
  const { message } = opened.value;
  const { header, tags } = message;
  const own = tags.find(({ recipient }) => recipient === keys.device);
  const mine =
    header.space === keys.space &&
    header.notebook === keys.notebook &&
    header.device === keys.device;
  return mine && own !== undefined && tagHolds(keys.ownTag, message.id, own.tag)
    ? message
    : undefined;
};
