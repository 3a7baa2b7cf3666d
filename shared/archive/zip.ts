import { type FileEntry, ZipReader } from "@zip.js/zip.js/lib/zip-core-reader.js";
import type { FileSource } from "../base/files.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { ArchivedFile } from "./archivedFile.ts";

/**
 * NOT_A_ZIP: some other file. ZIP_DAMAGED: its end is missing, or what it says of its files cannot be. ZIP_UNSAFE: a
 * name in it leads out of it, or two are the same. ZIP_TOO_MANY, ZIP_TOO_LARGE: more than anyone has written.
 */
export type ZipCode =
  | "NOT_A_ZIP"
  | "ZIP_DAMAGED"
  | "ZIP_ENCRYPTED"
  | "ZIP_UNSAFE"
  | "ZIP_TOO_MANY"
  | "ZIP_TOO_LARGE"
  | "FILE_GONE";

export const zipBounds = {
  files: 100_000,
  /** Bytes, of all files together once they are unpacked. */
  unpacked: 256 * 1024 ** 3,
  /** Unpacked to packed, of one file beyond `smallFile`. Deflate itself ends at 1,032. */
  ratio: 250,
  smallFile: 1024 ** 2,
  /** Bytes read at one time: the list of all files at most. */
  read: 64 * 1024 ** 2,
} as const;

/**
 * Read piece by piece, never as a whole, and never by a worker. Everything the file says of itself is judged before
 * anything is unpacked; what is unpacked is counted again, whatever was said. Archives within are files like others.
 */
export const openZip = async (
  source: FileSource,
): Promise<Result<readonly ArchivedFile[], ZipCode>> => {
  const reader = readerOf(source);
  const zip = new ZipReader(reader, {
    useWebWorkers: false,
    checkCrc32: true,
    strictness: "balanced",
    filenameValidation: "tolerant",
  });
  const entries: FileEntry[] = [];
  try {
    let count = 0;
    for await (const entry of zip.getEntriesGenerator()) {
      count += 1;
      if (count > zipBounds.files) return refuse("ZIP_TOO_MANY");
      if (entry.encrypted) return refuse("ZIP_ENCRYPTED");
      if (!isSafeName(entry.filename)) return refuse("ZIP_UNSAFE", "name");
      if (!entry.directory && !entry.symlink) entries.push(entry);
    }
  } catch (thrown) {
    if (reader.isGone()) return refuse("FILE_GONE");
    return refuse((await looksLikeZip(source)) ? "ZIP_DAMAGED" : "NOT_A_ZIP", String(thrown));
  }
  const judged = judge(entries, source.size);
  if (!judged.ok) return judged;
  return accept(entries.map((entry) => fileOf(entry, reader)));
};

const judge = (entries: readonly FileEntry[], size: number): Result<void, ZipCode> => {
  const names = new Set(entries.map(({ filename }) => filename.normalize("NFC")));
  if (names.size < entries.length) return refuse("ZIP_UNSAFE", "two of one name");
  let unpacked = 0;
  let end = 0;
  for (const entry of entries.toSorted((one, other) => one.offset - other.offset)) {
    const { offset, compressedSize, uncompressedSize, rawFilename } = entry;
    // Files that lie upon each other unpack to far more than there is.
    if (offset < end) return refuse("ZIP_DAMAGED", "overlap");
    end = offset + localHeader + rawFilename.length + compressedSize;
    if (!Number.isSafeInteger(end) || end > size) return refuse("ZIP_DAMAGED", "beyond its end");
    unpacked += uncompressedSize;
    const largest = Math.max(zipBounds.smallFile, compressedSize * zipBounds.ratio);
    if (uncompressedSize > largest || unpacked > zipBounds.unpacked) return refuse("ZIP_TOO_LARGE");
  }
  return accept(undefined);
};

/** Bytes before the name. */
const localHeader = 30;

const isSafeName = (name: string): boolean =>
  name.length <= 1_024 &&
  !/[\\\p{Cc}]/u.test(name) &&
  !/^[a-z]:/i.test(name) &&
  name
    .replace(/\/$/, "")
    .split("/")
    .every((part) => part !== "" && part !== "." && part !== "..");

const fileOf = (entry: FileEntry, { isGone }: ZipSource): ArchivedFile => ({
  path: entry.filename.normalize("NFC"),
  size: entry.uncompressedSize,
  modifiedAt: entry.lastModDate?.getTime(),
  read: async (most) => {
    if (entry.uncompressedSize > most) return refuse("FILE_TOO_LARGE");
    const bytes = new Uint8Array(entry.uncompressedSize);
    let filled = 0;
    try {
      await entry.getData(
        new WritableStream({
          write: (chunk: Uint8Array) => {
            // Throws where more comes than the archive has said.
            bytes.set(chunk, filled);
            filled += chunk.length;
          },
        }),
        { useWebWorkers: false, checkCrc32: true },
      );
    } catch (thrown) {
      return isGone() ? refuse("FILE_GONE") : refuse("FILE_DAMAGED", String(thrown));
    }
    return filled === bytes.length ? accept(bytes) : refuse("FILE_DAMAGED", "shorter than said");
  },
});

type ZipSource = ReturnType<typeof readerOf>;

const readerOf = (source: FileSource) => {
  let gone = false;
  const read = async (from: number, length: number): Promise<Uint8Array> => {
    if (length > zipBounds.read) throw new Error("too much at once");
    if (from >= source.size || length <= 0) return new Uint8Array();
    const bytes = await source.read(from, Math.min(length, source.size - from));
    if (bytes.ok) return bytes.value;
    gone = true;
    throw new Error(bytes.code);
  };
  const createReadable = ({ offset = 0, size = source.size }: Part = {}) => {
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const bytes = await read(offset + at, Math.min(readAtOnce, size - at));
        at += bytes.length;
        if (bytes.length > 0) controller.enqueue(bytes);
        if (bytes.length === 0 || at >= size) controller.close();
      },
    });
  };
  return {
    size: source.size,
    isGone: () => gone,
    init: async () => {},
    readUint8Array: read,
    createReadable,
    get readable() {
      return createReadable();
    },
  };
};

type Part = { readonly offset?: number; readonly size?: number };

const readAtOnce = 256 * 1024;

const looksLikeZip = async (source: FileSource): Promise<boolean> => {
  const head = await source.read(0, 4);
  return head.ok && head.value[0] === 0x50 && head.value[1] === 0x4b && (head.value[2] ?? 9) < 9;
};
