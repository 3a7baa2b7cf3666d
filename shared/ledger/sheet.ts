import { concatBytes, readU32, readUtf8, u32, utf8 } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";

/**
 * Many values of the page cache as one: `u32 ‖ the keys, a line each, in UTF-8`, and for each of them `u32 ‖ value`. The
 * keys stand together, because to read one text is far quicker than to read four hundred.
 */
export type Sheet = ReadonlyMap<string, Uint8Array>;

/** Bytes of a sheet when it is made, about. One of this size is written anew within a frame. */
export const sheetBytes = 64 * 1024;

const lengthRoom = 4;

/** What it takes on a sheet. */
export const sizeOnSheet = (key: string, value: Uint8Array): number =>
  key.length + 1 + lengthRoom + value.length;

export const encodeSheet = (sheet: Sheet): Uint8Array => {
  const keys = utf8([...sheet.keys()].join("\n"));
  return concatBytes(
    u32(keys.length),
    keys,
    ...[...sheet.values()].flatMap((value) => [u32(value.length), value]),
  );
};

/** Gives the keys; the values lie within `bytes`. Our own form, which the seal vouches for: anything else is a damaged cache. */
export const decodeSheet = (
  bytes: Uint8Array,
  take: (key: string, value: Uint8Array) => void,
): Result<readonly string[], "CACHE_DAMAGED"> => {
  if (bytes.length < lengthRoom) return cutShort;
  const named = lengthRoom + readU32(bytes, 0);
  const keys = readUtf8(bytes.subarray(lengthRoom, named));
  if (!keys.ok || named > bytes.length) return cutShort;
  let at = named;
  const names = keys.value.split("\n");
  for (const key of names) {
    if (at + lengthRoom > bytes.length) return cutShort;
    const end = at + lengthRoom + readU32(bytes, at);
    if (end > bytes.length) return cutShort;
    take(key, bytes.subarray(at + lengthRoom, end));
    at = end;
  }
  return at === bytes.length ? accept(names) : cutShort;
};

const cutShort = refuse("CACHE_DAMAGED", "a sheet cut short");
