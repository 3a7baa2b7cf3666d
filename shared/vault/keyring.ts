import { concatBytes, equalBytes, utf8 } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { refuse, type Result } from "../base/result.ts";
import { openXChaCha, sealXChaCha } from "../crypto/aead.ts";
import { pad, unpad } from "../crypto/padme.ts";
import { wipe } from "../crypto/wipe.ts";
import { type MasterKey, subKey } from "./masterKey.ts";

/**
 * The keys of one person at rest, apart from the vault so that they can change without the passphrase:
 * `"TFK1" ‖ suite 0x01 ‖ 3 zero bytes ‖ nonce24 ‖ XChaCha20-Poly1305(K(MK, "TF/1 keyring"), padded content,
 * AD = the first 8 bytes)`. Padded as in PROTOCOL §6, so the size tells next to nothing.
 */
const opening = concatBytes(utf8("TFK1"), Uint8Array.of(0x01, 0, 0, 0));
const nonceEnd = opening.length + 24;

/** `content` is whatever bytes a keyring is written as; what they mean is decided above. */
export const sealKeyring = (mk: MasterKey, content: Uint8Array, random: Random): Uint8Array => {
  const nonce = random(24);
  const key = subKey(mk, "TF/1 keyring");
  const padded = pad(content);
  const sealed = sealXChaCha(key, nonce, padded, opening);
  wipe(key, padded);
  return concatBytes(opening, nonce, sealed);
};

/** KEYRING_DAMAGED for anything but what this master key sealed; it never throws. */
export const openKeyring = (
  mk: MasterKey,
  file: Uint8Array,
): Result<Uint8Array, "KEYRING_DAMAGED"> => {
  if (!equalBytes(file.subarray(0, opening.length), opening)) return refuse("KEYRING_DAMAGED");
  if (file.length < nonceEnd) return refuse("KEYRING_DAMAGED");
  const key = subKey(mk, "TF/1 keyring");
  const nonce = file.slice(opening.length, nonceEnd);
  const opened = openXChaCha(key, nonce, file.slice(nonceEnd), opening);
  wipe(key);
  if (!opened.ok) return refuse("KEYRING_DAMAGED");
  const content = unpad(opened.value);
  wipe(opened.value);
  return content.ok ? content : refuse("KEYRING_DAMAGED");
};
