import { concatBytes } from "../../base/bytes.ts";
import { breathe, type Clock } from "../../base/clock.ts";
import type { SinkCode } from "../../base/files.ts";
import type { DeviceId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { accept, type Result } from "../../base/result.ts";
import type { CarriedEnvelope } from "../../envelope/envelope.ts";
import type { WrittenRecord } from "../capsule/records.ts";
import { writeCapsule } from "../capsule/writeCapsule.ts";
import type { Statement } from "./openFile.ts";

export type FileRecords = {
  readonly turn: number;
  /** Undefined: this file says nothing of its writer's state. */
  readonly statement: Omit<Statement, "turn"> | undefined;
  readonly envelopes: readonly CarriedEnvelope[];
  readonly chunks: readonly Uint8Array[];
};

export type SealFileParts = {
  readonly root: Uint8Array;
  readonly me: DeviceId;
  readonly clock: Clock;
  readonly random: Random;
  /** No turn for the screen any more. */
  readonly hurried: () => boolean;
};

/** Pieces of the stream that are sealed before the screen gets its turn: 1 MiB. */
const piecesAtOnce = 16;

/** A capsule in memory. */
export const sealFile = async (
  records: FileRecords,
  { root, me, clock, random, hurried }: SealFileParts,
): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  const written = await writeCapsule({
    root,
    random,
    records: inOrder(me, records),
    to: {
      write: async (bytes): Promise<Result<void, SinkCode>> => {
        pieces.push(bytes.slice());
        if (pieces.length % piecesAtOnce === 0 && !hurried()) await breathe(clock);
        return accept(undefined);
      },
      finish: async () => accept(undefined),
      abort: async () => {},
    },
    cancelled: () => false,
    wrote: () => {},
  });
  if (!written.ok) throw new Error(`memory refuses nothing: ${written.code}`);
  return concatBytes(...pieces);
};

const inOrder = async function* (
  writer: DeviceId,
  { turn, statement, envelopes, chunks }: FileRecords,
): AsyncGenerator<Result<WrittenRecord, never>, void, undefined> {
  yield accept({ type: "heads", writer, heads: statement?.heads ?? [] });
  yield accept({ type: "folder", turn });
  const wanted = statement?.wanted ?? [];
  if (wanted.length > 0) yield accept({ type: "wanted", names: wanted });
  for (const envelope of envelopes) yield accept({ type: "envelope", envelope });
  for (const bytes of chunks) yield accept({ type: "chunk", bytes });
  yield accept({ type: "end", envelopes: envelopes.length, chunks: chunks.length });
};
