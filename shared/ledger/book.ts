import type { DeviceId, MessageId, NotebookId, PageId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { createChains, entryFor, type ChainEntry, type Chains } from "../envelope/chain.ts";
import type { Envelope, EnvelopeKey } from "../envelope/envelope.ts";
import type { Message, MessageKind } from "../envelope/message.ts";
import type { MayWithdraw } from "../envelope/devices.ts";
import { redactionOf } from "../envelope/redaction.ts";
import { standInEntry, type StandIn } from "../envelope/standIns.ts";
import { decodeLines, encodeLine, encodeTally, markedLine, type IndexLine } from "./indexLine.ts";
import { createLines } from "./lines.ts";
import type { SealedCache } from "./sealedCache.ts";
import { loadIndex, type LoadedIndex } from "./storedChains.ts";
import type { CacheChange, StoreCode } from "./stores.ts";
import type { Roll, Volumes } from "./volumes.ts";

/** An admitted message as whoever digests it sees it. */
export type LedgerMessage = {
  readonly kind: MessageKind;
  readonly id: MessageId;
  readonly notebook: NotebookId;
  readonly device: DeviceId;
  readonly seq: number;
  /** By the writer's clock, ms. */
  readonly time: number;
  /** That clock cannot have been right: ahead of ours, or behind what it wrote before. */
  readonly doubtful: boolean;
  readonly page: PageId;
  readonly body: Uint8Array;
  /** One's own, from an earlier computer, and here only because the partner's copy had it. */
  readonly cameBack: boolean;
};

/** Turns admitted messages into what the page cache has to hold. */
export type Digest = (
  messages: readonly LedgerMessage[],
) => Promise<Result<readonly CacheChange[], StoreCode | "CACHE_DAMAGED">>;

/** A message and the envelope that it lies in. */
export type Leaf = {
  readonly key: EnvelopeKey;
  readonly envelope: Envelope;
  readonly message: Message;
  /** The mark beside what was written here, or vouched for (ownMark.ts). */
  readonly own?: Uint8Array | undefined;
  readonly cameBack?: boolean | undefined;
};

/** What a fork keeps beside its chain, and what it says of the place that the chain has another message for. */
export type Kept = { readonly leaf: Leaf; readonly entry: ChainEntry };

/**
 * The order of writing that loses nothing: the envelope to its volume, then the chains, then index and pages
 * to the cache. Killed anywhere in between, the next start finds envelopes that the index does not know and
 * digests them; the cache can be made anew from the volumes at any time. What a redaction withdraws goes last:
 * redaction to its volume, lines marked in the cache, then the envelopes leave theirs.
 */
export type Book = {
  readonly chains: Chains;
  readonly knows: (key: EnvelopeKey) => boolean;
  /** The messages of one chain, ascending: index seq - 1. */
  readonly linesOf: (notebook: NotebookId, device: DeviceId) => readonly IndexLine[];
  readonly readEnvelope: (line: IndexLine) => Promise<Result<Envelope, StoreCode>>;
  /** To disk, before anything else may know of them. "apart": read after all that is there, at any replay. */
  readonly store: (leaves: readonly Leaf[], where?: "apart") => Promise<Result<number, StoreCode>>;
  /**
   * After the chains have them: digest, index; a redaction marks the lines that it withdraws. Only a damaged cache
   * refuses, and then it is built anew.
   */
  readonly enter: (entering: Entering, digest: Digest) => Promise<Result<void, "CACHE_DAMAGED">>;
  /** As it was digested; its date is compared with the clock as it is now. */
  readonly describe: (leaf: Pick<Leaf, "message" | "cameBack">) => LedgerMessage;
  /** False for a redaction that breaks a rule: it has its place in the chain and does nothing. */
  readonly takesEffect: (message: Message) => boolean;
  /** Marked lines whose envelopes have yet to leave. */
  readonly leaving: () => readonly IndexLine[];
  /** These are on the disk no more. */
  readonly left: (lines: readonly IndexLine[]) => Promise<void>;
  /** The replay is through. Until it is said, the index counts as unfinished and is made anew at the next start. */
  readonly complete: () => Promise<void>;
};

export type Entering = {
  readonly chained: readonly (Leaf | StandIn)[];
  readonly forked: readonly Kept[];
  /** In which volume an envelope lies. */
  readonly volumeOf: (key: EnvelopeKey) => number;
};

/** A writer's clock may run this far ahead of or behind ours before the date is called doubtful, ms. */
export const clockTolerance = 10 * 60 * 1000;

export type BookParts = {
  readonly volumes: Volumes;
  readonly cache: SealedCache;
  readonly now: () => number;
  /** Of other chains than a redaction's own. Missing: nothing. */
  readonly mayWithdraw?: MayWithdraw | undefined;
  readonly onTrouble: (code: string) => void;
};

/**
 * CACHE_DAMAGED: the caller clears the cache and opens an empty book to replay the volumes into. Lines that are
 * missing at the end of a chain leave no hole, and one's own next message would take the place of one that
 * exists: therefore the tally.
 */
export const openBook = async (
  parts: BookParts,
): Promise<Result<Book, StoreCode | "CACHE_DAMAGED">> => {
  const stored = await parts.cache.readAll("index");
  if (!stored.ok) return stored;
  const lines = decodeLines(stored.value);
  if (!lines.ok) return lines;
  const loaded = loadIndex(lines.value);
  return loaded.ok ? accept(createBook(parts, lines.value, loaded.value)) : loaded;
};

const createBook = (
  { volumes, cache, now, mayWithdraw, onTrouble }: BookParts,
  stored: readonly IndexLine[],
  loaded: LoadedIndex,
): Book => {
  const chains = createChains(loaded.chains);
  const lines = createLines(stored, loaded.byChain);
  /** A volume may hold more than the index knows; only the newest is replayed, so no other may begin. */
  let mayHoldMore = false;
  /** An index that began empty is unfinished until its replay is through. */
  let replaying = stored.length === 0;

  /** Of what the writer had written or read before this. Acks tell the day alone, so they say nothing here. */
  const lastTime = ({ header, payload }: Message): number => {
    if (header.kind === "ack") return 0;
    const chain = lines.of(header.notebook, header.device);
    let at = Math.min(chain.length, header.seq - 1) - 1;
    while (chain[at]?.kind === "ack") at -= 1;
    return Math.max(chain[at]?.time ?? 0, ...payload.seen.map(({ id }) => timeOf(id)));
  };
  const timeOf = (id: MessageId): number => {
    const entry = chains.entryOf(id);
    if (entry?.standing !== "chained") return 0;
    const line = lines.of(entry.notebook, entry.device)[entry.seq - 1];
    return line === undefined || line.kind === "ack" ? 0 : line.time;
  };
  const describe: Book["describe"] = ({ message, cameBack }) => ({
    ...toLedgerMessage(message, now(), lastTime(message)),
    cameBack: cameBack === true,
  });

  /**
   * The lines that a redaction withdraws; none where it breaks a rule. What a page's lists and its trace say would
   * come apart if it named one page and withdrew another. What an earlier device's chain here has not reached, and may
   * never where it has forked, keeps the rest from nothing.
   */
  const withdrawnBy = (message: Message): readonly IndexLine[] => {
    const records = redactionOf(message, mayWithdraw);
    const [first] = records.ok ? records.value : [];
    if (!records.ok || first === undefined) return [];
    const chain = lines.of(first.header.notebook, first.header.device);
    const reached = records.value.filter(({ header }) => header.seq <= chain.length);
    const named = reached.flatMap(({ id, header }) => {
      const line = chain[header.seq - 1];
      return line?.id === id && line.page === message.payload.page ? [line] : [];
    });
    return named.length === reached.length ? named : [];
  };
  /** Of another device's chain that has not come so far here: it does nothing yet, and breaks no rule. */
  const isAhead = (message: Message): boolean => {
    const records = redactionOf(message, mayWithdraw);
    return (
      records.ok &&
      records.value.every(
        (one) =>
          one.header.device !== message.header.device &&
          one.header.seq > lines.of(one.header.notebook, one.header.device).length,
      )
    );
  };
  const takesEffect = (message: Message): boolean =>
    message.header.kind !== "redaction" || withdrawnBy(message).length > 0;
  const rolling = (where: "apart" | undefined): Roll => {
    if (cache.isBehind() || mayHoldMore) return "never";
    return where === "apart" ? "always" : "whenFull";
  };
  const tally = (): CacheChange => ({
    section: "index",
    ...encodeTally(replaying ? "unfinished" : lines.count()),
  });

  return {
    chains,
    knows: (key) => lines.get(key) !== undefined,
    linesOf: lines.of,
    readEnvelope: async (line) => {
      if (lines.get(line.key)?.redacted === true) return refuse("STORE_FAILED", "redacted");
      const volume = await volumes.open(line.volume);
      if (!volume.ok) return volume;
      const envelope = volume.value.get(line.key);
      return envelope === undefined ? refuse("STORE_FAILED", "indexed but gone") : accept(envelope);
    },
    store: async (leaves, where) => {
      const added = await volumes.add(leaves, rolling(where));
      if (!added.ok) mayHoldMore = true;
      return added;
    },
    enter: async ({ chained, forked, volumeOf }, digest) => {
      if (chained.length === 0 && forked.length === 0) return accept(undefined);
      const messages: LedgerMessage[] = [];
      const changed = new Map<EnvelopeKey, IndexLine>();
      const change = (line: IndexLine): void => {
        lines.set(line);
        changed.set(line.key, line);
      };
      for (const one of chained) {
        if (!("message" in one)) {
          change(standInLine(one));
          continue;
        }
        const { message, key } = one;
        change(lineFor(one, entryFor(message), volumeOf(key)));
        if (!takesEffect(message)) {
          if (!isAhead(message)) onTrouble("BAD_PAYLOAD");
          continue;
        }
        messages.push(describe(one));
        for (const line of withdrawnBy(message)) {
          if (!line.redacted) change(markedLine(line, { redacted: true, leaving: true }));
        }
      }
      for (const { leaf, entry } of forked) change(lineFor(leaf, entry, volumeOf(leaf.key)));
      const digested = await digest(messages);
      if (!digested.ok) {
        mayHoldMore = true;
        return refuse("CACHE_DAMAGED", digested.code);
      }
      await cache.write([...digested.value, ...[...changed.values()].map(toChange), tally()]);
      return accept(undefined);
    },
    describe,
    takesEffect,
    leaving: lines.leaving,
    left: async (gone) => {
      const changed = gone.map((line) => markedLine(line, { leaving: false }));
      for (const line of changed) lines.set(line);
      await cache.write(changed.map(toChange));
    },
    complete: async () => {
      if (!replaying) return;
      replaying = false;
      if (lines.count() > 0) await cache.write([tally()]);
    },
  };
};

const toChange = (line: IndexLine): CacheChange => ({
  section: "index",
  key: line.key,
  value: encodeLine(line),
});

const standInLine = (standIn: StandIn): IndexLine => ({
  ...standInEntry(standIn),
  key: `gone ${standIn.id}` as EnvelopeKey,
  volume: 0,
  redacted: true,
  leaving: false,
  cameBack: false,
  kind: standIn.header.kind,
  time: standIn.header.time,
});

const lineFor = (leaf: Leaf, entry: ChainEntry, volume: number): IndexLine => ({
  ...entry,
  key: leaf.key,
  volume,
  redacted: false,
  leaving: false,
  cameBack: leaf.cameBack === true,
  kind: leaf.message.header.kind,
  time: leaf.message.header.time,
});

const toLedgerMessage = (
  { id, header, payload }: Message,
  now: number,
  before: number,
): Omit<LedgerMessage, "cameBack"> => ({
  kind: header.kind,
  id,
  notebook: header.notebook,
  device: header.device,
  seq: header.seq,
  time: header.time,
  doubtful: header.time > now + clockTolerance || header.time < before - clockTolerance,
  page: payload.page,
  body: payload.body,
});
