import { accept, refuse, type Result } from "../base/result.ts";
import { aeadTagLength, noiseNonce, openChaCha, sealChaCha } from "./aead.ts";
import { wipe } from "./wipe.ts";

/** Noise §3: no message is longer, handshake or transport. */
export const noiseMessageLimit = 65_535;
/** The longest plaintext a transport message holds. */
export const noisePlaintextLimit = noiseMessageLimit - aeadTagLength;

/** Well before Noise's own end (2^64 − 1), and never reached in a day's channel. */
const lastCounter = 2n ** 63n;

const nothing = new Uint8Array(0);

/** TOO_LONG: over 65,535 bytes. EXHAUSTED: 2^63 messages. DEAD: an earlier message was refused. */
export type CipherCode = "TOO_LONG" | "EXHAUSTED" | "AEAD_FAIL" | "DEAD";

/**
 * One direction of a finished handshake. Messages open in exactly the order in which they were sealed; a lost,
 * repeated, swapped or altered one is AEAD_FAIL, and from then on everything is DEAD: make a new handshake.
 */
export type Cipher = {
  /** 16 bytes longer than the plaintext (at most 65,519 bytes). A refusal to seal does not kill. */
  readonly seal: (plaintext: Uint8Array) => Result<Uint8Array, "TOO_LONG" | "EXHAUSTED" | "DEAD">;
  readonly open: (ciphertext: Uint8Array) => Result<Uint8Array, CipherCode>;
  /** Forgets the key. */
  readonly wipe: () => void;
};

/** `counter` is where to start; anything but 0 is for tests. The key's bytes are copied. */
export const createCipher = (key: Uint8Array, counter = 0n): Cipher => {
  const ownKey = key.slice();
  let next = counter;
  let dead = false;
  const die = (): void => {
    dead = true;
    wipe(ownKey);
  };
  return {
    seal: (plaintext) => {
      if (dead) return refuse("DEAD");
      if (plaintext.length > noisePlaintextLimit) return refuse("TOO_LONG");
      if (next >= lastCounter) return refuse("EXHAUSTED");
      return accept(sealChaCha(ownKey, noiseNonce(next++), plaintext, nothing));
    },
    open: (ciphertext) => {
      if (dead) return refuse("DEAD");
      const opened = openNext(ownKey, next, ciphertext);
      if (opened.ok) next += 1n;
      else die();
      return opened;
    },
    wipe: die,
  };
};

const openNext = (
  key: Uint8Array,
  counter: bigint,
  ciphertext: Uint8Array,
): Result<Uint8Array, CipherCode> => {
  if (ciphertext.length > noiseMessageLimit) return refuse("TOO_LONG");
  if (counter >= lastCounter) return refuse("EXHAUSTED");
  return openChaCha(key, noiseNonce(counter), ciphertext, nothing);
};
