import { wordlist } from "@scure/bip39/wordlists/english.js";
import { type DeviceId, idBytes } from "../base/ids.ts";
import { hash } from "../crypto/hash.ts";

/**
 * PROTOCOL §4, step 2. The inviter (A) binds itself to nA before it sees nB, so that neither end, nor anyone in
 * the middle, can search for nonces that give chosen words: 44 bits and a single guess.
 */
export const sasCommitment = (handshakeHash: Uint8Array, nonceA: Uint8Array): Uint8Array =>
  hash("TF/1 sas commit", handshakeHash, nonceA);

export type SafetyWords = readonly [string, string, string, string];

/** The first 44 bits of SAS, most significant first, as four words of 11 bits. A is the inviter. */
export const safetyWords = (
  handshakeHash: Uint8Array,
  nonceA: Uint8Array,
  nonceB: Uint8Array,
  deviceA: DeviceId,
  deviceB: DeviceId,
): SafetyWords => {
  const sas = hash("TF/1 sas", handshakeHash, nonceA, nonceB, idBytes(deviceA), idBytes(deviceB));
  return [wordAt(sas, 0), wordAt(sas, 11), wordAt(sas, 22), wordAt(sas, 33)];
};

const wordAt = (bytes: Uint8Array, firstBit: number): string => {
  let index = 0;
  for (let bit = firstBit; bit < firstBit + 11; bit++) {
    index = index * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  }
  const word = wordlist[index];
  if (word === undefined) throw new RangeError("the word list has 2048 words");
  return word;
};
