import type { FileSink, SinkCode } from "../../base/files.ts";
import type { Random } from "../../base/random.ts";
import { accept, type Result } from "../../base/result.ts";
import { padmeRounded } from "../../crypto/padme.ts";
import { writePieces } from "../../crypto/pieces.ts";
import {
  boundOf,
  capsuleKeys,
  capsulePieceLength,
  capsuleSaltLength,
  encodeCapsuleHead,
} from "./head.ts";
import { encodeCapsuleRecord, type WrittenRecord } from "./records.ts";

export type WriteCapsuleParts<Code extends string> = {
  /** `capsuleRootOf` the couple root key. */
  readonly root: Uint8Array;
  /** In the order of records.ts, with their end. */
  readonly records: AsyncIterable<Result<WrittenRecord, Code>>;
  readonly to: FileSink;
  readonly random: Random;
  readonly cancelled: () => boolean;
  /** Bytes of the file so far. */
  readonly wrote: (bytes: number) => void;
};

/**
 * Never holds more than a piece and a record in memory. Whatever is refused, the sink is aborted and leaves nothing;
 * on `ok` it is finished. Of the size no more is told than Padmé tells of a number of pieces (PROTOCOL §6).
 */
export const writeCapsule = async <Code extends string>(
  parts: WriteCapsuleParts<Code>,
): Promise<Result<void, Code | SinkCode | "CANCELLED">> => {
  const bound = boundOf(parts.random(capsuleSaltLength));
  const { commit, key } = capsuleKeys(parts.root, bound);
  let size = 0;
  const put = async (bytes: Uint8Array): Promise<Result<void, SinkCode>> => {
    const written = await parts.to.write(bytes);
    if (!written.ok) return written;
    size += bytes.length;
    parts.wrote(size);
    return written;
  };
  const pieces = writePieces({
    key,
    pieceLength: capsulePieceLength,
    put,
    cancelled: parts.cancelled,
  });
  const putAll = async (): Promise<Result<void, Code | SinkCode | "CANCELLED">> => {
    const begun = await put(encodeCapsuleHead({ bound, commit, streamHeader: pieces.header }));
    if (!begun.ok) return begun;
    for await (const record of parts.records) {
      if (!record.ok) return record;
      const added = await pieces.add(encodeCapsuleRecord(record.value));
      if (!added.ok) return added;
    }
    return pieces.end(padmeRounded);
  };

  const written = await putAll();
  pieces.forget();
  const done = written.ok ? await parts.to.finish() : written;
  if (done.ok) return accept(undefined);
  await parts.to.abort();
  return done;
};
