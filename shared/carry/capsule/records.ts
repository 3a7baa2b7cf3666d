import {
  concatBytes,
  fromBase64Url,
  readU32,
  readU64,
  toBase64Url,
  u32,
  u64,
} from "../../base/bytes.ts";
import { idBytes, idFrom, type DeviceId } from "../../base/ids.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { decodeAck, encodeAck } from "../../envelope/ack.ts";
import type { ChainHead } from "../../envelope/chain.ts";
import { envelopeLayout, type CarriedEnvelope } from "../../envelope/envelope.ts";
import { numberLimit } from "../../envelope/message.ts";
import { chunkLength, type ChunkName } from "../../page/photo.ts";

/**
 * What a capsule holds, one after another and in this order: `type u8 ‖ length u32 ‖ body`. Who has CRK is no more
 * trusted for that: what these envelopes are, admission decides, and a chunk is what its hash says.
 */
export type CapsuleRecord<Sealed extends Uint8Array = Uint8Array> =
  | {
      readonly type: "heads";
      readonly writer: DeviceId;
      /** Up to where the writer holds every chain. */
      readonly heads: readonly ChainHead[];
    }
  /**
   * Written for a shared folder, where its writer takes it away again: what a person saved by hand is never taken away.
   * Of what one writer says with the same heads, a higher turn is later.
   */
  | { readonly type: "folder"; readonly turn: number }
  /** Photos that the writer's pages name and the writer does not have. */
  | { readonly type: "wanted"; readonly names: readonly ChunkName[] }
  | { readonly type: "envelope"; readonly envelope: Sealed }
  | { readonly type: "chunk"; readonly bytes: Uint8Array }
  | { readonly type: "end"; readonly envelopes: number; readonly chunks: number };

/** What is written: only what is sealed for a shared notebook goes out. */
export type WrittenRecord = CapsuleRecord<CarriedEnvelope>;

const types = ["heads", "wanted", "envelope", "chunk", "end", "folder"] as const;
const places: readonly (typeof types)[number][] = [
  "heads",
  "folder",
  "wanted",
  "envelope",
  "chunk",
  "end",
];

export const recordStartLength = 5;
const deviceLength = 16;
const headLength = 72;
const nameLength = 32;
/** Far more chains than two people's devices make. */
const mostHeads = 64;
/** Names in one capsule: a GiB of photos. What is still missing then is asked for in a later one. */
export const mostWanted = 16_384;

/** Bytes of a body; anything else is refused before it is read. */
const bounds: Readonly<Record<(typeof types)[number], readonly [least: number, most: number]>> = {
  heads: [deviceLength, deviceLength + mostHeads * headLength],
  wanted: [nameLength, mostWanted * nameLength],
  envelope: [envelopeLayout.smallest, envelopeLayout.largest],
  chunk: [chunkLength, chunkLength],
  end: [8, 8],
  folder: [8, 8],
};

export const encodeCapsuleRecord = (record: WrittenRecord): Uint8Array => {
  const body = bodyOf(record);
  const [least, most] = bounds[record.type];
  if (body.length < least || body.length > most)
    throw new RangeError(`a capsule's ${record.type} of ${body.length} bytes`);
  return concatBytes(Uint8Array.of(types.indexOf(record.type) + 1), u32(body.length), body);
};

const bodyOf = (record: WrittenRecord): Uint8Array => {
  switch (record.type) {
    case "heads":
      return concatBytes(idBytes(record.writer), encodeAck(record.heads));
    case "wanted":
      return concatBytes(...record.names.map(nameBytes));
    case "envelope":
      return record.envelope;
    case "chunk":
      return record.bytes;
    case "end":
      return concatBytes(u32(record.envelopes), u32(record.chunks));
    case "folder":
      return u64(record.turn);
  }
};

const nameBytes = (name: ChunkName): Uint8Array => {
  const bytes = fromBase64Url(name);
  if (!bytes.ok) throw new RangeError("not a chunk's name");
  return bytes.value;
};

export type RecordStart = {
  readonly type: CapsuleRecord["type"];
  /** Of the body, bytes. */
  readonly length: number;
};

/** NEWER_CAPSULE: a type that a later Twofold may know. BAD_RECORD: no record begins so. */
export const readCapsuleRecordStart = (
  start: Uint8Array,
): Result<RecordStart, "NEWER_CAPSULE" | "BAD_RECORD"> => {
  const number = start[0] ?? 0;
  if (number === 0) return refuse("BAD_RECORD");
  const type = types[number - 1];
  if (type === undefined) return refuse("NEWER_CAPSULE");
  const length = readU32(start, 1);
  const [least, most] = bounds[type];
  return length < least || length > most ? refuse("BAD_RECORD") : accept({ type, length });
};

/** `body` has a length that its start allows. */
export const decodeCapsuleRecord = (
  type: CapsuleRecord["type"],
  body: Uint8Array,
): Result<CapsuleRecord, "BAD_RECORD"> => {
  switch (type) {
    case "heads": {
      const heads = decodeAck(body.subarray(deviceLength));
      if (!heads.ok) return refuse("BAD_RECORD", heads.detail);
      const writer = idFrom<DeviceId>(body.subarray(0, deviceLength));
      return accept({ type, writer, heads: heads.value });
    }
    case "wanted": {
      if (body.length % nameLength !== 0) return refuse("BAD_RECORD");
      const names: ChunkName[] = [];
      for (let at = 0; at < body.length; at += nameLength)
        names.push(toBase64Url(body.subarray(at, at + nameLength)) as ChunkName);
      return accept({ type, names });
    }
    case "envelope":
      return accept({ type, envelope: body });
    case "chunk":
      return accept({ type, bytes: body });
    case "end":
      return accept({ type, envelopes: readU32(body, 0), chunks: readU32(body, 4) });
    case "folder": {
      const turn = readU64(body, 0);
      return turn < numberLimit ? accept({ type, turn }) : refuse("BAD_RECORD");
    }
  }
};

/** Heads, the folder's turn and what is wanted (each once or not at all), envelopes, chunks, and an end that counts. */
export const createCapsuleOrder = (): { readonly fits: (record: CapsuleRecord) => boolean } => {
  let reached = -1;
  const counted = { envelopes: 0, chunks: 0 };
  return {
    fits: (record) => {
      const place = places.indexOf(record.type);
      const first = reached === -1;
      const repeats = record.type === "envelope" || record.type === "chunk";
      const inOrder = first ? place === 0 : place > reached || (repeats && place === reached);
      reached = place;
      if (record.type === "envelope") counted.envelopes += 1;
      if (record.type === "chunk") counted.chunks += 1;
      const counts =
        record.type !== "end" ||
        (record.envelopes === counted.envelopes && record.chunks === counted.chunks);
      return inOrder && counts;
    },
  };
};
