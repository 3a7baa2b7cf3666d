import type { Random } from "../base/random.ts";
import type { Result } from "../base/result.ts";
import { openXChaCha, sealXChaCha } from "../crypto/aead.ts";
import { hash, keyedHash } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";

export type Seat = "inviter" | "joiner";

/** One side's part of the couple root key: its random 32 bytes, and the secret it encapsulated to the other. */
export type CrkPart = { readonly random: Uint8Array; readonly shared: Uint8Array };

/**
 * CRK = H("TF/1 crk", h, rA, rB, ssA, ssB) (PROTOCOL §4, step 4). A is the inviter. ssA is the X-Wing secret that A
 * encapsulated to B's certificate, ssB the one that B encapsulated to A's. Whoever reads the Noise session later
 * (say, with a machine that breaks X25519) still lacks ssA and ssB.
 */
export const coupleRootKey = (
  handshakeHash: Uint8Array,
  inviter: CrkPart,
  joiner: CrkPart,
): Uint8Array =>
  hash("TF/1 crk", handshakeHash, inviter.random, joiner.random, inviter.shared, joiner.shared);

export type SealedMaterial = { readonly nonce: Uint8Array; readonly sealed: Uint8Array };

/**
 * Seals names and notebook keys once more under K(CRK, "TF/1 pair material", "A" or "B" for who sends it),
 * associated data h: they get the couple root key's strength, and opening them shows that both have the same one.
 */
export const sealMaterial = (
  crk: Uint8Array,
  from: Seat,
  handshakeHash: Uint8Array,
  material: Uint8Array,
  random: Random,
): SealedMaterial => {
  const key = materialKey(crk, from);
  const nonce = random(24);
  const sealed = sealXChaCha(key, nonce, material, handshakeHash);
  wipe(key);
  return { nonce, sealed };
};

export const openMaterial = (
  crk: Uint8Array,
  from: Seat,
  handshakeHash: Uint8Array,
  { nonce, sealed }: SealedMaterial,
): Result<Uint8Array, "AEAD_FAIL"> => {
  const key = materialKey(crk, from);
  const opened = openXChaCha(key, nonce, sealed, handshakeHash);
  wipe(key);
  return opened;
};

const materialKey = (crk: Uint8Array, from: Seat): Uint8Array =>
  keyedHash(crk, "TF/1 pair material", Uint8Array.of(from === "inviter" ? 0x41 : 0x42));
