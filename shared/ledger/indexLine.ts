import { concatBytes, readU32, u32, u64 } from "../base/bytes.ts";
import {
  idBytes,
  idFrom,
  type DeviceId,
  type MessageId,
  type NotebookId,
  type PageId,
} from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { ChainEntry } from "../envelope/chain.ts";
import type { EnvelopeKey } from "../envelope/envelope.ts";
import { messageKinds, type MessageKind } from "../envelope/message.ts";

/**
 * Where one admitted message stands: in its chain, and in which volume under which key. Kept in the page
 * cache's `index` section under the envelope key:
 *   standing u8 | kind u8 | volume u32 | seq u64 | time u64 | notebook16 | device16 | page16 | id32
 * standing: bit 0 forked, bit 1 redacted, bit 2 leaving, bit 3 came back; the others 0.
 */
export type IndexLine = ChainEntry & {
  readonly key: EnvelopeKey;
  /** 0 where its envelope was never here: a redaction's record stands in for it, under a key of its own. */
  readonly volume: number;
  /** Its writer has withdrawn it: the line stays, so that the chain holds; its envelope goes. */
  readonly redacted: boolean;
  /** Redacted, and its envelope has yet to leave its volume. */
  readonly leaving: boolean;
  /** One's own, from an earlier computer, by way of the partner's copy (book.ts). */
  readonly cameBack: boolean;
  readonly kind: MessageKind;
  readonly time: number;
};

const forkedBit = 1;
const redactedBit = 2;
const leavingBit = 4;
const cameBackBit = 8;
const allBits = forkedBit | redactedBit | leavingBit | cameBackBit;
const lineLength = 1 + 1 + 4 + 8 + 8 + 16 + 16 + 16 + 32;

export const encodeLine = (line: IndexLine): Uint8Array =>
  concatBytes(
    Uint8Array.of(
      (line.standing === "forked" ? forkedBit : 0) |
        (line.redacted ? redactedBit : 0) |
        (line.leaving ? leavingBit : 0) |
        (line.cameBack ? cameBackBit : 0),
      messageKinds.indexOf(line.kind),
    ),
    u32(line.volume),
    u64(line.seq),
    u64(line.time),
    idBytes(line.notebook),
    idBytes(line.device),
    idBytes(line.page),
    idBytes(line.id),
  );

type LineChain = Pick<IndexLine, "notebook" | "device">;

/** A line as it is stored. Of a long journal's 150,000 most are never looked at: a value is read when it is asked for. */
export class StoredLine implements IndexLine {
  readonly key: EnvelopeKey;
  /** One object for all lines of a chain. */
  readonly chain: LineChain;
  readonly #bytes: Uint8Array;

  constructor(key: EnvelopeKey, bytes: Uint8Array, chain: LineChain) {
    this.key = key;
    this.chain = chain;
    this.#bytes = bytes;
  }
  get notebook(): NotebookId {
    return this.chain.notebook;
  }
  get device(): DeviceId {
    return this.chain.device;
  }
  get standing(): IndexLine["standing"] {
    return this.#has(forkedBit) ? "forked" : "chained";
  }
  get redacted(): boolean {
    return this.#has(redactedBit);
  }
  get leaving(): boolean {
    return this.#has(leavingBit);
  }
  get cameBack(): boolean {
    return this.#has(cameBackBit);
  }
  get kind(): MessageKind {
    return messageKinds[this.#bytes[1] ?? 0] ?? "update";
  }
  get volume(): number {
    return this.#u32(2);
  }
  get seq(): number {
    return this.#u32(6) * 2 ** 32 + this.#u32(10);
  }
  get time(): number {
    return this.#u32(14) * 2 ** 32 + this.#u32(18);
  }
  get page(): PageId {
    return idFrom(this.#bytes.subarray(54, 70));
  }
  get id(): MessageId {
    return idFrom(this.#bytes.subarray(70, lineLength));
  }
  /** Where its id stands among others, without reading all of it. */
  get idHead(): number {
    return this.#u32(70);
  }
  #has(bit: number): boolean {
    return ((this.#bytes[0] ?? 0) & bit) !== 0;
  }
  #u32(at: number): number {
    const bytes = this.#bytes;
    return (
      (bytes[at] ?? 0) * 2 ** 24 +
      (((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
    );
  }
}

/** All lines of an index, in no order. CACHE_DAMAGED: some are missing, or their making was never finished. */
export const decodeLines = (
  stored: ReadonlyMap<string, Uint8Array>,
): Result<readonly StoredLine[], "CACHE_DAMAGED"> => {
  const tally = stored.get(tallyKey);
  const expected = tally?.length === 4 ? readU32(tally, 0) : 0;
  if (expected !== stored.size - (tally === undefined ? 0 : 1))
    return refuse("CACHE_DAMAGED", "lines are missing");
  const chains = createChainNames();
  const lines: StoredLine[] = [];
  for (const [key, bytes] of stored) {
    if (key === tallyKey) continue;
    const isOurs =
      bytes.length === lineLength &&
      messageKinds[bytes[1] ?? messageKinds.length] !== undefined &&
      (bytes[0] ?? 0) <= allBits;
    if (!isOurs) return refuse("CACHE_DAMAGED");
    lines.push(new StoredLine(key as EnvelopeKey, bytes, chains(bytes)));
  }
  return accept(lines);
};

/** A few chains have all the lines: their names are read once. Of a line's bytes, from where they stand. */
const createChainNames = (): ((line: Uint8Array) => LineChain) => {
  const known: { readonly bytes: Uint8Array; readonly chain: LineChain }[] = [];
  return (line) => {
    for (const { bytes, chain } of known) if (hasAt(line, namesAt, bytes)) return chain;
    const bytes = line.slice(namesAt, namesAt + 32);
    const chain = {
      notebook: idFrom<NotebookId>(bytes.subarray(0, 16)),
      device: idFrom<DeviceId>(bytes.subarray(16)),
    };
    known.push({ bytes, chain });
    return chain;
  };
};

const namesAt = 22;

const hasAt = (line: Uint8Array, at: number, bytes: Uint8Array): boolean => {
  for (let index = 0; index < bytes.length; index++)
    if (line[at + index] !== bytes[index]) return false;
  return true;
};

/** The same line with other marks. */
export const markedLine = (
  line: IndexLine,
  marks: Partial<Pick<IndexLine, "redacted" | "leaving">>,
): IndexLine => ({
  key: line.key,
  standing: line.standing,
  redacted: marks.redacted ?? line.redacted,
  leaving: marks.leaving ?? line.leaving,
  cameBack: line.cameBack,
  kind: line.kind,
  volume: line.volume,
  seq: line.seq,
  time: line.time,
  notebook: line.notebook,
  device: line.device,
  page: line.page,
  id: line.id,
});

/** How many lines there are, or that they are still being made: under a name that no envelope has. */
const tallyKey = "tally";
const unfinished = 0xffff_ffff;

export const encodeTally = (
  lines: number | "unfinished",
): { readonly key: string; readonly value: Uint8Array } => ({
  key: tallyKey,
  value: u32(lines === "unfinished" ? unfinished : lines),
});
