import { concatBytes } from "../base/bytes.ts";
import { sodium } from "./sodium.ts";
import { wipe } from "./wipe.ts";

/** Noise's BLAKE2b (rev 34 §12.4): 64 bytes out, blocks of 128. */
export const noiseHashLength = 64;
const blockLength = 128;

export const noiseHash = (...parts: readonly Uint8Array[]): Uint8Array =>
  sodium().crypto_generichash(noiseHashLength, concatBytes(...parts), null);

/** RFC 2104 over BLAKE2b, as Noise demands it instead of BLAKE2b's own key. The key has at most 128 bytes. */
const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array => {
  if (key.length > blockLength) throw new RangeError("an HMAC key here has at most 128 bytes");
  const inner = new Uint8Array(blockLength).fill(0x36);
  const outer = new Uint8Array(blockLength).fill(0x5c);
  key.forEach((byte, index) => {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  });
  const made = noiseHash(outer, noiseHash(inner, ...parts));
  wipe(inner, outer);
  return made;
};

export type HkdfOutputs = {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly third: Uint8Array;
};

/** Noise §4.3. Always makes three outputs of 64 bytes: the first two are the same when only two are asked for. */
export const noiseHkdf = (chainingKey: Uint8Array, material: Uint8Array): HkdfOutputs => {
  const temporary = hmac(chainingKey, material);
  const first = hmac(temporary, Uint8Array.of(1));
  const second = hmac(temporary, first, Uint8Array.of(2));
  const third = hmac(temporary, second, Uint8Array.of(3));
  wipe(temporary);
  return { first, second, third };
};
