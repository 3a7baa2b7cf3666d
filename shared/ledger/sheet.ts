import { concatBytes, putU32, readU32, readUtf8, utf8 } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";

/** Many values of the page cache as one: `u16 ‖ key ‖ u32 ‖ value`, one after the other. */
export type Sheet = ReadonlyMap<string, Uint8Array>;

/** Bytes of a sheet when it is made, about. One of this size is written anew within a frame. */
export const sheetBytes = 128 * 1024;

const keyRoom = 2;
const valueRoom = 4;

/** What it takes on a sheet. */
export const sizeOnSheet = (key: string, value: Uint8Array): number =>
  keyRoom + key.length + valueRoom + value.length;

export const encodeSheet = (sheet: Sheet): Uint8Array =>
  concatBytes(
    ...[...sheet].flatMap(([key, value]) => {
      const name = utf8(key);
      const head = new Uint8Array(keyRoom + name.length + valueRoom);
      head[0] = name.length >>> 8;
      head[1] = name.length;
      head.set(name, keyRoom);
      putU32(head, keyRoom + name.length, value.length);
      return [head, value];
    }),
  );

/** The values lie within `bytes`. Our own form, which the seal vouches for: anything else is a damaged cache. */
export const decodeSheet = (
  bytes: Uint8Array,
  take: (key: string, value: Uint8Array) => void,
): Result<void, "CACHE_DAMAGED"> => {
  for (let at = 0; at < bytes.length;) {
    const named = at + keyRoom + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
    if (named + valueRoom > bytes.length) return refuse("CACHE_DAMAGED", "a sheet cut short");
    const key = readUtf8(bytes.subarray(at + keyRoom, named));
    const end = named + valueRoom + readU32(bytes, named);
    if (!key.ok || end > bytes.length) return refuse("CACHE_DAMAGED", "a sheet cut short");
    take(key.value, bytes.subarray(named + valueRoom, end));
    at = end;
  }
  return accept(undefined);
};
