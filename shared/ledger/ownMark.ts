import { idBytes, type MessageId } from "../base/ids.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { keyedHash } from "../crypto/hash.ts";

/**
 * Authors do not tag themselves, and the partner holds every key that opens a shared notebook: someone with that
 * app at this computer's disk could lay words in my name into my own ledger. A mark beside each of my envelopes,
 * made with a key of my own tree, tells mine from those. It stays on this disk, so it proves nothing elsewhere.
 *
 * A second mark lies beside what came in without a tag, by the word of whoever held the journal at a meeting, or of
 * another computer of mine (PROTOCOL §9). Without it a later start would have to take anything that lies there under such a number.
 */
export type OwnMarks = {
  /** Written by a device of one's own, here, or on another computer of mine that stood beside this one. */
  readonly make: (id: MessageId) => Uint8Array;
  /** Arrived without a tag, and vouched for. */
  readonly makeVouched: (id: MessageId) => Uint8Array;
  readonly read: (id: MessageId, mark: Uint8Array | undefined) => "own" | "vouched" | undefined;
};

/** `key`: 32 bytes from the master key of the shared tree. */
export const createOwnMarks = (key: Uint8Array): OwnMarks => {
  const make = (id: MessageId): Uint8Array => keyedHash(key, "TF/1 own mark", idBytes(id));
  const makeVouched = (id: MessageId): Uint8Array =>
    keyedHash(key, "TF/1 vouched mark", idBytes(id));
  return {
    make,
    makeVouched,
    read: (id, mark) => {
      if (mark === undefined) return undefined;
      if (constantTimeEqual(make(id), mark)) return "own";
      return constantTimeEqual(makeVouched(id), mark) ? "vouched" : undefined;
    },
  };
};
