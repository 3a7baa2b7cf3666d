import { concatBytes, readUtf8, utf8 } from "../base/bytes.ts";
import { type FieldReader, u16 } from "./fields.ts";
import { isCleanName, longestNameBytes } from "./name.ts";

/** u16 length, UTF-8, zeros to 320: of one length, whatever the name. Throws on a name that is not clean. */
export const paddedName = (name: string): Uint8Array => {
  if (!isCleanName(name)) throw new RangeError("a name that may not travel");
  const bytes = utf8(name);
  return concatBytes(u16(bytes.length), bytes, new Uint8Array(longestNameBytes - bytes.length));
};

/** Undefined for a name that may not be shown. */
export const readPaddedName = (fields: FieldReader): string | undefined => {
  const bytes = fields.take(fields.u16());
  const filler = fields.take(longestNameBytes - bytes.length);
  const name = readUtf8(bytes);
  if (!name.ok || !isCleanName(name.value) || filler.some((byte) => byte !== 0)) return undefined;
  return name.value;
};
