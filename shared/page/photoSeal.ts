import { concatBytes, fromBase64Url, toBase64Url, u32 } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { openXChaCha, sealXChaCha } from "../crypto/aead.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { hash, keyedHash64 } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";
import {
  chunkLength,
  largestPhoto,
  pieceLength,
  piecesOf,
  type ChunkName,
  type NewPhoto,
  type PhotoRef,
} from "./photo.ts";

/** A piece of a picture as it lies on a disk and travels; tells nothing but that it is one. */
export type SealedChunk = { readonly name: ChunkName; readonly bytes: Uint8Array };

export type SealedPhoto = { readonly ref: PhotoRef; readonly chunks: readonly SealedChunk[] };

const commitLength = 32;
const nonceLength = 24;
const startLength = commitLength + nonceLength;

/**
 * Cuts a picture into pieces of one length and seals each under the photo's own new key (docs/protocol.md,
 * "Photos"). What opens them stands in what comes back first, and nowhere else.
 */
export const sealPhoto = (
  photo: NewPhoto,
  random: Random,
): Result<SealedPhoto, "PHOTO_TOO_LARGE" | "PHOTO_DAMAGED"> => {
  const { bytes, width, height, type, words = "" } = photo;
  if (bytes.length === 0) return refuse("PHOTO_DAMAGED", "no bytes");
  if (bytes.length > largestPhoto) return refuse("PHOTO_TOO_LARGE");
  const key = random(32);
  const size = bytes.length;
  const chunks = Array.from({ length: piecesOf(size) }, (_, index): SealedChunk => {
    const piece = new Uint8Array(pieceLength);
    piece.set(bytes.subarray(index * pieceLength, (index + 1) * pieceLength));
    const nonce = random(nonceLength);
    const keys = chunkKeys(key, { size, index }, nonce);
    const start = concatBytes(keys.commit, nonce);
    const sealed = concatBytes(start, sealXChaCha(keys.key, nonce, piece, start));
    return { name: chunkNameOf(sealed), bytes: sealed };
  });
  const ref: PhotoRef = {
    key: toBase64Url(key),
    chunks: chunks.map(({ name }) => name),
    ...{ size, width, height, type, words },
  };
  wipe(key);
  return accept({ ref, chunks });
};

/**
 * `chunks`: all of them, in order; that each lies under its name is for the caller to have seen. PHOTO_DAMAGED:
 * sealed with another key, for another place or another photo; a person who wrote a page can make it so.
 */
export const openPhoto = (
  ref: PhotoRef,
  chunks: readonly Uint8Array[],
): Result<Uint8Array, "PHOTO_DAMAGED"> => {
  const key = fromBase64Url(ref.key);
  if (!key.ok || key.value.length !== 32 || chunks.length !== piecesOf(ref.size))
    return refuse("PHOTO_DAMAGED");
  const picture = new Uint8Array(chunks.length * pieceLength);
  for (const [index, chunk] of chunks.entries()) {
    const piece = openChunk(key.value, { size: ref.size, index }, chunk);
    if (!piece.ok) return piece;
    picture.set(piece.value, index * pieceLength);
  }
  wipe(key.value);
  if (picture.subarray(ref.size).some((byte) => byte !== 0)) return refuse("PHOTO_DAMAGED");
  return accept(picture.subarray(0, ref.size));
};

/** Under which name these bytes are asked for and kept; any other bytes have another. */
export const chunkNameOf = (chunk: Uint8Array): ChunkName =>
  toBase64Url(hash("TF/1 chunk", chunk)) as ChunkName;

export const isChunkUnder = (name: string, bytes: Uint8Array): boolean =>
  bytes.length === chunkLength && chunkNameOf(bytes) === name;

type Place = { readonly size: number; readonly index: number };

const openChunk = (
  key: Uint8Array,
  place: Place,
  chunk: Uint8Array,
): Result<Uint8Array, "PHOTO_DAMAGED"> => {
  if (chunk.length !== chunkLength) return refuse("PHOTO_DAMAGED");
  const nonce = chunk.subarray(commitLength, startLength);
  const keys = chunkKeys(key, place, nonce);
  if (!constantTimeEqual(keys.commit, chunk.subarray(0, commitLength)))
    return refuse("PHOTO_DAMAGED");
  const piece = openXChaCha(
    keys.key,
    nonce,
    chunk.subarray(startLength),
    chunk.subarray(0, startLength),
  );
  return piece.ok ? piece : refuse("PHOTO_DAMAGED");
};

/** `(commit ‖ k)`, as for envelopes; a chunk is of one photo, at one place, of so many. */
const chunkKeys = (
  key: Uint8Array,
  { size, index }: Place,
  nonce: Uint8Array,
): { readonly commit: Uint8Array; readonly key: Uint8Array } => {
  const both = keyedHash64(
    key,
    "TF/1 photo chunk",
    nonce,
    u32(index),
    u32(piecesOf(size)),
    u32(size),
  );
  return { commit: both.subarray(0, 32), key: both.subarray(32) };
};
