import { concatBytes } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { openXChaCha, sealXChaCha } from "../crypto/aead.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { keyedHash64 } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";
import { vaultMagic, vaultSuite } from "./header.ts";
import { masterKey, type MasterKey } from "./masterKey.ts";
import { commitEnd, nonceEnd, passphraseSlot, type SlotType } from "./slotLayout.ts";

/** WRONG_SECRET: the commitment is another's. VAULT_TAMPERED: the secret is right and the rest was changed. */
export type SlotCode = "WRONG_SECRET" | "VAULT_TAMPERED";

/** `header` is bound to the passphrase's slot only: the recovery slot must survive a new passphrase. */
export const wrapMasterKey = (
  slot: SlotType,
  mk: MasterKey,
  kek: Uint8Array,
  header: Uint8Array,
  random: Random,
): Uint8Array => {
  const nonce = random(24);
  const { commit, key } = slotKeys(kek, nonce);
  const sealed = sealXChaCha(key, nonce, mk, associated(slot, header, commit));
  wipe(key);
  return concatBytes(Uint8Array.of(slot), commit, nonce, sealed);
};

/** `bytes` are the 105 of a slot of that type. */
export const unwrapMasterKey = (
  slot: SlotType,
  bytes: Uint8Array,
  kek: Uint8Array,
  header: Uint8Array,
): Result<MasterKey, SlotCode> => {
  const nonce = bytes.slice(commitEnd, nonceEnd);
  const { commit, key } = slotKeys(kek, nonce);
  if (!constantTimeEqual(commit, bytes.subarray(1, commitEnd))) return refuse("WRONG_SECRET");
  const opened = openXChaCha(key, nonce, bytes.slice(nonceEnd), associated(slot, header, commit));
  wipe(key);
  return opened.ok ? accept(masterKey(opened.value)) : refuse("VAULT_TAMPERED");
};

/** The commitment ties a ciphertext to one KEK; XChaCha20-Poly1305 alone would open under several. */
const slotKeys = (kek: Uint8Array, nonce: Uint8Array): { commit: Uint8Array; key: Uint8Array } => {
  const both = keyedHash64(kek, "TF/1 wrap", nonce);
  return { commit: both.subarray(0, 32), key: both.subarray(32) };
};

const associated = (slot: SlotType, header: Uint8Array, commit: Uint8Array): Uint8Array =>
  slot === passphraseSlot
    ? concatBytes(header, Uint8Array.of(slot), commit)
    : concatBytes(vaultMagic, Uint8Array.of(vaultSuite, slot), commit);
