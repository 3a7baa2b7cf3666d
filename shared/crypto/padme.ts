import { accept, refuse, type Result } from "../base/result.ts";

const smallest = 512;
const largest = 2 ** 31;

/**
 * PROTOCOL §6: L rounded up to a multiple of 2^(E−S) with E = ⌊log2 L⌋ and S = ⌊log2 E⌋ + 1, at least 512.
 * L is a whole number of bytes from 1 to 2^31; anything else throws.
 */
export const padmeLength = (length: number): number => {
  if (!Number.isInteger(length) || length < 1 || length > largest) {
    throw new RangeError("no padded length for this");
  }
  return length <= smallest ? smallest : padmeRounded(length);
};

/** The same of any count from 1 to 2^31, without the least length: at most an eighth more. */
export const padmeRounded = (count: number): number => {
  const exponent = floorLog2(count);
  const step = 2 ** (exponent - floorLog2(exponent) - 1);
  return Math.ceil(count / step) * step;
};

/** message ‖ 0x80 ‖ zeros, so that a length tells at most about its first few bits. */
export const pad = (message: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(padmeLength(message.length + 1));
  padded.set(message);
  padded[message.length] = 0x80;
  return padded;
};

/**
 * Accepts exactly what `pad` makes: any other length, marker or filler is BAD_PAD, so one message has one plaintext.
 * Call it only on authenticated bytes: its time depends on them.
 */
export const unpad = (plaintext: Uint8Array): Result<Uint8Array, "BAD_PAD"> => {
  let marker = plaintext.length - 1;
  while (marker >= 0 && plaintext[marker] === 0) marker -= 1;
  if (plaintext[marker] !== 0x80) return refuse("BAD_PAD");
  if (padmeLength(marker + 1) !== plaintext.length) return refuse("BAD_PAD");
  return accept(plaintext.slice(0, marker));
};

const floorLog2 = (value: number): number => 31 - Math.clz32(value);
