import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** What a mailbox says about one box (Hocuspocus 4). `other`: nothing that is asked of this side. */
export type MailboxFrame =
  | { readonly type: "state"; readonly name: string; readonly whole: boolean; readonly body: Bytes }
  | { readonly type: "stored"; readonly name: string; readonly taken: boolean }
  | { readonly type: "auth"; readonly name: string; readonly letsIn: boolean }
  | { readonly type: "closed"; readonly name: string; readonly reason: string }
  | { readonly type: "ping" }
  | { readonly type: "other" };

type Bytes = Uint8Array;

const types = { sync: 0, auth: 2, close: 7, syncReply: 4, syncStatus: 8, ping: 9 } as const;
const syncKinds = { step2: 1, update: 2 } as const;
/** The third kind of an Auth message asks for the token, and may do so again and again. */
const authKinds = { denied: 1, letIn: 2 } as const;

/** Undefined: bytes that are no frame. Never throws. */
export const readMailboxFrame = (bytes: Bytes): MailboxFrame | undefined => {
  if (bytes.length === 1 && bytes[0] === types.ping) return { type: "ping" };
  try {
    const decoder = decoding.createDecoder(bytes);
    const name = decoding.readVarString(decoder);
    return readBody(name, decoding.readVarUint(decoder), decoder);
  } catch {
    return undefined;
  }
};

const readBody = (name: string, type: number, decoder: decoding.Decoder): MailboxFrame => {
  switch (type) {
    case types.sync:
    case types.syncReply: {
      const kind = decoding.readVarUint(decoder);
      // A first step asks for what this side has. Nothing is given out that was not put in for its own sake.
      if (kind !== syncKinds.step2 && kind !== syncKinds.update) return { type: "other" };
      const body = decoding.readVarUint8Array(decoder);
      return { type: "state", name, whole: kind === syncKinds.step2, body };
    }
    case types.auth: {
      const kind = decoding.readVarUint(decoder);
      if (kind !== authKinds.denied && kind !== authKinds.letIn) return { type: "other" };
      return { type: "auth", name, letsIn: kind === authKinds.letIn };
    }
    case types.close:
      return { type: "closed", name, reason: decoding.readVarString(decoder) };
    case types.syncStatus:
      return { type: "stored", name, taken: decoding.readVarInt(decoder) === 1 };
    default:
      return { type: "other" };
  }
};

/** An update that changes nothing. A stock server confirms it, so that either side knows the other is there. */
export const emptyUpdateFor = (name: string): Bytes => {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, name);
  encoding.writeVarUint(encoder, types.sync);
  encoding.writeVarUint(encoder, syncKinds.update);
  encoding.writeVarUint8Array(encoder, Uint8Array.of(0, 0));
  return encoding.toUint8Array(encoder);
};
