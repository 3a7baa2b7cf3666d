import { concatBytes, readU32, readU64, readUtf8, u32, u64, utf8 } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { envelopeLayout, type Envelope } from "../envelope/envelope.ts";

/**
 * What a backup holds, one after another: `type u8 ‖ length u32 ‖ body`. Envelopes belong to the volume named last
 * before them: a rebuild reads volumes in their order, so they are put back as they lay.
 */
export type BackupRecord =
  | { readonly type: "manifest"; readonly madeAt: number }
  | { readonly type: "keyring"; readonly content: Uint8Array }
  | { readonly type: "volume"; readonly ledger: BackedUp; readonly number: number }
  | {
      readonly type: "envelope";
      readonly envelope: Envelope;
      /** The own mark that lies beside it. */
      readonly own: Uint8Array | undefined;
    }
  | {
      readonly type: "chunk";
      readonly ledger: BackedUp;
      readonly name: string;
      readonly bytes: Uint8Array;
    }
  | { readonly type: "end"; readonly envelopes: number; readonly chunks: number };

export const backedUp = ["kept", "carried", "room"] as const;
/** The ledger that something lies in. */
export type BackedUp = (typeof backedUp)[number];

const types = ["manifest", "keyring", "volume", "envelope", "chunk", "end"] as const;

export const recordStartLength = 5;
/** Bytes; more than a keyring or an envelope ever has. A longer one is refused before it is read. */
export const longestRecord = 2 * 1024 * 1024;

const markLength = 32;
const nameLength = 43;

export const encodeRecord = (record: BackupRecord): Uint8Array => {
  const body = bodyOf(record);
  if (body.length > longestRecord) throw new RangeError("a record of a backup that is too long");
  return concatBytes(Uint8Array.of(types.indexOf(record.type) + 1), u32(body.length), body);
};

const bodyOf = (record: BackupRecord): Uint8Array => {
  switch (record.type) {
    case "manifest":
      return u64(record.madeAt);
    case "keyring":
      return record.content;
    case "volume":
      return concatBytes(Uint8Array.of(backedUp.indexOf(record.ledger)), u32(record.number));
    case "envelope": {
      const own = record.own ?? new Uint8Array();
      return concatBytes(Uint8Array.of(own.length), own, record.envelope);
    }
    case "chunk":
      return concatBytes(
        Uint8Array.of(backedUp.indexOf(record.ledger)),
        utf8(record.name),
        record.bytes,
      );
    case "end":
      return concatBytes(u32(record.envelopes), u32(record.chunks));
  }
};

/** The body's length; BAD_RECORD where no record begins so. */
export const readRecordStart = (start: Uint8Array): Result<number, "BAD_RECORD"> => {
  const length = readU32(start, 1);
  return types[(start[0] ?? 0) - 1] === undefined || length > longestRecord
    ? refuse("BAD_RECORD")
    : accept(length);
};

export const decodeRecord = (
  type: number,
  body: Uint8Array,
): Result<BackupRecord, "BAD_RECORD"> => {
  const bad = refuse("BAD_RECORD");
  const known = types[type - 1];
  if (known === undefined) return bad;
  switch (known) {
    case "manifest":
      return body.length === 8 ? accept({ type: "manifest", madeAt: readU64(body, 0) }) : bad;
    case "keyring":
      return accept({ type: "keyring", content: body });
    case "volume": {
      const ledger = backedUp[body[0] ?? backedUp.length];
      if (body.length !== 5 || ledger === undefined) return bad;
      const number = readU32(body, 1);
      return number >= 1 ? accept({ type: "volume", ledger, number }) : bad;
    }
    case "envelope": {
      const ownLength = body[0] ?? 1;
      if (ownLength !== 0 && ownLength !== markLength) return bad;
      const envelope = body.slice(1 + ownLength);
      if (envelope.length < envelopeLayout.smallest || envelope.length > envelopeLayout.largest)
        return bad;
      const own = ownLength === 0 ? undefined : body.slice(1, 1 + ownLength);
      return accept({ type: "envelope", envelope: envelope as Envelope, own });
    }
    case "chunk": {
      const ledger = backedUp[body[0] ?? backedUp.length];
      const name = readUtf8(body.slice(1, 1 + nameLength));
      if (ledger === undefined || !name.ok || !/^[A-Za-z0-9_-]{43}$/.test(name.value)) return bad;
      return accept({
        type: "chunk",
        ledger,
        name: name.value,
        bytes: body.slice(1 + nameLength),
      });
    }
    case "end":
      return body.length === 8
        ? accept({ type: "end", envelopes: readU32(body, 0), chunks: readU32(body, 4) })
        : bad;
  }
};
