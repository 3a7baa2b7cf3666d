import { toBase64Url, u32 } from "../base/bytes.ts";
import { idBytes, type DeviceId } from "../base/ids.ts";
import { keyedHash, sha256 } from "../crypto/hash.ts";

/**
 * How the two find their boxes at a mailbox (docs/protocol.md, "Mailbox"). All of it follows from the couple root key;
 * a mailbox can tell that two boxes belong to one couple, and nothing else.
 */
export type MailboxKeys = {
  /** base64url of K(CRK, "TF/1 mailbox"): who has it may read and write the couple's boxes, all of them ciphertext. */
  readonly token: string;
  /** base64url of SHA-256(enc("TF/1 couple", K(CRK, "TF/1 mailbox")))[0..16]: a mailbox checks a token by it. */
  readonly couple: string;
  /** The document that this device writes in one period: "couple.box", each 22 letters. */
  readonly boxOf: (device: DeviceId, which: BoxTime) => string;
};

/** `attempt`: 0, or how many boxes of this period were left because they were spoiled. */
export type BoxTime = { readonly period: number; readonly attempt: number };

export const mailboxKeysOf = (crk: Uint8Array): MailboxKeys => {
  const secret = keyedHash(crk, "TF/1 mailbox");
  const root = keyedHash(crk, "TF/1 boxes");
  const couple = toBase64Url(sha256("TF/1 couple", secret).subarray(0, 16));
  return {
    token: toBase64Url(secret),
    couple,
    boxOf: (device, { period, attempt }) => {
      const box = keyedHash(root, "TF/1 box", idBytes(device), u32(period), u32(attempt));
      return `${couple}.${toBase64Url(box.subarray(0, 16))}`;
    },
  };
};

/** A box is written for this long, ms; then the next one begins, with what is still waiting. */
const periodMs = 30 * 86_400_000;

export const periodOf = (time: number): number => Math.max(0, Math.floor(time / periodMs));
