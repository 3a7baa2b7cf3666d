import type { DeviceId, MessageId, NotebookId, PageId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { chainName, createChains, entryFor, type ChainEntry, type Chains } from "../envelope/chain.ts";
import type { Envelope, EnvelopeKey } from "../envelope/envelope.ts";
import type { Message, MessageKind } from "../envelope/message.ts";
import { decodeLine, encodeLine, type IndexLine } from "./indexLine.ts";
import type { SealedCache } from "./sealedCache.ts";
import type { CacheChange, StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

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
export type Leaf = { readonly key: EnvelopeKey; readonly envelope: Envelope; readonly message: Message };

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
  /** To disk, before anything else may know of them. */
  readonly store: (leaves: readonly Leaf[]) => Promise<Result<number, StoreCode>>;
  /** After the chains have them: digest, index. Only a damaged cache refuses, and then it is built anew. */
  readonly enter: (
    chained: readonly Leaf[],
    forked: readonly Leaf[],
    volume: number,
    digest: Digest,
  ) => Promise<Result<void, "CACHE_DAMAGED">>;
};

/** A writer's clock may run this far ahead of or behind ours before the date is called doubtful, ms. */
const clockTolerance = 10 * 60 * 1000;

export type BookParts = {
  readonly volumes: Volumes;
  readonly cache: SealedCache;
  readonly now: () => number;
};

/** CACHE_DAMAGED: the caller clears the cache and opens an empty book to replay the volumes into. */
export const openBook = async (
  parts: BookParts,
): Promise<Result<Book, StoreCode | "CACHE_DAMAGED">> => {
  const stored = await parts.cache.readAll("index");
  if (!stored.ok) return stored;
  const lines: IndexLine[] = [];
  for (const [key, bytes] of stored.value) {
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

  const lastTime = ({ header }: Message): number =>
    byChain.get(chainName(header.notebook, header.device))?.at(-1)?.time ?? 0;

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
    store: (leaves) => volumes.add(leaves, !cache.isBehind()),
    enter: async (chained, forked, volume, digest) => {
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
      if (!digested.ok) return refuse("CACHE_DAMAGED", digested.code);
      await cache.write([
        ...digested.value,
        ...lines.map((line) => ({ section: "index" as const, key: line.key, value: encodeLine(line) })),
      ]);
      return accept(undefined);
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
