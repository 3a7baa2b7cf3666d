import type { FileSource } from "../base/files.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Work } from "../base/work.ts";
import { readPieces } from "../crypto/pieces.ts";
import type { MasterKey } from "../vault/masterKey.ts";
import { backupKeys, pieceLength, type BackupFileCode, type BackupHead } from "./head.ts";
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
  const pieces = readPieces({
    source,
    from: head.length,
    key: backupKeys(masterKey, head.bound).key,
    header: head.streamHeader,
    pieceLength,
    altered: "BACKUP_ALTERED",
    work,
  });
  const takeRecord = async (): Promise<ReadRecord> => {
    const start = await pieces.take(recordStartLength);
    if (!start.ok) return start;
    const length = readRecordStart(start.value);
    if (!length.ok) return refuse("BACKUP_ALTERED", "no record");
    const body = await pieces.take(length.value);
    if (!body.ok) return body;
    const record = decodeRecord(start.value[0] ?? 0, body.value);
    return record.ok ? record : refuse("BACKUP_ALTERED", "not a record");
  };

  const order = createOrder(head);
  for (;;) {
    const record = await takeRecord();
    if (!record.ok) return yield record;
    if (!order.fits(record.value)) return yield refuse("BACKUP_ALTERED", "out of order");
    if (record.value.type === "end") {
      const padded = await pieces.zerosToTheEnd();
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
