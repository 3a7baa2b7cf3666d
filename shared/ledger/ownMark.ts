import { idBytes, type MessageId } from "../base/ids.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { keyedHash } from "../crypto/hash.ts";

/**
 * Authors do not tag themselves, and the partner holds every key that opens a shared notebook: someone with that
 * app at this computer's disk could lay words in my name into my own ledger. A mark beside each of my envelopes,
 * made with a key of my own tree, tells mine from those. It stays on this disk, so it proves nothing elsewhere.
 */
export type OwnMarks = {
  readonly make: (id: MessageId) => Uint8Array;
  readonly holds: (id: MessageId, mark: Uint8Array | undefined) => boolean;
};

/** `key`: 32 bytes from the master key of the shared tree. */
export const createOwnMarks = (key: Uint8Array): OwnMarks => {
  const make = (id: MessageId): Uint8Array => keyedHash(key, "TF/1 own mark", idBytes(id));
  return {
    make,
    holds: (id, mark) => mark !== undefined && constantTimeEqual(make(id), mark),
  };
};
