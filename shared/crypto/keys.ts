import type { Brand } from "../base/brand.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { sodium } from "./sodium.ts";
import { wipe } from "./wipe.ts";

/** 32-byte seed. In Twofold it signs certificates and nothing else, never content (PROTOCOL §2). */
export type Ed25519Secret = Brand<Uint8Array, "Ed25519Secret">;
/** 32 bytes. */
export type Ed25519Public = Brand<Uint8Array, "Ed25519Public">;
/** 64 bytes. */
export type Signature = Brand<Uint8Array, "Signature">;
/** 32 bytes. */
export type X25519Secret = Brand<Uint8Array, "X25519Secret">;
/** 32 bytes. */
export type X25519Public = Brand<Uint8Array, "X25519Public">;
/** 32-byte seed, from which both halves (ML-KEM-768 and X25519) are expanded. */
export type XWingSecret = Brand<Uint8Array, "XWingSecret">;
/** 1,216 bytes. */
export type XWingPublic = Brand<Uint8Array, "XWingPublic">;
/** 1,120 bytes. */
export type XWingCiphertext = Brand<Uint8Array, "XWingCiphertext">;
/** 32 bytes out of X25519 or X-Wing; for X25519 never used as a key without hashing it first. */
export type SharedSecret = Brand<Uint8Array, "SharedSecret">;

export type KeyPair<Secret, Public> = { readonly secret: Secret; readonly public: Public };

/** Bytes each of them has. */
export const keyLengths = {
  ed25519: 32,
  signature: 64,
  x25519: 32,
  xwingSecret: 32,
  xwingPublic: 1216,
  xwingCiphertext: 1120,
  shared: 32,
} as const;

/**
 * Name bytes as the key they are. All throw on a wrong length: whoever reads outside bytes cuts them to length
 * first. Whether a public key is any good shows when it is used.
 */
export const ed25519Secret = (bytes: Uint8Array): Ed25519Secret => named(bytes, keyLengths.ed25519);
export const ed25519Public = (bytes: Uint8Array): Ed25519Public => named(bytes, keyLengths.ed25519);
export const signature = (bytes: Uint8Array): Signature => named(bytes, keyLengths.signature);
export const x25519Secret = (bytes: Uint8Array): X25519Secret => named(bytes, keyLengths.x25519);
export const x25519Public = (bytes: Uint8Array): X25519Public => named(bytes, keyLengths.x25519);
export const xwingSecret = (bytes: Uint8Array): XWingSecret => named(bytes, keyLengths.xwingSecret);
export const xwingPublic = (bytes: Uint8Array): XWingPublic => named(bytes, keyLengths.xwingPublic);
export const xwingCiphertext = (bytes: Uint8Array): XWingCiphertext =>
  named(bytes, keyLengths.xwingCiphertext);

/** RFC 8032: the public half of a 32-byte seed. */
export const ed25519PublicOf = (secret: Ed25519Secret): Ed25519Public => {
  const pair = sodium().crypto_sign_seed_keypair(secret);
  wipe(pair.privateKey);
  return ed25519Public(pair.publicKey);
};

/** RFC 8032, deterministic. Danger: a signature convinces outsiders, so it never goes over written words. */
export const sign = (secret: Ed25519Secret, bytes: Uint8Array): Signature => {
  const pair = sodium().crypto_sign_seed_keypair(secret);
  const made = sodium().crypto_sign_detached(bytes, pair.privateKey);
  wipe(pair.privateKey);
  return signature(made);
};

/** False for anything that is not this key's signature over these bytes, whatever its length. */
export const verifySignature = (key: Ed25519Public, bytes: Uint8Array, made: Uint8Array): boolean =>
  made.length === keyLengths.signature && sodium().crypto_sign_verify_detached(made, bytes, key);

/** RFC 7748: the public half of a secret. */
export const x25519PublicOf = (secret: X25519Secret): X25519Public =>
  x25519Public(sodium().crypto_scalarmult_base(secret));

/**
 * ZERO_SHARED: the other's key is one of the few points that give zeros whatever our secret is, so the result
 * would be known to all. Keys that are merely not canonical are taken as RFC 7748 reads them.
 */
export const x25519Shared = (
  secret: X25519Secret,
  theirs: X25519Public,
): Result<SharedSecret, "ZERO_SHARED"> => {
  try {
    return accept(named(sodium().crypto_scalarmult(secret, theirs), keyLengths.shared));
  } catch {
    return refuse("ZERO_SHARED");
  }
};

/** The public half of a 32-byte X-Wing seed. */
export const xwingPublicOf = (secret: XWingSecret): XWingPublic => {
  const pair = sodium().crypto_kem_xwing_seed_keypair(secret);
  wipe(pair.privateKey);
  return xwingPublic(pair.publicKey);
};

export type Encapsulated = {
  readonly ciphertext: XWingCiphertext;
  readonly shared: SharedSecret;
};

/** BAD_KEY: the public key is malformed (an ML-KEM number out of range, or an X25519 half that gives zeros). */
export const xwingEncapsulate = (
  theirs: XWingPublic,
  random: Random,
): Result<Encapsulated, "BAD_KEY"> => {
  const seed = random(64);
  try {
    const made = sodium().crypto_kem_xwing_enc_deterministic(theirs, seed);
    return accept({
      ciphertext: xwingCiphertext(made.ciphertext),
      shared: named(made.sharedSecret, keyLengths.shared),
    });
  } catch {
    return refuse("BAD_KEY");
  } finally {
    wipe(seed);
  }
};

/**
 * A ciphertext made for another key or altered gives another secret, not a refusal (ML-KEM rejects implicitly):
 * what the secret opens next shows it. BAD_CIPHERTEXT: its X25519 half gives zeros.
 */
export const xwingDecapsulate = (
  secret: XWingSecret,
  ciphertext: XWingCiphertext,
): Result<SharedSecret, "BAD_CIPHERTEXT"> => {
  try {
    return accept(named(sodium().crypto_kem_xwing_dec(ciphertext, secret), keyLengths.shared));
  } catch {
    return refuse("BAD_CIPHERTEXT");
  }
};

const named = <Key extends Uint8Array>(bytes: Uint8Array, length: number): Key => {
  if (bytes.length !== length) throw new RangeError(`expected ${length} bytes`);
  return bytes as Key;
};
