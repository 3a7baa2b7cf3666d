import { putU32, utf8 } from "../base/bytes.ts";
import { sodium } from "./sodium.ts";

/**
 * `len8(label) ‖ label ‖ (u32 len(p) ‖ p)…` (PROTOCOL, preamble): no two different inputs give the same bytes.
 * Throws on a label of more than 255 bytes.
 */
export const enc = (label: string, ...parts: readonly Uint8Array[]): Uint8Array => {
  const labelBytes = utf8(label);
  if (labelBytes.length > 255) throw new RangeError("label longer than 255 bytes");
  let length = 1 + labelBytes.length;
  for (const part of parts) length += 4 + part.length;
  const whole = new Uint8Array(length);
  whole[0] = labelBytes.length;
  whole.set(labelBytes, 1);
  let offset = 1 + labelBytes.length;
  for (const part of parts) {
    putU32(whole, offset, part.length);
    whole.set(part, offset + 4);
    offset += 4 + part.length;
  }
  return whole;
};

/** The protocol's `H`: BLAKE2b-256 of `enc(label, …parts)`. 32 bytes. */
export const hash = (label: string, ...parts: readonly Uint8Array[]): Uint8Array =>
  sodium().crypto_generichash(32, enc(label, ...parts), null);

/** SHA-256 of `enc(label, …parts)`, for what a mailbox has to compute too. 32 bytes. */
export const sha256 = (label: string, ...parts: readonly Uint8Array[]): Uint8Array =>
  sodium().crypto_hash_sha256(enc(label, ...parts));

/** The protocol's `K`: `H` keyed through BLAKE2b's key parameter. 32 bytes; throws unless the key has 32. */
export const keyedHash = (
  key: Uint8Array,
  label: string,
  ...parts: readonly Uint8Array[]
): Uint8Array => sodium().crypto_generichash(32, enc(label, ...parts), key32(key));

/** The protocol's `K64`: BLAKE2b's own 64-byte output, not two of 32. Throws unless the key has 32 bytes. */
export const keyedHash64 = (
  key: Uint8Array,
  label: string,
  ...parts: readonly Uint8Array[]
): Uint8Array => sodium().crypto_generichash(64, enc(label, ...parts), key32(key));

const key32 = (key: Uint8Array): Uint8Array => {
  if (key.length !== 32) throw new RangeError("a hash key has 32 bytes");
  return key;
};
