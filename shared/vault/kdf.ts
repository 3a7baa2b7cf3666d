import { utf8 } from "../base/bytes.ts";
import { argon2id } from "../crypto/argon2id.ts";
import { keyedHash } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";
import type { VaultHeader } from "./header.ts";

/** Plain data: it is posted to a worker. */
export type DeriveJob = VaultHeader & { readonly passphrase: string };

/**
 * `deriveKey` run elsewhere: some seconds long, so in a worker, which ends afterwards to give its memory back.
 * Rejects only where this computer does not give that much memory.
 */
export type Derive = (job: DeriveJob) => Promise<Uint8Array>;

/**
 * `Argon2id13(NFKC(passphrase))`, 32 bytes: what the worker runs, after `loadSodium()`. NFKC because two keyboards
 * may write one character in two ways. Throws where the memory cannot be had; the cost was checked before.
 */
export const deriveKey = ({ passphrase, salt, ops, memKiB }: DeriveJob): Uint8Array => {
  const bytes = utf8(passphrase.normalize("NFKC"));
  const derived = argon2id(bytes, salt, ops, memKiB);
  wipe(bytes);
  return derived;
};

/** `deviceSecret`: the keychain's 32 bytes, or 32 zeros where there is no keychain. */
export const passphraseKek = (derived: Uint8Array, deviceSecret: Uint8Array): Uint8Array =>
  keyedHash(derived, "TF/1 kek pass", deviceSecret);
