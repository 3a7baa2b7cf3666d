import { concatBytes, readU32, readU64, u32, u64 } from "../base/bytes.ts";
import { idBytes, idFrom } from "../base/ids.ts";
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

export const decodeLine = (key: string, bytes: Uint8Array): Result<IndexLine, "CACHE_DAMAGED"> => {
  const kind = messageKinds[bytes[1] ?? messageKinds.length];
  const standing = bytes[0] ?? 0;
  if (bytes.length !== lineLength || kind === undefined || standing > allBits)
    return refuse("CACHE_DAMAGED");
  return accept({
    key: key as EnvelopeKey,
    standing: (standing & forkedBit) === 0 ? "chained" : "forked",
    redacted: (standing & redactedBit) !== 0,
    leaving: (standing & leavingBit) !== 0,
    cameBack: (standing & cameBackBit) !== 0,
    kind,
    volume: readU32(bytes, 2),
    seq: readU64(bytes, 6),
    time: readU64(bytes, 14),
    notebook: idFrom(bytes.subarray(22, 38)),
    device: idFrom(bytes.subarray(38, 54)),
    page: idFrom(bytes.subarray(54, 70)),
    id: idFrom(bytes.subarray(70, 102)),
  });
};

/** How many lines there are, or that they are still being made: under a name that no envelope has. */
const tallyKey = "tally";
const unfinished = 0xffff_ffff;

export const encodeTally = (
  lines: number | "unfinished",
): { readonly key: string; readonly value: Uint8Array } => ({
  key: tallyKey,
  value: u32(lines === "unfinished" ? unfinished : lines),
});

/** The lines without their tally. CACHE_DAMAGED: some are missing, or their making was never finished. */
export const readTally = (
  stored: ReadonlyMap<string, Uint8Array>,
): Result<ReadonlyMap<string, Uint8Array>, "CACHE_DAMAGED"> => {
  const lines = new Map(stored);
  const tally = lines.get(tallyKey);
  lines.delete(tallyKey);
  const expected = tally?.length === 4 ? readU32(tally, 0) : 0;
  return expected === lines.size ? accept(lines) : refuse("CACHE_DAMAGED", "lines are missing");
};
