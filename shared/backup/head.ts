import { concatBytes, equalBytes, readU32, u32, utf8 } from "../base/bytes.ts";
import type { FileSource } from "../base/files.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { hash, keyedHash64 } from "../crypto/hash.ts";
import { sealedPieceLengthOf } from "../crypto/pieces.ts";
import { streamHeaderLength } from "../crypto/secretstream.ts";
import type { MasterKey } from "../vault/masterKey.ts";

/**
 * The beginning of a backup (docs/protocol.md, "Backups"):
 *   0 "TFB1" | 4 version 1 | 5 kind (1 journal, 2 room) | 6 zeros 2 | 8 vaultLen u32 | vault | salt32
 *   commit32 | stream header24 | check16
 *   (commit ‖ key) = K64(MK, "TF/1 backup", everything up to the salt's end)
 *   check = H("TF/1 backup head", everything before it)[0..16]
 * The check is no secret: it tells damage from a wrong passphrase before anything is derived.
 */
export type BackupHead = {
  readonly kind: BackupKind;
  /** A vault that opens on any computer. */
  readonly vault: Uint8Array;
  /** Up to the salt's end: what the stream's key is bound to. */
  readonly bound: Uint8Array;
  readonly commit: Uint8Array;
  readonly streamHeader: Uint8Array;
  /** Of the whole head, bytes. */
  readonly length: number;
};

export const backupKinds = ["journal", "room"] as const;
export type BackupKind = (typeof backupKinds)[number];

/** FILE_GONE: it cannot be read any more. The others as in shared/journal/backups.ts. */
export type BackupFileCode =
  | "NOT_A_BACKUP"
  | "NEWER_BACKUP"
  | "CUT_SHORT"
  | "BACKUP_ALTERED"
  | "WRONG_KIND"
  | "FILE_GONE";

/** Of the written words in each piece of the stream, bytes; every piece is full. */
export const pieceLength = 256 * 1024;
export const sealedPieceLength = sealedPieceLengthOf(pieceLength);

const magic = utf8("TFB1");
const version = 1;
const fixedLength = 12;
const saltLength = 32;
const tailLength = 32 + streamHeaderLength + 16;
/** A vault has at most two slots: 243 bytes. Nothing longer is read, whatever the length field says. */
const longestVault = 243;

export const backupSaltLength = saltLength;

export const boundHead = (kind: BackupKind, vault: Uint8Array, salt: Uint8Array): Uint8Array =>
  concatBytes(
    magic,
    Uint8Array.of(version, backupKinds.indexOf(kind) + 1, 0, 0),
    u32(vault.length),
    vault,
    salt,
  );

export const backupKeys = (
  masterKey: MasterKey,
  bound: Uint8Array,
): { readonly commit: Uint8Array; readonly key: Uint8Array } => {
  const both = keyedHash64(masterKey, "TF/1 backup", bound);
  return { commit: both.slice(0, 32), key: both.slice(32) };
};

/** False: it was sealed under another master key. */
export const isSealedUnder = (head: BackupHead, masterKey: MasterKey): boolean =>
  constantTimeEqual(backupKeys(masterKey, head.bound).commit, head.commit);

export const encodeHead = (
  bound: Uint8Array,
  commit: Uint8Array,
  streamHeader: Uint8Array,
): Uint8Array => {
  const unchecked = concatBytes(bound, commit, streamHeader);
  return concatBytes(unchecked, checkOf(unchecked));
};

/** By its first bytes alone: whether it is whole is another question. */
export const beginsAsBackup = async (source: FileSource): Promise<boolean> => {
  const start = await source.read(0, magic.length);
  return start.ok && equalBytes(start.value, magic);
};

/** Reads a few hundred bytes, and what can be told from the file's size. Never throws, whatever the bytes. */
export const readHead = async (
  source: FileSource,
  wanted: BackupKind | undefined,
): Promise<Result<BackupHead, BackupFileCode>> => {
  const read = await source.read(0, fixedLength + longestVault + saltLength + tailLength);
  if (!read.ok) return read;
  const start = read.value;
  if (start.length < magic.length || !equalBytes(start.subarray(0, magic.length), magic))
    return refuse("NOT_A_BACKUP");
  if (start.length < fixedLength) return refuse("CUT_SHORT");
  const found = start[magic.length] ?? 0;
  if (found > version) return refuse("NEWER_BACKUP");
  const vaultLength = readU32(start, 8);
  if (found !== version || vaultLength > longestVault) return refuse("BACKUP_ALTERED");
  const boundEnd = fixedLength + vaultLength + saltLength;
  const length = boundEnd + tailLength;
  if (start.length < length) return refuse("CUT_SHORT");
  const checkStart = length - 16;
  if (!equalBytes(checkOf(start.subarray(0, checkStart)), start.subarray(checkStart, length)))
    return refuse("BACKUP_ALTERED");
  const kind = backupKinds[(start[5] ?? 0) - 1];
  if (kind === undefined) return refuse("BACKUP_ALTERED");
  if (wanted !== undefined && kind !== wanted) return refuse("WRONG_KIND");
  const pieces = (source.size - length) / sealedPieceLength;
  if (pieces < 1 || !Number.isInteger(pieces)) return refuse("CUT_SHORT");
  return accept({
    kind,
    vault: start.slice(fixedLength, fixedLength + vaultLength),
    bound: start.slice(0, boundEnd),
    commit: start.slice(boundEnd, boundEnd + 32),
    streamHeader: start.slice(boundEnd + 32, checkStart),
    length,
  });
};

const checkOf = (bytes: Uint8Array): Uint8Array => hash("TF/1 backup head", bytes).slice(0, 16);
