import { concatBytes, equalBytes, utf8 } from "../../base/bytes.ts";
import type { FileSource } from "../../base/files.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { constantTimeEqual } from "../../crypto/compare.ts";
import { hash, keyedHash, keyedHash64 } from "../../crypto/hash.ts";
import { sealedPieceLengthOf } from "../../crypto/pieces.ts";
import { streamHeaderLength } from "../../crypto/secretstream.ts";
import { wipe } from "../../crypto/wipe.ts";

/**
 * The beginning of a capsule (docs/protocol.md, "Capsules"):
 *   0 "TFX1" | 4 version 1 | 5 zeros 3 | 8 salt32 | 40 commit32 | 72 stream header24 | 96 check16
 *   (commit ‖ key) = K64(K(CRK, "TF/1 capsule"), "TF/1 capsule file", everything up to the salt's end)
 *   check = H("TF/1 capsule head", everything before it)[0..16]
 * The check is no secret: it tells damage from a capsule of somebody else. To who has no CRK the rest is noise, and no
 * two capsules have anything in common.
 */
export type CapsuleHead = {
  /** Up to the salt's end: what the stream's key is bound to. */
  readonly bound: Uint8Array;
  readonly commit: Uint8Array;
  readonly streamHeader: Uint8Array;
};

export type CapsuleFileCode =
  | "NOT_A_CAPSULE"
  | "NEWER_CAPSULE"
  | "CUT_SHORT"
  | "CAPSULE_ALTERED"
  | "FILE_GONE";

/** Of the content in each piece of the stream, bytes; every piece is full. */
export const capsulePieceLength = 65_536;
export const capsuleHeadLength = 112;
export const sealedCapsulePiece = sealedPieceLengthOf(capsulePieceLength);

const magic = utf8("TFX1");
const version = 1;
const saltLength = 32;
const boundLength = 40;
const commitEnd = boundLength + 32;
const checkStart = commitEnd + streamHeaderLength;

/** What the key of every capsule of this couple follows from. The caller wipes it. */
export const capsuleRootOf = (crk: Uint8Array): Uint8Array => keyedHash(crk, "TF/1 capsule");

export const capsuleSaltLength = saltLength;

export const boundOf = (salt: Uint8Array): Uint8Array =>
  concatBytes(magic, Uint8Array.of(version, 0, 0, 0), salt);

export const capsuleKeys = (
  root: Uint8Array,
  bound: Uint8Array,
): { readonly commit: Uint8Array; readonly key: Uint8Array } => {
  const both = keyedHash64(root, "TF/1 capsule file", bound);
  const keys = { commit: both.slice(0, 32), key: both.slice(32) };
  wipe(both);
  return keys;
};

/** False: of another couple. */
export const isSealedFor = ({ bound, commit }: CapsuleHead, root: Uint8Array): boolean => {
  const keys = capsuleKeys(root, bound);
  wipe(keys.key);
  return constantTimeEqual(keys.commit, commit);
};

export const encodeCapsuleHead = ({ bound, commit, streamHeader }: CapsuleHead): Uint8Array => {
  const unchecked = concatBytes(bound, commit, streamHeader);
  return concatBytes(unchecked, checkOf(unchecked));
};

/** Reads 112 bytes, and what can be told from the file's size. Never throws, whatever the bytes. */
export const readCapsuleHead = async (
  source: FileSource,
): Promise<Result<CapsuleHead, CapsuleFileCode>> => {
  const read = await source.read(0, capsuleHeadLength);
  if (!read.ok) return read;
  const start = read.value;
  if (!equalBytes(start.subarray(0, magic.length), magic)) return refuse("NOT_A_CAPSULE");
  const found = start[magic.length];
  if (found !== undefined && found > version) return refuse("NEWER_CAPSULE");
  if (start.length < capsuleHeadLength) return refuse("CUT_SHORT");
  const unchecked = start.subarray(0, checkStart);
  if (found !== version || !equalBytes(checkOf(unchecked), start.subarray(checkStart)))
    return refuse("CAPSULE_ALTERED");
  if (start.subarray(5, 8).some((byte) => byte !== 0)) return refuse("CAPSULE_ALTERED");
  const pieces = (source.size - capsuleHeadLength) / sealedCapsulePiece;
  if (pieces < 1 || !Number.isInteger(pieces)) return refuse("CUT_SHORT");
  return accept({
    bound: start.slice(0, boundLength),
    commit: start.slice(boundLength, commitEnd),
    streamHeader: start.slice(commitEnd, checkStart),
  });
};

const checkOf = (bytes: Uint8Array): Uint8Array => hash("TF/1 capsule head", bytes).slice(0, 16);
