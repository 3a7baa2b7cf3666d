import { concatBytes, readU32, readU64, u32, u64 } from "../base/bytes.ts";
import {
  idBytes,
  idFrom,
  type DeviceId,
  type MessageId,
  type NotebookId,
  type SpaceId,
} from "../base/ids.ts";
import { accept, refuse, type Refused, type Result } from "../base/result.ts";
import { hash, keyedHash } from "../crypto/hash.ts";
import { decodePayload, encodePayload, type Payload } from "./payload.ts";

/**
 * PROTOCOL §6, the message:
 *
 *   0 version 1 | 1 kind | 2 flags 0 0 | 4 space16 | 20 notebook16 | 36 device16
 *   52 seq u64 | 60 time ms u64 | 68 prev32 | 100 payloadLen u32
 *   104 salt32 | payload | n u8 (1..16) | n × (recipient device16 | tag32), sorted by device
 */
export type Message = {
  readonly id: MessageId;
  readonly header: MessageHeader;
  /** 32 random bytes: an outsider who guesses a payload cannot check the guess against the id. */
  readonly salt: Uint8Array;
  readonly payload: Payload;
  readonly tags: readonly Tag[];
};

export type MessageHeader = {
  readonly kind: MessageKind;
  readonly space: SpaceId;
  readonly notebook: NotebookId;
  readonly device: DeviceId;
  /** From 1, one more with each message of this device in this notebook. */
  readonly seq: number;
  /** By the author's clock, ms. */
  readonly time: number;
  readonly prev: MessageId;
};

/** Danger: the list of recipients is outside id and tags. Never decide anything by it. */
export type Tag = { readonly recipient: DeviceId; readonly tag: Uint8Array };

/** In the order of their numbers, 1 to 7. */
export const messageKinds = [
  "update",
  "snapshot",
  "ack",
  "control",
  "roster",
  "redaction",
  "vision",
] as const;
export type MessageKind = (typeof messageKinds)[number];

export type ParseCode =
  | "BAD_VERSION"
  | "BAD_KIND"
  | "BAD_FLAGS"
  | "BAD_HEADER"
  | "BAD_SEQ"
  | "BAD_LENGTH"
  | "BAD_TAG_ORDER"
  | "BAD_PAYLOAD";

/** Bytes. A longer message is TOO_LARGE, which opening and composing look at. */
export const longestMessage = 1_048_576;
/** Sequences and times stay below it. */
export const numberLimit = 2 ** 53;

/** Bytes before the salt: all that the id covers besides the payload's commitment. */
export const headerLength = 104;
const saltEnd = headerLength + 32;
const shortest = saltEnd + 1;
const tagLength = 16 + 32;
const mostTags = 16;

/** The id, and how many bytes it covers. */
export const identify = (
  header: MessageHeader,
  salt: Uint8Array,
  payload: Payload,
): { readonly id: MessageId; readonly covers: number } => {
  const encoded = encodePayload(payload);
  const head = encodeHeader(header, encoded.length);
  return { id: messageId(head, salt, encoded), covers: saltEnd + encoded.length };
};

/** The bytes that are sealed. Tags are written in the order that they have. Throws on a message that is none. */
export const encodeMessage = ({ header, salt, payload, tags }: Message): Uint8Array => {
  if (salt.length !== saltEnd - headerLength) throw new RangeError("a salt has 32 bytes");
  if (tags.length < 1 || tags.length > mostTags) {
    throw new RangeError("a message has 1 to 16 tags");
  }
  const encoded = encodePayload(payload);
  return concatBytes(
    encodeHeader(header, encoded.length),
    salt,
    encoded,
    Uint8Array.of(tags.length),
    ...tags.map(({ recipient, tag }) => concatBytes(idBytes(recipient), tag)),
  );
};

/**
 * Reads authenticated bytes; the checks stand in the protocol's order. What a message is too short to have
 * cannot be wrong: it ends in BAD_LENGTH.
 */
export const decodeMessage = (bytes: Uint8Array): Result<Message, ParseCode> => {
  const fault = headerFault(bytes);
  if (fault !== undefined) return fault;
  const payloadEnd = saltEnd + readU32Or(bytes, 100);
  const count = bytes[payloadEnd];
  if (bytes.length < shortest || count === undefined || count < 1 || count > mostTags) {
    return refuse("BAD_LENGTH");
  }
  if (payloadEnd + 1 + count * tagLength !== bytes.length) return refuse("BAD_LENGTH");
  const tags = decodeTags(bytes.subarray(payloadEnd + 1));
  if (!ascending(tags)) return refuse("BAD_TAG_ORDER");
  const encoded = bytes.subarray(saltEnd, payloadEnd);
  const payload = decodePayload(encoded);
  if (!payload.ok) return payload;
  const salt = bytes.subarray(headerLength, saltEnd);
  return accept({
    id: messageId(bytes.subarray(0, headerLength), salt, encoded),
    header: decodeHeader(bytes),
    salt,
    payload: payload.value,
    tags,
  });
};

/** `prev` of the first message of a device in a notebook. */
export const genesisId = (space: SpaceId, notebook: NotebookId, device: DeviceId): MessageId =>
  idFrom(hash("TF/1 genesis", idBytes(space), idBytes(notebook), idBytes(device)));

/** What stays of a message whose payload is withdrawn: its id still follows from these two. */
export type Remains = { readonly header: Uint8Array; readonly commitment: Uint8Array };

export const remainsOf = ({ header, salt, payload }: Message): Remains => {
  const encoded = encodePayload(payload);
  return {
    header: encodeHeader(header, encoded.length),
    commitment: keyedHash(salt, "TF/1 payload", encoded),
  };
};

export const idOfRemains = ({ header, commitment }: Remains): MessageId =>
  idFrom(hash("TF/1 id", header, commitment));

/** The 104 bytes that stand before a message's salt, by themselves. */
export const readHeader = (bytes: Uint8Array): Result<MessageHeader, ParseCode> => {
  if (bytes.length !== headerLength) return refuse("BAD_LENGTH");
  return headerFault(bytes) ?? accept(decodeHeader(bytes));
};

const messageId = (header: Uint8Array, salt: Uint8Array, payload: Uint8Array): MessageId =>
  idOfRemains({ header, commitment: keyedHash(salt, "TF/1 payload", payload) });

const headerFault = (bytes: Uint8Array): Refused<ParseCode> | undefined => {
  const [version, kind] = bytes;
  if (version !== undefined && version !== 1) return refuse("BAD_VERSION");
  if (kind !== undefined && kindOf(kind) === undefined) return refuse("BAD_KIND");
  if (bytes.subarray(2, 4).some((flag) => flag !== 0)) return refuse("BAD_FLAGS");
  const seq = bytes.length < 60 ? undefined : readU64(bytes, 52);
  const time = bytes.length < 68 ? undefined : readU64(bytes, 60);
  if ((seq ?? 0) >= numberLimit || (time ?? 0) >= numberLimit) return refuse("BAD_HEADER");
  return seq === 0 ? refuse("BAD_SEQ") : undefined;
};

const kindOf = (number: number): MessageKind | undefined => messageKinds[number - 1];

const readU32Or = (bytes: Uint8Array, offset: number): number =>
  bytes.length < offset + 4 ? 0 : readU32(bytes, offset);

const decodeHeader = (bytes: Uint8Array): MessageHeader => ({
  kind: kindOf(bytes[1] ?? 0) ?? impossible(),
  space: idFrom(bytes.subarray(4, 20)),
  notebook: idFrom(bytes.subarray(20, 36)),
  device: idFrom(bytes.subarray(36, 52)),
  seq: readU64(bytes, 52),
  time: readU64(bytes, 60),
  prev: idFrom(bytes.subarray(68, 100)),
});

const encodeHeader = (header: MessageHeader, payloadLength: number): Uint8Array => {
  checkNumber(header.seq, 1);
  checkNumber(header.time, 0);
  return concatBytes(
    Uint8Array.of(1, messageKinds.indexOf(header.kind) + 1, 0, 0),
    idBytes(header.space),
    idBytes(header.notebook),
    idBytes(header.device),
    u64(header.seq),
    u64(header.time),
    idBytes(header.prev),
    u32(payloadLength),
  );
};

const decodeTags = (bytes: Uint8Array): readonly Tag[] =>
  Array.from({ length: bytes.length / tagLength }, (_, index) => {
    const start = index * tagLength;
    return {
      recipient: idFrom<DeviceId>(bytes.subarray(start, start + 16)),
      tag: bytes.subarray(start + 16, start + tagLength),
    };
  });

/** Lower-case hex sorts as its bytes do. */
const ascending = (tags: readonly Tag[]): boolean =>
  tags.every(
    ({ recipient }, index) => index === 0 || (tags[index - 1]?.recipient ?? "") < recipient,
  );

const checkNumber = (value: number, least: number): void => {
  if (!Number.isInteger(value) || value < least || value >= numberLimit) {
    throw new RangeError("a sequence or a time out of range");
  }
};

const impossible = (): never => {
  throw new Error("read before it was checked");
};
