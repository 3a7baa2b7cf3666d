import { toHex } from "../../base/bytes.ts";
import { breathe, type Clock } from "../../base/clock.ts";
import type { FileSource } from "../../base/files.ts";
import type { DeviceId } from "../../base/ids.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { ChainHead } from "../../envelope/chain.ts";
import { envelopeKey, type CarriedEnvelope, type EnvelopeKey } from "../../envelope/envelope.ts";
import type { ChunkName } from "../../page/photo.ts";
import { chunkNameOf, type SealedChunk } from "../../page/photoSeal.ts";
import type { Offered } from "../airlock.ts";
import { isSealedFor, readCapsuleHead, type CapsuleFileCode } from "../capsule/head.ts";
import { readCapsule } from "../capsule/readCapsule.ts";
import type { CapsuleRecord } from "../capsule/records.ts";

/** What a device says of itself in a file. */
export type Statement = {
  /** Up to where it holds every chain; never nothing. */
  readonly heads: readonly ChainHead[];
  /** See the record "folder"; 0 where there is none. */
  readonly turn: number;
  /** Photos that its pages name and it does not have. */
  readonly wanted: readonly ChunkName[];
};

/** What is remembered of a file that one of the two wrote. */
export type FileContent = {
  readonly by: "me" | "partner";
  /** Written for a shared folder; what was saved there by hand is never taken away. */
  readonly passing: boolean;
  /** The same in every copy. */
  readonly id: string;
  /** In order. */
  readonly keys: readonly EnvelopeKey[];
  readonly chunks: readonly ChunkName[];
  readonly statement: Statement | undefined;
};

export type OpenedFile = {
  readonly content: FileContent;
  readonly envelopes: readonly Offered[];
  readonly chunks: readonly SealedChunk[];
};

export type OpenFileParts = {
  /** `capsuleRootOf` the couple root key. */
  readonly root: Uint8Array;
  readonly me: DeviceId;
  readonly partner: DeviceId;
  readonly clock: Clock;
  readonly cancelled: () => boolean;
};

/** Pieces of the stream that are opened before the screen gets its turn: 1 MiB. */
const piecesAtOnce = 16;

/**
 * Reads a file through to its end: nothing of one that is not whole is given. NOT_OURS: nothing will come of it.
 * BROKEN: it is no whole capsule, or not yet; so says a file that is still being copied.
 */
export const openFile = async (
  bytes: Uint8Array,
  parts: OpenFileParts,
): Promise<Result<OpenedFile, "NOT_OURS" | "BROKEN">> => {
  const { root, me, partner } = parts;
  const source = sourceOf(bytes, parts.clock);
  const head = await readCapsuleHead(source);
  if (!head.ok) return refuse(mayBecomeWhole(head.code) ? "BROKEN" : "NOT_OURS");
  if (parts.cancelled()) return refuse("BROKEN");
  if (!isSealedFor(head.value, root)) return refuse("NOT_OURS");

  const envelopes: Offered[] = [];
  const chunks: SealedChunk[] = [];
  let heads: Extract<CapsuleRecord, { type: "heads" }> | undefined;
  let wanted: readonly ChunkName[] = [];
  let turn: number | undefined;
  const work = { progress: () => {}, cancelled: parts.cancelled };
  for await (const record of readCapsule({ source, head: head.value, root, work })) {
    if (!record.ok) return refuse(record.code === "NEWER_CAPSULE" ? "NOT_OURS" : "BROKEN");
    const one = record.value;
    if (one.type === "heads") {
      if (one.writer !== me && one.writer !== partner) return refuse("NOT_OURS");
      heads = one;
    }
    if (one.type === "folder") turn = one.turn;
    if (one.type === "wanted") wanted = one.names;
    if (one.type === "envelope")
      envelopes.push({ key: envelopeKey(one.envelope), envelope: one.envelope as CarriedEnvelope });
    if (one.type === "chunk") chunks.push({ name: chunkNameOf(one.bytes), bytes: one.bytes });
  }
  if (heads === undefined) return refuse("BROKEN");
  return accept({
    content: {
      by: heads.writer === me ? "me" : "partner",
      passing: turn !== undefined,
      id: toHex(head.value.bound),
      keys: envelopes.map(({ key }) => key),
      chunks: chunks.map(({ name }) => name),
      statement:
        heads.heads.length === 0 ? undefined : { heads: heads.heads, turn: turn ?? 0, wanted },
    },
    envelopes,
    chunks,
  });
};

/** Some programs that copy make a file of zeros first. */
const mayBecomeWhole = (code: CapsuleFileCode): boolean =>
  code === "NOT_A_CAPSULE" || code === "CUT_SHORT" || code === "CAPSULE_ALTERED";

const sourceOf = (bytes: Uint8Array, clock: Clock): FileSource => {
  let reads = 0;
  return {
    name: "",
    size: bytes.length,
    read: async (from, length) => {
      reads += 1;
      if (reads % piecesAtOnce === 0) await breathe(clock);
      return accept(bytes.subarray(from, from + length));
    },
  };
};

/** Of what one device says, what it said last: what holds more, then by turn, then what wants less. */
export const newestStatement = (
  contents: Iterable<FileContent>,
): { readonly id: string; readonly statement: Statement } | undefined => {
  let newest: { readonly id: string; readonly statement: Statement } | undefined;
  for (const { id, statement } of contents) {
    if (statement === undefined) continue;
    if (newest === undefined || isLater(statement, newest.statement)) newest = { id, statement };
  }
  return newest;
};

const isLater = (one: Statement, other: Statement): boolean => {
  const more = heldBy(one) - heldBy(other);
  if (more !== 0) return more > 0;
  if (one.turn !== other.turn) return one.turn > other.turn;
  return one.wanted.length < other.wanted.length;
};

/** Chains only grow. */
const heldBy = ({ heads }: Statement): number => heads.reduce((sum, { seq }) => sum + seq, 0);
