import { createHash, timingSafeEqual } from "node:crypto";
import { concatBytes, fromBase64Url, u32, utf8 } from "../../shared/base/bytes.ts";

/** A document's name taken apart: which couple it belongs to, and which of their boxes it is. */
export type BoxName = { readonly couple: string; readonly box: string };

const shape = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})$/;
const secretBytes = 32;
const coupleBytes = 16;

/** Undefined for anything but "couple.box", so that a name is safe as a path. */
export const parseBoxName = (name: string): BoxName | undefined => {
  if (name.length !== 45) return undefined;
  const [, couple, box] = shape.exec(name) ?? [];
  return couple === undefined || box === undefined ? undefined : { couple, box };
};

/**
 * True when the token is the secret that the couple's name was made of (docs/protocol.md, "Mailbox"):
 * couple = SHA-256(enc("TF/1 couple", secret))[0..16]. Compared in constant time.
 */
export const tokenFits = (token: string, couple: string): boolean => {
  if (token.length !== 43) return false;
  const secret = fromBase64Url(token);
  const claimed = fromBase64Url(couple);
  if (!secret.ok || secret.value.length !== secretBytes) return false;
  if (!claimed.ok || claimed.value.length !== coupleBytes) return false;
  return timingSafeEqual(coupleOf(secret.value), claimed.value);
};

const label = utf8("TF/1 couple");

const coupleOf = (secret: Uint8Array): Uint8Array =>
  createHash("sha256")
    .update(concatBytes(Uint8Array.of(label.length), label, u32(secret.length), secret))
    .digest()
    .subarray(0, coupleBytes);
