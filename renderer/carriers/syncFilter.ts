import { createDecoder, hasContent, readVarUint, readVarUint8Array } from "lib0/decoding";
import { decodeStateVector } from "yjs";
import { equalBytes } from "../../shared/base/bytes.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { readCountedUpdate } from "../../shared/carry/countedUpdate.ts";

/** y-webrtc's message types. Only the first passes; the rest would tell the other end who is here and since when. */
const typeSync = 0;
const presenceTypes: ReadonlySet<number> = new Set([1, 3, 4]);

/** y-protocols/sync. */
const step1 = 0;
const step2 = 1;
const update = 2;

export type SyncFilter = {
  /** May this message of y-webrtc go out? */
  readonly lets: (message: Uint8Array) => boolean;
  /**
   * Gives a well-formed message on to y-webrtc. JUNK: not y-webrtc's, or Yjs that does not decode; what decodes
   * and still makes y-webrtc throw is JUNK too. Presence is dropped without a word.
   */
  readonly give: (message: Uint8Array, to: (message: Uint8Array) => void) => Result<void, "JUNK">;
};

export const createSyncFilter = (): SyncFilter => {
  let digesting: Uint8Array | undefined;

  return {
    lets: (message) => {
      const read = readMessage(message);
      if (!read.ok || read.value === undefined) return false;
      // y-webrtc sends every update it receives back to its sender, from within the digesting of it.
      const { kind, body } = read.value;
      return kind !== update || digesting === undefined || !equalBytes(body, digesting);
    },
    give: (message, to) => {
      const read = readMessage(message);
      if (!read.ok) return read;
      if (read.value === undefined) return accept(undefined);
      const { kind, body } = read.value;
      if (!decodes(kind, body)) return refuse("JUNK", "Yjs that does not decode");
      digesting = kind === step1 ? undefined : body;
      try {
        to(message);
        return accept(undefined);
      } catch {
        return refuse("JUNK", "y-webrtc could not digest it");
      } finally {
        digesting = undefined;
      }
    },
  };
};

/** The state vector with which a well-formed message asks for what the other end does not have. */
export const askedFor = (message: Uint8Array): ReadonlyMap<number, number> | undefined => {
  const read = readMessage(message);
  return read.ok && read.value?.kind === step1 ? decodeStateVector(read.value.body) : undefined;
};

type SyncMessage = { readonly kind: number; readonly body: Uint8Array };

/** Undefined for presence. */
const readMessage = (message: Uint8Array): Result<SyncMessage | undefined, "JUNK"> => {
  try {
    const decoder = createDecoder(message);
    const type = readVarUint(decoder);
    if (presenceTypes.has(type)) return accept(undefined);
    if (type !== typeSync) return refuse("JUNK", "unknown type");
    const kind = readVarUint(decoder);
    if (kind !== step1 && kind !== step2 && kind !== update)
      return refuse("JUNK", "unknown sync type");
    const body = readVarUint8Array(decoder);
    return hasContent(decoder) ? refuse("JUNK", "bytes left over") : accept({ kind, body });
  } catch {
    return refuse("JUNK", "cut short");
  }
};

const decodes = (kind: number, body: Uint8Array): boolean => {
  if (kind !== step1) return readCountedUpdate(body) !== undefined;
  try {
    if (body.length > longestVector) return false;
    decodeStateVector(body);
    return true;
  } catch {
    return false;
  }
};

/** Bytes. An airlock has a few writers. */
const longestVector = 64 * 1024;
