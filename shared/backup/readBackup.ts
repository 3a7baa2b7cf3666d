import { concatBytes } from "../base/bytes.ts";
import type { FileSource } from "../base/files.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Work } from "../base/work.ts";
import { beginOpening } from "../crypto/secretstream.ts";
import { wipe } from "../crypto/wipe.ts";
import type { MasterKey } from "../vault/masterKey.ts";
import { backupKeys, sealedPieceLength, type BackupFileCode, type BackupHead } from "./head.ts";
import { decodeRecord, readRecordStart, recordStartLength, type BackupRecord } from "./records.ts";

export type ReadRecord = Result<BackupRecord, BackupFileCode | "CANCELLED">;

/**
 * The records of a backup, each only after its bytes were authenticated; the file is whole only once the generator
 * has ended by itself. The first refusal is the last thing that comes. Progress in bytes of the file.
 */
export const readBackup = async function* (
  source: FileSource,
  head: BackupHead,
  masterKey: MasterKey,
  work: Work,
): AsyncGenerator<ReadRecord, void, undefined> {
  const { key } = backupKeys(masterKey, head.bound);
  const stream = beginOpening(key, head.streamHeader);
  wipe(key);
  let at = head.length;
  let ended = false;
  let unread: Uint8Array = new Uint8Array();

  const nextPiece = async (): Promise<Result<Uint8Array, BackupFileCode | "CANCELLED">> => {
    if (work.cancelled()) return refuse("CANCELLED");
    const read = await source.read(at, sealedPieceLength);
    if (!read.ok) return read;
    if (read.value.length < sealedPieceLength) return refuse("CUT_SHORT");
    const opened = stream.open(read.value);
    if (!opened.ok) return refuse("BACKUP_ALTERED");
    at += read.value.length;
    work.progress(at, source.size);
    ended = opened.value.last;
    if (ended && at !== source.size) return refuse("BACKUP_ALTERED", "more after the end");
    return accept(opened.value.piece);
  };
  const take = async (
    length: number,
  ): Promise<Result<Uint8Array, BackupFileCode | "CANCELLED">> => {
    while (unread.length < length) {
      if (ended) return refuse("BACKUP_ALTERED", "a record beyond the end");
      const piece = await nextPiece();
      if (!piece.ok) return piece;
      unread = concatBytes(unread, piece.value);
    }
    const taken = unread.slice(0, length);
    unread = unread.subarray(length);
    return accept(taken);
  };
  const takeRecord = async (): Promise<ReadRecord> => {
    const start = await take(recordStartLength);
    if (!start.ok) return start;
    const length = readRecordStart(start.value);
    if (!length.ok) return refuse("BACKUP_ALTERED", "no record");
    const body = await take(length.value);
    if (!body.ok) return body;
    const record = decodeRecord(start.value[0] ?? 0, body.value);
    return record.ok ? record : refuse("BACKUP_ALTERED", "not a record");
  };
  const zerosToTheEnd = async (): Promise<Result<void, BackupFileCode | "CANCELLED">> => {
    for (;;) {
      if (unread.some((byte) => byte !== 0))
        return refuse("BACKUP_ALTERED", "words in the padding");
      if (ended) return accept(undefined);
      const piece = await nextPiece();
      if (!piece.ok) return piece;
      unread = piece.value;
    }
  };

  const order = createOrder(head);
  for (;;) {
    const record = await takeRecord();
    if (!record.ok) return yield record;
    if (!order.fits(record.value)) return yield refuse("BACKUP_ALTERED", "out of order");
    if (record.value.type === "end") {
      const padded = await zerosToTheEnd();
      return yield padded.ok ? record : padded;
    }
    yield record;
  }
};

/** A manifest, the keyring where it is a journal's, then what lies in volumes, and an end that counts it. */
const createOrder = ({ kind }: BackupHead): { fits: (record: BackupRecord) => boolean } => {
  let before: BackupRecord["type"] | undefined;
  let inVolume = false;
  let envelopes = 0;
  let chunks = 0;
  const belongs = (ledger: string): boolean => (ledger === "room") === (kind === "room");
  const fits = (record: BackupRecord): boolean => {
    switch (record.type) {
      case "manifest":
        return before === undefined;
      case "keyring":
        return before === "manifest" && kind === "journal";
      case "volume":
        inVolume = true;
        return hasBegun() && belongs(record.ledger);
      case "envelope":
        envelopes += 1;
        return inVolume;
      case "chunk":
        chunks += 1;
        return hasBegun() && belongs(record.ledger);
      case "end":
        return hasBegun() && record.envelopes === envelopes && record.chunks === chunks;
    }
  };
  const hasBegun = (): boolean =>
    before !== undefined && (kind === "room" || before !== "manifest");
  return {
    fits: (record) => {
      const fitting = fits(record);
      before = record.type;
      return fitting;
    },
  };
};

/** Answers when it was made, once the last byte was read. */
export const readThrough = async (
  records: AsyncIterable<ReadRecord>,
): Promise<Result<number, Extract<ReadRecord, { ok: false }>["code"]>> => {
  let madeAt = 0;
  for await (const record of records) {
    if (!record.ok) return record;
    if (record.value.type === "manifest") madeAt = record.value.madeAt;
  }
  return accept(madeAt);
};

export type Reading = {
  readonly file: FileSource;
  readonly head: BackupHead;
  readonly masterKey: MasterKey;
  readonly work: Work;
};

/** A restore reads a file twice: through to its end, then to put it back. The progress of one of the two. */
export const readingHalf = (
  { file, head, masterKey, work }: Reading,
  which: 0 | 1,
): Parameters<typeof readBackup> => [
  file,
  head,
  masterKey,
  { ...work, progress: (done, all) => work.progress(which * all + done, 2 * all) },
];
