import type { PhotoType } from "../../../shared/page/photo.ts";

/**
 * The picture and nothing that is written beside it: no EXIF, no place, no XMP, no profile, no comments, no small
 * picture of it. A browser's own encoder writes none of these today; this is what makes it certain.
 * @returns undefined where the bytes are not built as their type says
 */
export const barePicture = (bytes: Uint8Array, type: PhotoType): Uint8Array | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (type === "image/jpeg") return bareJpeg(view, bytes);
    return type === "image/png" ? barePng(view, bytes) : bareWebp(view, bytes);
  } catch (problem) {
    if (problem instanceof RangeError) return undefined;
    throw problem;
  }
};

/** Everything up to the picture's own data, without APP1 to APP15 and comments; what follows the end is cut off. */
const bareJpeg = (view: DataView, bytes: Uint8Array): Uint8Array | undefined => {
  const parts = [bytes.subarray(0, 2)];
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    const next = at + 2 + view.getUint16(at + 2);
    const beside = (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;
    if (!beside) parts.push(bytes.subarray(at, next));
    at = next;
    if (marker !== 0xda) continue;
    const end = endOfScans(bytes, at);
    if (end === undefined) return undefined;
    parts.push(bytes.subarray(at, end));
    return joined(parts);
  }
};

const endOfScans = (bytes: Uint8Array, from: number): number | undefined => {
  for (let at = from; at + 1 < bytes.length; at += 1)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at + 2;
  return undefined;
};

const pngChunks = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

const barePng = (view: DataView, bytes: Uint8Array): Uint8Array => {
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    const next = at + 12 + view.getUint32(at);
    const name = nameAt(view, at + 4);
    if (pngChunks.has(name)) parts.push(bytes.subarray(at, next));
    if (name === "IEND") break;
    at = next;
  }
  return joined(parts);
};

const webpChunks = new Set(["VP8X", "ALPH", "VP8 ", "VP8L"]);
/** Of VP8X: that something shines through. The others tell of what is left out. */
const clearFlag = 16;

const bareWebp = (view: DataView, bytes: Uint8Array): Uint8Array => {
  const parts = [bytes.subarray(0, 12)];
  for (let at = 12; at < bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const next = at + 8 + size + (size % 2);
    if (webpChunks.has(nameAt(view, at))) parts.push(bytes.subarray(at, next));
    at = next;
  }
  const bare = joined(parts);
  const out = new DataView(bare.buffer);
  out.setUint32(4, bare.length - 8, true);
  if (nameAt(out, 12) === "VP8X") out.setUint8(20, out.getUint8(20) & clearFlag);
  return bare;
};

const nameAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((step) => view.getUint8(at + step)));

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
