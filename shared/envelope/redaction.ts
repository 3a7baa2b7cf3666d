import { concatBytes } from "../base/bytes.ts";
import { idBytes, idFrom, type MessageId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { MayWithdraw } from "./devices.ts";
import {
  headerLength,
  idOfRemains,
  readHeader,
  remainsOf,
  type Message,
  type MessageHeader,
  type MessageKind,
} from "./message.ts";

/**
 * The body of a message of kind 6: `id32 ‖ header104 ‖ payload commitment 32`, once or more, by ascending
 * sequence. An author withdraws these payloads; what stays lets the chain hold without them. The protocol has one
 * record a message; several are our extension, because one page may be made of hundreds of messages.
 */
export type RedactionRecord = {
  readonly id: MessageId;
  /** As its author wrote it: the id, which the redaction vouches for, covers it. */
  readonly header: MessageHeader;
};

/** A reader hashes each of them; more go into another message. 688,128 bytes. */
export const mostRecords = 4096;
const recordLength = 32 + headerLength + 32;

/** Only what carries words: an ack or a redaction that could vanish would unsettle what was agreed on before. */
const redactableKinds: readonly MessageKind[] = ["update", "snapshot", "control"];

export const isRedactable = (kind: MessageKind): boolean => redactableKinds.includes(kind);

/** By ascending sequence, 1 to `mostRecords`, all of one chain. Throws otherwise: that is the caller's to see to. */
export const encodeRedaction = (messages: readonly Message[]): Uint8Array => {
  const body = concatBytes(
    ...messages.map((message) => {
      const { header, commitment } = remainsOf(message);
      return concatBytes(idBytes(message.id), header, commitment);
    }),
  );
  if (!decodeRedaction(body).ok) throw new RangeError("messages that cannot be redacted together");
  return body;
};

/**
 * BAD_PAYLOAD: none, too many or bytes left over; an id that does not follow from header and commitment; a kind
 * that cannot be withdrawn; sequences that do not ascend; more than one chain.
 */
export const decodeRedaction = (
  body: Uint8Array,
): Result<readonly RedactionRecord[], "BAD_PAYLOAD"> => {
  const count = body.length / recordLength;
  if (!Number.isInteger(count) || count < 1 || count > mostRecords) return refuse("BAD_PAYLOAD");
  const records: RedactionRecord[] = [];
  for (let offset = 0; offset < body.length; offset += recordLength) {
    const record = decodeRecord(body.subarray(offset, offset + recordLength));
    if (!record.ok) return record;
    const before = records.at(-1);
    if (before !== undefined && !comesAfter(record.value.header, before.header))
      return refuse("BAD_PAYLOAD");
    records.push(record.value);
  }
  return accept(records);
};

/**
 * What a message of kind 6 withdraws, as far as it can be told without the chains. BAD_PAYLOAD: also where a record
 * is of another notebook or space, of the same device and not from before the redaction itself, or of another device
 * that this one has no say about.
 */
export const redactionOf = (
  message: Message,
  mayWithdraw: MayWithdraw = () => false,
): Result<readonly RedactionRecord[], "BAD_PAYLOAD"> => {
  const records = recordsIn(message);
  if (!records.ok) return records;
  const last = records.value.at(-1)?.header;
  if (last === undefined) return refuse("BAD_PAYLOAD");
  const { header } = message;
  const allowed =
    last.device === header.device
      ? comesAfter(header, last)
      : records.value.every((record) => mayWithdraw(header, record.header));
  return allowed ? records : refuse("BAD_PAYLOAD");
};

/** The records of a message of kind 6, whoever has the say about them: each id follows from what is there. */
export const recordsIn = (message: Message): Result<readonly RedactionRecord[], "BAD_PAYLOAD"> => {
  if (message.header.kind !== "redaction") return refuse("BAD_PAYLOAD");
  const known = read.get(message);
  if (known !== undefined) return known;
  const records = decodeRedaction(message.payload.body);
  read.set(message, records);
  return records;
};

/** A hash a record: whoever waits for its turn is asked again and again. */
const read = new WeakMap<Message, Result<readonly RedactionRecord[], "BAD_PAYLOAD">>();

const decodeRecord = (bytes: Uint8Array): Result<RedactionRecord, "BAD_PAYLOAD"> => {
  const headerEnd = 32 + headerLength;
  const remains = { header: bytes.subarray(32, headerEnd), commitment: bytes.subarray(headerEnd) };
  const header = readHeader(remains.header);
  const id = idFrom<MessageId>(bytes.subarray(0, 32));
  if (!header.ok || !isRedactable(header.value.kind)) return refuse("BAD_PAYLOAD");
  return idOfRemains(remains) === id ? accept({ id, header: header.value }) : refuse("BAD_PAYLOAD");
};

const comesAfter = (one: MessageHeader, before: MessageHeader): boolean =>
  one.seq > before.seq &&
  one.device === before.device &&
  one.notebook === before.notebook &&
  one.space === before.space;
