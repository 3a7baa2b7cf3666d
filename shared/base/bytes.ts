import { accept, refuse, type Result } from "./result.ts";

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder("utf-8", { fatal: true });

export const utf8 = (text: string): Uint8Array => shortAscii(text) ?? encoder.encode(text);

/** Labels and names: the system's encoder takes longer to be called than this takes. */
const shortAscii = (text: string): Uint8Array | undefined => {
  if (text.length > 128) return undefined;
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 127) return undefined;
    bytes[index] = code;
  }
  return bytes;
};

/** Strict UTF-8: malformed bytes are refused, not replaced. */
export const readUtf8 = (bytes: Uint8Array): Result<string, "BAD_UTF8"> => {
  try {
    return accept(strictDecoder.decode(bytes));
  } catch {
    return refuse("BAD_UTF8");
  }
};

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/** Compares public bytes; secrets are compared in shared/crypto, in constant time. */
export const equalBytes = (one: Uint8Array, other: Uint8Array): boolean => {
  if (one.length !== other.length) return false;
  // A function for each byte takes thirty times as long, and what is compared can be megabytes.
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
};

/** Lexicographic, as unsigned bytes: negative, zero or positive. */
export const compareBytes = (one: Uint8Array, other: Uint8Array): number => {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
};

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export const toHex = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += hexDigits[byte];
  return text;
};

/** Throws on anything but an even number of hex digits: outside input is checked before. */
export const fromHex = (text: string): Uint8Array => {
  if (text.length % 2 !== 0) throw new TypeError("not hex");
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = 16 * hexValue(text, 2 * index) + hexValue(text, 2 * index + 1);
  return bytes;
};

const hexValue = (text: string, index: number): number => {
  const code = text.charCodeAt(index);
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  if (letter >= 97 && letter <= 102) return letter - 87;
  throw new TypeError("not hex");
};

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export const toBase64Url = (bytes: Uint8Array): string => {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [one, two, three] = [bytes[index] ?? 0, bytes[index + 1], bytes[index + 2]];
    const group = (one << 16) | ((two ?? 0) << 8) | (three ?? 0);
    text += base64Digits.charAt(group >> 18) + base64Digits.charAt((group >> 12) & 63);
    if (two !== undefined) text += base64Digits.charAt((group >> 6) & 63);
    if (three !== undefined) text += base64Digits.charAt(group & 63);
  }
  return text;
};

/** Accepts exactly what `toBase64Url` makes (RFC 4648 §5, no padding, no stray trailing bits). */
export const fromBase64Url = (text: string): Result<Uint8Array, "BAD_BASE64"> => {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return refuse("BAD_BASE64");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return toBase64Url(bytes) === text ? accept(bytes) : refuse("BAD_BASE64");
};

export const u32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  putU32(bytes, 0, value);
  return bytes;
};

/** Big-endian; what is above 32 bits is cut off. */
export const putU32 = (bytes: Uint8Array, offset: number, value: number): void => {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
};

export const u64 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  putU32(bytes, 0, Math.floor(value / 2 ** 32));
  putU32(bytes, 4, value);
  return bytes;
};

export const readU32 = (bytes: Uint8Array, offset: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset);

/** Big-endian; above 2^53 the number is only good for being refused. */
export const readU64 = (bytes: Uint8Array, offset: number): number =>
  Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(offset));
