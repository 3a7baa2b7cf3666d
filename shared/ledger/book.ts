import type { DeviceId, MessageId, NotebookId, PageId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import {
  chainName,
  createChains,
  entryFor,
  type ChainEntry,
  type Chains,
} from "../envelope/chain.ts";
import type { Envelope, EnvelopeKey } from "../envelope/envelope.ts";
import type { Message, MessageKind } from "../envelope/message.ts";
import { decodeLine, encodeLine, encodeTally, readTally, type IndexLine } from "./indexLine.ts";
import type { SealedCache } from "./sealedCache.ts";
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
  /** One's own mark beside one's own envelope (ownMark.ts). */
  readonly own?: Uint8Array | undefined;
};

/**
 * The order of writing that loses nothing: the envelope to its volume, then the chains, then index and pages
 * to the cache. Killed anywhere in between, the next start finds envelopes that the index does not know and
 * digests them; the cache can be made anew from the volumes at any time.
 */
export type Book = {
  readonly chains: Chains;
  readonly knows: (key: EnvelopeKey) => boolean;
  /** The messages of one chain, ascending: index seq - 1. */
  readonly linesOf: (notebook: NotebookId, device: DeviceId) => readonly IndexLine[];
  readonly readEnvelope: (line: IndexLine) => Promise<Result<Envelope, StoreCode>>;
  /** To disk, before anything else may know of them. "apart": read after all that is there, at any replay. */
  readonly store: (leaves: readonly Leaf[], where?: "apart") => Promise<Result<number, StoreCode>>;
  /** After the chains have them: digest, index. Only a damaged cache refuses, and then it is built anew. */
  readonly enter: (
    chained: readonly Leaf[],
    forked: readonly Leaf[],
    volume: number,
    digest: Digest,
  ) => Promise<Result<void, "CACHE_DAMAGED">>;
  /** The replay is through. Until it is said, the index counts as unfinished and is made anew at the next start. */
  readonly complete: () => Promise<void>;
};

/** A writer's clock may run this far ahead of or behind ours before the date is called doubtful, ms. */
const clockTolerance = 10 * 60 * 1000;

export type BookParts = {
  readonly volumes: Volumes;
  readonly cache: SealedCache;
  readonly now: () => number;
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
  const lines: IndexLine[] = [];
  const tally = readTally(stored.value);
  if (!tally.ok) return tally;
  for (const [key, bytes] of tally.value) {
    const line = decodeLine(key, bytes);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  return createBook(parts, lines);
};

const createBook = (
  { volumes, cache, now }: BookParts,
  stored: readonly IndexLine[],
): Result<Book, "CACHE_DAMAGED"> => {
  const chains = createChains();
  const byKey = new Set<EnvelopeKey>();
  const byChain = new Map<string, IndexLine[]>();
  /** A volume may hold more than the index knows; only the newest is replayed, so no other may begin. */
  let mayHoldMore = false;
  /** An index that began empty is unfinished until its replay is through. */
  let replaying = stored.length === 0;
  const remember = (line: IndexLine): void => {
    byKey.add(line.key);
    if (line.standing === "forked") return;
    const name = chainName(line.notebook, line.device);
    const chain = byChain.get(name);
    if (chain === undefined) byChain.set(name, [line]);
    else chain.push(line);
  };
  const inOrder = stored.toSorted(
    (one, other) => one.standing.localeCompare(other.standing) || one.seq - other.seq,
  );
  try {
    for (const line of inOrder) {
      chains.append(line);
      remember(line);
    }
  } catch {
    return refuse("CACHE_DAMAGED", "the index has a hole");
  }

  /** Of what the writer had written or read before this. Acks tell the day alone, so they say nothing here. */
  const lastTime = ({ header, payload }: Message): number => {
    if (header.kind === "ack") return 0;
    const chain = byChain.get(chainName(header.notebook, header.device));
    const before = chain?.findLast(({ kind }) => kind !== "ack")?.time ?? 0;
    return Math.max(before, ...payload.seen.map(({ id }) => timeOf(id)));
  };
  const timeOf = (id: MessageId): number => {
    const entry = chains.entryOf(id);
    if (entry?.standing !== "chained") return 0;
    const line = byChain.get(chainName(entry.notebook, entry.device))?.[entry.seq - 1];
    return line === undefined || line.kind === "ack" ? 0 : line.time;
  };
  const rolling = (where: "apart" | undefined): Roll => {
    if (cache.isBehind() || mayHoldMore) return "never";
    return where === "apart" ? "always" : "whenFull";
  };
  const tally = (): CacheChange => ({
    section: "index",
    ...encodeTally(replaying ? "unfinished" : byKey.size),
  });

  return accept({
    chains,
    knows: (key) => byKey.has(key),
    linesOf: (notebook, device) => byChain.get(chainName(notebook, device)) ?? [],
    readEnvelope: async (line) => {
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
    enter: async (chained, forked, volume, digest) => {
      if (chained.length === 0 && forked.length === 0) return accept(undefined);
      const messages: LedgerMessage[] = [];
      const lines: IndexLine[] = [];
      for (const leaf of chained) {
        messages.push(toLedgerMessage(leaf.message, now(), lastTime(leaf.message)));
        const line = lineFor(leaf, entryFor(leaf.message), volume);
        remember(line);
        lines.push(line);
      }
      for (const leaf of forked) {
        const line = lineFor(leaf, entryFor(leaf.message, "forked"), volume);
        remember(line);
        lines.push(line);
      }
      const digested = await digest(messages);
      if (!digested.ok) {
        mayHoldMore = true;
        return refuse("CACHE_DAMAGED", digested.code);
      }
      await cache.write([
        ...digested.value,
        ...lines.map((line) => ({
          section: "index" as const,
          key: line.key,
          value: encodeLine(line),
        })),
        tally(),
      ]);
      return accept(undefined);
    },
    complete: async () => {
      if (!replaying) return;
      replaying = false;
      if (byKey.size > 0) await cache.write([tally()]);
    },
  });
};

const lineFor = (leaf: Leaf, entry: ChainEntry, volume: number): IndexLine => ({
  ...entry,
  key: leaf.key,
  volume,
  kind: leaf.message.header.kind,
  time: leaf.message.header.time,
});

const toLedgerMessage = (
  { id, header, payload }: Message,
  now: number,
  before: number,
): LedgerMessage => ({
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
