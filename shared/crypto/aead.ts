import { accept, refuse, type Result } from "../base/result.ts";
import { sodium } from "./sodium.ts";

const keyLength = 32;
const longNonce = 24;
const shortNonce = 12;
/** Bytes that sealing adds. */
export const aeadTagLength = 16;

/** XChaCha20-Poly1305 (24-byte nonce, may be random). Gives ciphertext ‖ tag. Throws on a wrong key or nonce length. */
export const sealXChaCha = (
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  ad: Uint8Array,
): Uint8Array => {
  checkLengths(key, nonce, longNonce);
  return sodium().crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, ad, null, nonce, key);
};

/** AEAD_FAIL: another key, nonce or associated data, or changed bytes; nothing tells which. */
export const openXChaCha = (
  key: Uint8Array,
  nonce: Uint8Array,
  ciphertext: Uint8Array,
  ad: Uint8Array,
): Result<Uint8Array, "AEAD_FAIL"> => {
  checkLengths(key, nonce, longNonce);
  return opened(ciphertext, () =>
    sodium().crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, ad, nonce, key),
  );
};

/**
 * ChaCha20-Poly1305 of RFC 8439 (12-byte nonce), for Noise only.
 * Danger: a nonce used twice under one key gives both plaintexts away, so it must be a counter, never random.
 */
export const sealChaCha = (
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  ad: Uint8Array,
): Uint8Array => {
  checkLengths(key, nonce, shortNonce);
  return sodium().crypto_aead_chacha20poly1305_ietf_encrypt(plaintext, ad, null, nonce, key);
};

/** @see openXChaCha */
export const openChaCha = (
  key: Uint8Array,
  nonce: Uint8Array,
  ciphertext: Uint8Array,
  ad: Uint8Array,
): Result<Uint8Array, "AEAD_FAIL"> => {
  checkLengths(key, nonce, shortNonce);
  return opened(ciphertext, () =>
    sodium().crypto_aead_chacha20poly1305_ietf_decrypt(null, ciphertext, ad, nonce, key),
  );
};

/** Noise's nonce for ChaChaPoly (rev 34 §12.3): four zero bytes, then the counter in little-endian. */
export const noiseNonce = (counter: bigint): Uint8Array => {
  const nonce = new Uint8Array(shortNonce);
  new DataView(nonce.buffer).setBigUint64(4, counter, true);
  return nonce;
};

/** libsodium's wrapper throws for a wrong tag; lengths were checked before, so that is all it can mean here. */
const opened = (
  ciphertext: Uint8Array,
  decrypt: () => Uint8Array,
): Result<Uint8Array, "AEAD_FAIL"> => {
  if (ciphertext.length < aeadTagLength) return refuse("AEAD_FAIL", "shorter than a tag");
  try {
    return accept(decrypt());
  } catch {
    return refuse("AEAD_FAIL");
  }
};

const checkLengths = (key: Uint8Array, nonce: Uint8Array, nonceLength: number): void => {
  if (key.length !== keyLength) throw new RangeError("an AEAD key has 32 bytes");
  if (nonce.length !== nonceLength)
    throw new RangeError(`this AEAD's nonce has ${nonceLength} bytes`);
};
