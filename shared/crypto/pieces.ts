import { concatBytes } from "../base/bytes.ts";
import type { FileSource } from "../base/files.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Work } from "../base/work.ts";
import { beginOpening, beginSealing, streamTagLength } from "./secretstream.ts";
import { wipe } from "./wipe.ts";

/**
 * The body of a sealed file: bytes without borders, cut into pieces of one length, each sealed, and zeros after them up
 * to the end of the last piece, which alone says that it is the last (docs/protocol.md, "Backups" and "Capsules").
 */
export type PieceWriter<Code extends string> = {
  /** 24 bytes; they go into the file's head. */
  readonly header: Uint8Array;
  readonly add: (bytes: Uint8Array) => Promise<Result<void, Code | "CANCELLED">>;
  /** Once. `rounded`: how many pieces there are to be, where so many are needed. */
  readonly end: (rounded: (pieces: number) => number) => Promise<Result<void, Code | "CANCELLED">>;
  /** After the end, or where it was given up. */
  readonly forget: () => void;
};

export type PieceWriterParts<Code extends string> = {
  /** For this one file; wiped. */
  readonly key: Uint8Array;
  /** Bytes of content in each piece. */
  readonly pieceLength: number;
  readonly put: (sealed: Uint8Array) => Promise<Result<void, Code>>;
  readonly cancelled: () => boolean;
};

/** Bytes of a piece in the file. */
export const sealedPieceLengthOf = (pieceLength: number): number => pieceLength + streamTagLength;

/** Never holds more than one piece. */
export const writePieces = <Code extends string>({
  key,
  pieceLength,
  put,
  cancelled,
}: PieceWriterParts<Code>): PieceWriter<Code> => {
  const stream = beginSealing(key);
  wipe(key);
  const piece = new Uint8Array(pieceLength);
  let filled = 0;
  let pieces = 0;

  const putPiece = (last: boolean): Promise<Result<void, Code>> => {
    const sealed = stream.seal(piece, last);
    piece.fill(0);
    filled = 0;
    pieces += 1;
    return put(sealed);
  };

  return {
    header: stream.header,
    add: async (bytes) => {
      for (let from = 0; from < bytes.length;) {
        if (cancelled()) return refuse("CANCELLED");
        // Only when more comes: the last piece has to say that it is the last.
        if (filled === pieceLength) {
          const written = await putPiece(false);
          if (!written.ok) return written;
        }
        const part = bytes.subarray(from, from + pieceLength - filled);
        piece.set(part, filled);
        filled += part.length;
        from += part.length;
      }
      return accept(undefined);
    },
    end: async (rounded) => {
      for (const wanted = rounded(pieces + 1); ;) {
        if (cancelled()) return refuse("CANCELLED");
        const last = pieces + 1 === wanted;
        const written = await putPiece(last);
        if (!written.ok || last) return written;
      }
    },
    forget: () => wipe(piece),
  };
};

/** Each byte comes only after its piece was authenticated. After a refusal nothing more is to be asked. */
export type PieceReader<Altered extends string> = {
  readonly take: (length: number) => Promise<Result<Uint8Array, PieceCode | Altered>>;
  /** Everything that follows is zeros, and the piece that says it is the last ends the file. */
  readonly zerosToTheEnd: () => Promise<Result<void, PieceCode | Altered>>;
};

export type PieceCode = "FILE_GONE" | "CUT_SHORT" | "CANCELLED";

export type PieceReaderParts<Altered extends string> = {
  readonly source: FileSource;
  /** Where the first piece begins. */
  readonly from: number;
  /** Wiped. */
  readonly key: Uint8Array;
  readonly header: Uint8Array;
  readonly pieceLength: number;
  /** What it is called where the bytes are not those that were written. */
  readonly altered: Altered;
  /** Progress in bytes of the file. */
  readonly work: Work;
};

export const readPieces = <Altered extends string>(
  parts: PieceReaderParts<Altered>,
): PieceReader<Altered> => {
  const { source, altered, work } = parts;
  const sealedLength = sealedPieceLengthOf(parts.pieceLength);
  const stream = beginOpening(parts.key, parts.header);
  wipe(parts.key);
  let at = parts.from;
  let ended = false;
  let unread: Uint8Array = new Uint8Array();

  const nextPiece = async (): Promise<Result<Uint8Array, PieceCode | Altered>> => {
    if (work.cancelled()) return refuse("CANCELLED");
    const read = await source.read(at, sealedLength);
    if (!read.ok) return read;
    if (read.value.length < sealedLength) return refuse("CUT_SHORT");
    const opened = stream.open(read.value);
    if (!opened.ok) return refuse(altered);
    at += read.value.length;
    work.progress(at, source.size);
    ended = opened.value.last;
    if (ended && at !== source.size) return refuse(altered, "more after the end");
    return accept(opened.value.piece);
  };

  return {
    take: async (length) => {
      while (unread.length < length) {
        if (ended) return refuse(altered, "a record beyond the end");
        const piece = await nextPiece();
        if (!piece.ok) return piece;
        unread = concatBytes(unread, piece.value);
      }
      const taken = unread.slice(0, length);
      unread = unread.subarray(length);
      return accept(taken);
    },
    zerosToTheEnd: async () => {
      for (;;) {
        if (unread.some((byte) => byte !== 0)) return refuse(altered, "words in the padding");
        if (ended) return accept(undefined);
        const piece = await nextPiece();
        if (!piece.ok) return piece;
        unread = piece.value;
      }
    },
  };
};
