import type { Brand } from "../base/brand.ts";

/** `H("TF/1 chunk", the sealed bytes)`, base64url: a chunk's name, and its key in every store. */
export type ChunkName = Brand<string, "ChunkName">;

export const photoTypes = ["image/jpeg", "image/png", "image/webp"] as const;
export type PhotoType = (typeof photoTypes)[number];

/**
 * What a page holds of a photo: where its sealed chunks are and what opens them. Whoever has the page has the key,
 * and nobody else (docs/protocol.md, "Photos").
 */
export type PhotoRef = {
  /** 32 random bytes, base64url. */
  readonly key: string;
  /** In order; each chunk is one sealed piece of the picture. */
  readonly chunks: readonly ChunkName[];
  /** Of the picture in the clear, bytes. */
  readonly size: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly type: PhotoType;
  /** What its writer says is on it, for who does not see it; may be empty. */
  readonly words: string;
};

/** A picture in the clear, scaled and without what its camera wrote into it. */
export type NewPhoto = Pick<PhotoRef, "width" | "height" | "type"> & {
  readonly bytes: Uint8Array;
  readonly words?: string;
};

/** One picture, in the clear, bytes. */
export const largestPhoto = 16 * 1024 * 1024;
/** Of a picture in each chunk, bytes; the last is filled up with zeros. */
export const pieceLength = 65_536;
/** Every sealed chunk is as long as every other, bytes: commitment, nonce, piece and tag. */
export const chunkLength = 32 + 24 + pieceLength + 16;
/** Photos on one page that are shown and asked for. */
export const mostPhotosOnPage = 200;
export const longestPhotoWords = 500;

/** As attributes of the page's `photo` element. */
export const photoAttributes = (photo: PhotoRef): Readonly<Record<string, string>> => ({
  key: photo.key,
  chunks: photo.chunks.join(" "),
  size: String(photo.size),
  width: String(photo.width),
  height: String(photo.height),
  type: photo.type,
  words: photo.words,
});

/** Reads what anyone may have written; undefined where it is no photo that could be shown. */
export const readPhoto = (attributes: Readonly<Record<string, unknown>>): PhotoRef | undefined => {
  const { key, chunks, type, words } = attributes;
  const size = whole(attributes["size"], largestPhoto);
  const width = whole(attributes["width"], longestSide);
  const height = whole(attributes["height"], longestSide);
  const known = photoTypes.find((each) => each === type);
  const names = readChunkNames(chunks);
  if (
    typeof key !== "string" ||
    !isChunkName(key) ||
    known === undefined ||
    size === undefined ||
    width === undefined ||
    height === undefined ||
    names.length !== piecesOf(size)
  )
    return undefined;
  return {
    key,
    chunks: names,
    size,
    width,
    height,
    type: known,
    words: typeof words === "string" ? words.slice(0, longestPhotoWords) : "",
  };
};

/** In how many pieces a picture of so many bytes is sealed. */
export const piecesOf = (size: number): number => Math.ceil(size / pieceLength);

/** What stands under `chunks`, as anyone may have written it; nothing where it is not names alone. */
export const readChunkNames = (value: unknown): readonly ChunkName[] => {
  if (typeof value !== "string" || value.length > 44 * piecesOf(largestPhoto)) return [];
  const names = value.split(" ");
  return names.every(isChunkName) ? names : [];
};

/** Exactly what 32 bytes are in base64url: any other spelling would be asked for and never found. */
export const isChunkName = (text: string): text is ChunkName =>
  /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text);

const longestSide = 16_384;

const whole = (value: unknown, most: number): number | undefined => {
  const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  return number >= 1 && number <= most ? number : undefined;
};
