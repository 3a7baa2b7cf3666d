import { accept, refuse, type Result } from "../../../shared/base/result.ts";
import type { PhotoType } from "../../../shared/page/photo.ts";

/** What a picture says of itself before anything of it is decoded. */
export type PictureHeader = {
  readonly type: PhotoType;
  /** Pixels, as they lie in the file: a camera may have turned them. */
  readonly width: number;
  readonly height: number;
  /** Something may shine through. */
  readonly clear: boolean;
};

/** HEIC: as many phones write it. MOVING: more than one picture in one file. */
export type HeaderCode = "NOT_A_PICTURE" | "HEIC" | "MOVING";

/** Reads outside input: every length is looked at before it is followed. */
export const readPictureHeader = (bytes: Uint8Array): Result<PictureHeader, HeaderCode> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return sized("image/jpeg", readJpeg(view));
  if (startsWith(bytes, 0, pngStart)) return readPng(view);
  if (letters(bytes, 0, "RIFF") && letters(bytes, 8, "WEBP")) return readWebp(view);
  if (letters(bytes, 4, "ftyp")) return refuse("HEIC");
  return refuse(letters(bytes, 0, "GIF8") ? "MOVING" : "NOT_A_PICTURE");
};

type Size = { readonly width: number; readonly height: number; readonly clear?: boolean };

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const sized = (type: PhotoType, size: Size | undefined): Result<PictureHeader, HeaderCode> =>
  size === undefined || size.width < 1 || size.height < 1
    ? refuse("NOT_A_PICTURE")
    : accept({ type, width: size.width, height: size.height, clear: size.clear ?? false });

/** The first frame's own header; what stands before it is passed over by its lengths. */
const readJpeg = (view: DataView): Size | undefined => {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker === 0xd9 || marker === 0xda) return undefined;
    else if (isFrame(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
};

/** C0 to CF without the tables that share the row. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const readPng = (view: DataView): Result<PictureHeader, HeaderCode> => {
  if (view.byteLength < 33 || nameAt(view, 12) !== "IHDR") return refuse("NOT_A_PICTURE");
  let clear = (view.getUint8(25) & 4) !== 0;
  for (let at = 33; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const name = nameAt(view, at + 4);
    if (name === "acTL") return refuse("MOVING");
    if (name === "tRNS") clear = true;
    if (name === "IDAT") break;
  }
  return sized("image/png", { width: view.getUint32(16), height: view.getUint32(20), clear });
};

const readWebp = (view: DataView): Result<PictureHeader, HeaderCode> => {
  if (view.byteLength < 30) return refuse("NOT_A_PICTURE");
  const kind = nameAt(view, 12);
  if (kind === "VP8X") {
    const flags = view.getUint8(20);
    if ((flags & 2) !== 0) return refuse("MOVING");
    return sized("image/webp", {
      width: 1 + (view.getUint32(24, true) & 0xffffff),
      height: 1 + (view.getUint32(26, true) >>> 8),
      clear: (flags & 16) !== 0,
    });
  }
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return sized("image/webp", {
      width: 1 + (bits & 0x3fff),
      height: 1 + ((bits >>> 14) & 0x3fff),
      clear: (bits & 0x10000000) !== 0,
    });
  }
  if (kind !== "VP8 ") return refuse("NOT_A_PICTURE");
  return sized("image/webp", {
    width: view.getUint16(26, true) & 0x3fff,
    height: view.getUint16(28, true) & 0x3fff,
  });
};

const nameAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((step) => view.getUint8(at + step)));

const startsWith = (bytes: Uint8Array, from: number, wanted: readonly number[]): boolean =>
  wanted.every((byte, index) => bytes[from + index] === byte);

const letters = (bytes: Uint8Array, from: number, word: string): boolean =>
  startsWith(
    bytes,
    from,
    [...word].map((letter) => letter.charCodeAt(0)),
  );
