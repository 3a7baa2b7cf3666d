import type { FileSource } from "../../base/files.ts";
import { refuse, type Result } from "../../base/result.ts";
import type { Work } from "../../base/work.ts";
import { readPieces } from "../../crypto/pieces.ts";
import {
  capsuleHeadLength,
  capsuleKeys,
  capsulePieceLength,
  type CapsuleFileCode,
  type CapsuleHead,
} from "./head.ts";
import {
  createCapsuleOrder,
  decodeCapsuleRecord,
  readCapsuleRecordStart,
  recordStartLength,
  type CapsuleRecord,
} from "./records.ts";

export type ReadCapsuleParts = {
  readonly source: FileSource;
  readonly head: CapsuleHead;
  readonly root: Uint8Array;
  /** Progress in bytes of the file. */
  readonly work: Work;
};

export type ReadCapsuleRecord = Result<CapsuleRecord, CapsuleFileCode | "CANCELLED">;

/**
 * The records of a capsule, each only after its bytes were authenticated; the file is whole only once the generator
 * has ended by itself. The first refusal is the last thing that comes.
 */
export const readCapsule = async function* ({
  source,
  head,
  root,
  work,
}: ReadCapsuleParts): AsyncGenerator<ReadCapsuleRecord, void, undefined> {
  const pieces = readPieces({
    source,
    from: capsuleHeadLength,
    key: capsuleKeys(root, head.bound).key,
    header: head.streamHeader,
    pieceLength: capsulePieceLength,
    altered: "CAPSULE_ALTERED",
    work,
  });
  const takeRecord = async (): Promise<ReadCapsuleRecord> => {
    const start = await pieces.take(recordStartLength);
    if (!start.ok) return start;
    const begun = readCapsuleRecordStart(start.value);
    if (!begun.ok)
      return begun.code === "NEWER_CAPSULE"
        ? refuse("NEWER_CAPSULE")
        : refuse("CAPSULE_ALTERED", "no record");
    const body = await pieces.take(begun.value.length);
    if (!body.ok) return body;
    const record = decodeCapsuleRecord(begun.value.type, body.value);
    return record.ok ? record : refuse("CAPSULE_ALTERED", "not a record");
  };

  const order = createCapsuleOrder();
  for (;;) {
    const record = await takeRecord();
    if (!record.ok) return yield record;
    if (!order.fits(record.value)) return yield refuse("CAPSULE_ALTERED", "out of order");
    if (record.value.type === "end") {
      const padded = await pieces.zerosToTheEnd();
      return yield padded.ok ? record : padded;
    }
    yield record;
  }
};
