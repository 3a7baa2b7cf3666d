import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import type { Brand } from "../base/brand.ts";
import { concatBytes } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { keyedHash } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";

/** 16 bytes: what the twelve words stand for. */
export type RecoveryEntropy = Brand<Uint8Array, "RecoveryEntropy">;

const recoveryWordCount = 12;
const entropyLength = 16;

/** Throws on anything but 16 bytes. */
export const recoveryEntropy = (bytes: Uint8Array): RecoveryEntropy => {
  if (bytes.length !== entropyLength) throw new RangeError("recovery entropy has 16 bytes");
  return bytes as RecoveryEntropy;
};

export const newRecoveryEntropy = (random: Random): RecoveryEntropy =>
  recoveryEntropy(random(entropyLength));

/** Twelve words of BIP39's English list, the last one partly a checksum. Never to the clipboard (PROTOCOL §3). */
export const recoveryWords = (entropy: RecoveryEntropy): readonly string[] =>
  entropyToMnemonic(entropy, wordlist).split(" ");

/**
 * Takes words as people type them: any case, spaces, line ends, commas or numbers between them, and letters that
 * a keyboard wrote in another form. BAD_WORDS: not twelve, one not of the list, or the checksum differs.
 */
export const readRecoveryWords = (text: string): Result<RecoveryEntropy, "BAD_WORDS"> => {
  const words =
    text
      .normalize("NFKD")
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length !== recoveryWordCount) return refuse("BAD_WORDS");
  try {
    return accept(recoveryEntropy(mnemonicToEntropy(words.join(" "), wordlist)));
  } catch {
    return refuse("BAD_WORDS");
  }
};

/** `K(entropy ‖ zeros to 32, "TF/1 kek recovery")`. */
export const recoveryKek = (entropy: RecoveryEntropy): Uint8Array => {
  const key = concatBytes(entropy, new Uint8Array(32 - entropyLength));
  const kek = keyedHash(key, "TF/1 kek recovery");
  wipe(key);
  return kek;
};
