/**
 * Reads lib0's encoding out of bytes that anybody may have sent. Nothing throws: past the end or malformed it answers
 * with 0 and "" from then on, and `ok` tells.
 */
export type Reader = {
  readonly ok: () => boolean;
  readonly atEnd: () => boolean;
  readonly position: () => number;
  readonly byte: () => number;
  /** At most 2^53 - 1. */
  readonly uint: () => number;
  readonly skip: (length: number) => void;
  /** A string of at most `most` letters of ASCII. */
  readonly ascii: (most: number) => string;
  readonly spoil: () => void;
};

export const createReader = (bytes: Uint8Array, from = 0): Reader => {
  let at = from;
  let sound = true;

  const byte = (): number => {
    const value = sound ? bytes[at] : undefined;
    if (value === undefined) {
      sound = false;
      return 0;
    }
    at++;
    return value;
  };
  const uint = (): number => {
    let value = 0;
    let weight = 1;
    for (let length = 1; length <= 8; length++) {
      const next = byte();
      value += (next & 127) * weight;
      if (next < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return sound ? value : 0;
      }
      weight *= 128;
    }
    sound = false;
    return 0;
  };
  const skip = (length: number) => {
    if (length > bytes.length - at) sound = false;
    else at += length;
  };

  return {
    ok: () => sound,
    atEnd: () => sound && at === bytes.length,
    position: () => at,
    byte,
    uint,
    skip,
    ascii: (most) => {
      const length = uint();
      const start = at;
      if (length > most) sound = false;
      else skip(length);
      if (!sound) return "";
      let text = "";
      for (let index = start; index < at; index++) {
        const code = bytes[index] ?? 128;
        if (code > 127) sound = false;
        text += String.fromCharCode(code);
      }
      return sound ? text : "";
    },
    spoil: () => {
      sound = false;
    },
  };
};
