import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { createReader, type Reader } from "./reader.ts";

/**
 * What an update would do to a document, without a single thing of Yjs made for it. Only what a mailbox is for passes:
 * envelopes under their keys in the one map, and deletions of what is there. Anything else that Yjs can hold (nested
 * types, text, gaps that wait to be filled, one key written a million times) is how a stranger keeps a server busy.
 */
export type Judged = {
  /** Entries and bytes that the document does not have yet; none for an update that only deletes. */
  readonly structs: number;
  readonly bytes: number;
  /** How many of these stand under a key that is taken. */
  readonly crowd: number;
  /** Devices, or connections of one, that the document has nothing of. */
  readonly clients: number;
  readonly deletes: boolean;
};

/** What the document has already. */
export type Known = {
  /** One past the newest clock of this client. */
  readonly clockOf: (client: number) => number;
  /** True for a key that something stands or stood under. */
  readonly hasKey: (key: string) => boolean;
};

export const nothingKnown: Known = { clockOf: () => 0, hasKey: () => false };

export type UpdateLimits = { readonly envelopeLeast: number; readonly envelopeMost: number };

/** Yjs's encoding of updates, version 1: kinds of structs, and the flags beside them. */
const gc = 0;
const deletedContent = 1;
const binaryContent = 3;
const kindBits = 31;
const hasKeyBit = 32;
const hasRightBit = 64;
const hasLeftBit = 128;

/** No honest client gets near; far below where sums of clocks stop being exact. */
const mostClock = 2 ** 31;
const keyLetters = /^[A-Za-z0-9_-]{22}$/;
const mapName = "envelopes";

/** @param onStep for every entry and range, new or not: what it costs to read them */
export const judgeUpdate = (
  update: Uint8Array,
  known: Known,
  limits: UpdateLimits,
  onStep: () => void = () => {},
): Result<Judged, "NOT_OURS"> => {
  const reader = createReader(update);
  const judged = { structs: 0, bytes: 0, crowd: 0, clients: 0 };
  const ends = new Map<number, number>();
  /** Pairs of client and clock that entries of this update name as standing before them. */
  const lefts: number[] = [];
  const keys = new Set<string>();

  const readEntry = (info: number, isNew: boolean): number => {
    const start = reader.position();
    const crowded = readPlace(info);
    const length = readContent(info & kindBits);
    if (isNew) {
      judged.bytes += reader.position() - start;
      if (crowded) judged.crowd++;
    }
    return length;
  };

  /** True where the key is taken. */
  const readPlace = (info: number): boolean => {
    if ((info & hasKeyBit) === 0 || (info & hasRightBit) !== 0) reader.spoil();
    if ((info & hasLeftBit) !== 0) {
      lefts.push(reader.uint(), reader.uint());
      return true;
    }
    if (reader.uint() !== 1 || reader.ascii(mapName.length) !== mapName) reader.spoil();
    const key = reader.ascii(22);
    if (!keyLetters.test(key)) reader.spoil();
    const taken = keys.has(key) || known.hasKey(key);
    keys.add(key);
    return taken;
  };

  const readContent = (kind: number): number => {
    if (kind === deletedContent) return reader.uint();
    if (kind !== binaryContent) reader.spoil();
    const size = reader.uint();
    if (size < limits.envelopeLeast || size > limits.envelopeMost) reader.spoil();
    reader.skip(size);
    return 1;
  };

  const readClient = () => {
    const count = reader.uint();
    const client = reader.uint();
    let clock = reader.uint();
    const had = known.clockOf(client);
    // Each client once, and no gap before it: what has to wait for something is kept by Yjs without end.
    if (ends.has(client) || clock > had || count === 0) reader.spoil();
    if (had === 0) judged.clients++;
    for (let index = 0; index < count && reader.ok(); index++) {
      onStep();
      const info = reader.byte();
      const isNew = clock >= had;
      const length = info === gc ? reader.uint() : readEntry(info, isNew);
      if (length < 1 || length > mostClock - clock) return reader.spoil();
      if (clock + length > had) judged.structs++;
      clock += length;
    }
    ends.set(client, Math.max(had, clock));
  };

  const clients = reader.uint();
  for (let index = 0; index < clients && reader.ok(); index++) readClient();
  const endOf = (client: number) => ends.get(client) ?? known.clockOf(client);
  for (let index = 0; index < lefts.length; index += 2) {
    if ((lefts[index + 1] ?? 0) >= endOf(lefts[index] ?? 0)) reader.spoil();
  }
  const deletes = readDeletions(reader, endOf, onStep);
  return reader.atEnd() ? accept({ ...judged, deletes }) : refuse("NOT_OURS");
};

/** True when there are any. Ranges rise and do not overlap, so that all of them together cost one walk. */
const readDeletions = (
  reader: Reader,
  endOf: (client: number) => number,
  onStep: () => void,
): boolean => {
  const clients = reader.uint();
  const seen = new Set<number>();
  for (let index = 0; index < clients && reader.ok(); index++) {
    const client = reader.uint();
    const ranges = reader.uint();
    if (seen.has(client) || ranges === 0) reader.spoil();
    seen.add(client);
    const end = endOf(client);
    let from = 0;
    for (let range = 0; range < ranges && reader.ok(); range++) {
      onStep();
      const clock = reader.uint();
      const length = reader.uint();
      if (clock < from || length < 1 || clock + length > end) reader.spoil();
      from = clock + length;
    }
  }
  return seen.size > 0;
};

/** True for a state vector that Yjs reads without making more of it than it is. */
export const isVector = (bytes: Uint8Array): boolean => {
  const reader = createReader(bytes);
  const count = reader.uint();
  const clients = new Set<number>();
  for (let index = 0; index < count && reader.ok(); index++) {
    clients.add(reader.uint());
    reader.uint();
  }
  return reader.atEnd() && clients.size === count;
};

/** True when a vector that `isVector` accepted names something that is not known here. */
export const knowsMore = (vector: Uint8Array, clockOf: Known["clockOf"]): boolean => {
  const reader = createReader(vector);
  const count = reader.uint();
  for (let index = 0; index < count; index++)
    if (clockOf(reader.uint()) < reader.uint()) return true;
  return false;
};
