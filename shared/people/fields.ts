import { readU32, readU64 } from "../base/bytes.ts";

/**
 * Reads fixed fields one after another. Too few bytes never throw: what is missing reads as empty or 0, and
 * `complete` stays false for good. Ask it before making anything of what was read.
 */
export type FieldReader = {
  readonly take: (length: number) => Uint8Array;
  readonly u8: () => number;
  readonly u16: () => number;
  readonly u32: () => number;
  readonly u64: () => number;
  /** Nothing was missing and nothing is left over. */
  readonly complete: () => boolean;
};

export const readFields = (bytes: Uint8Array): FieldReader => {
  let offset = 0;
  let short = false;
  const take = (length: number): Uint8Array => {
    if (short || length < 0 || length > bytes.length - offset) {
      short = true;
      return new Uint8Array(0);
    }
    offset += length;
    return bytes.slice(offset - length, offset);
  };
  const number = (length: number, read: (field: Uint8Array) => number): number => {
    const field = take(length);
    return field.length === length ? read(field) : 0;
  };
  return {
    take,
    u8: () => number(1, (field) => field[0] ?? 0),
    u16: () => number(2, (field) => (field[0] ?? 0) * 256 + (field[1] ?? 0)),
    u32: () => number(4, (field) => readU32(field, 0)),
    u64: () => number(8, (field) => readU64(field, 0)),
    complete: () => !short && offset === bytes.length,
  };
};

export const u16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);
