import type { FileSink, SinkCode } from "../base/files.ts";
import type { Random } from "../base/random.ts";
import { accept, type Result } from "../base/result.ts";
import { writePieces } from "../crypto/pieces.ts";
import type { MasterKey } from "../vault/masterKey.ts";
import {
  backupKeys,
  backupSaltLength,
  boundHead,
  encodeHead,
  pieceLength,
  type BackupKind,
} from "./head.ts";
import { encodeRecord, type BackupRecord } from "./records.ts";

export type WriteBackupParts<Code extends string> = {
  readonly kind: BackupKind;
  readonly masterKey: MasterKey;
  /** Opens on any computer. */
  readonly vault: Uint8Array;
  /** Ends with the manifest's counterpart, the "end" record. */
  readonly records: AsyncIterable<Result<BackupRecord, Code>>;
  readonly to: FileSink;
  readonly random: Random;
  readonly cancelled: () => boolean;
  /** Bytes of the file so far. */
  readonly wrote: (bytes: number) => void;
};

/** What was written, to be found again when it is read back. */
export type WrittenBackup = { readonly size: number; readonly head: Uint8Array };

/**
 * Never holds more than a piece and a record in memory. Whatever is refused, the sink is aborted and leaves nothing;
 * on `ok` it is finished.
 */
export const writeBackup = async <Code extends string>(
  parts: WriteBackupParts<Code>,
): Promise<Result<WrittenBackup, Code | SinkCode | "CANCELLED">> => {
  const bound = boundHead(parts.kind, parts.vault, parts.random(backupSaltLength));
  const { commit, key } = backupKeys(parts.masterKey, bound);
  let size = 0;
  const put = async (bytes: Uint8Array): Promise<Result<void, SinkCode>> => {
    const written = await parts.to.write(bytes);
    if (!written.ok) return written;
    size += bytes.length;
    parts.wrote(size);
    return written;
  };
  const pieces = writePieces({ key, pieceLength, put, cancelled: parts.cancelled });
  const head = encodeHead(bound, commit, pieces.header);
  const addAll = async (): Promise<Result<void, Code | SinkCode | "CANCELLED">> => {
    const begun = await put(head);
    if (!begun.ok) return begun;
    for await (const record of parts.records) {
      if (!record.ok) return record;
      const added = await pieces.add(encodeRecord(record.value));
      if (!added.ok) return added;
    }
    return pieces.end(paddedPieces);
  };

  const added = await addAll();
  pieces.forget();
  const done = added.ok ? await parts.to.finish() : added;
  if (done.ok) return accept({ size, head });
  await parts.to.abort();
  return done;
};

const piecesInMiB = (1024 * 1024) / pieceLength;

/**
 * Whole MiB, at least one; of more than 16, only the five leading bits are told, which costs at most a sixteenth
 * (as Padmé does, PROTOCOL §6). So a file's size says roughly how much there is, and two in a row look alike.
 */
export const paddedPieces = (pieces: number): number => {
  const whole = Math.ceil(pieces / piecesInMiB);
  const step = 2 ** Math.max(0, Math.floor(Math.log2(whole)) - 4);
  return Math.ceil(whole / step) * step * piecesInMiB;
};
