import type { Result } from "./result.ts";

/** A file that somebody chose, read piece by piece: it may be larger than memory. */
export type FileSource = {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** At most `length` bytes from `from` on; fewer only at the end. FILE_GONE: it cannot be read any more. */
  readonly read: (from: number, length: number) => Promise<Result<Uint8Array, "FILE_GONE">>;
};

/** A file that is being written. Until `finish` has resolved ok nothing stands under its name. */
export type FileSink = {
  readonly write: (bytes: Uint8Array) => Promise<Result<void, SinkCode>>;
  readonly finish: () => Promise<Result<void, SinkCode>>;
  /** Leaves nothing behind. */
  readonly abort: () => Promise<void>;
};

export type SinkCode = "DISK_FULL" | "NO_PERMISSION" | "FOLDER_GONE" | "DISK_FAILED";

/**
 * A folder into which others write as well, some by way of a program that copies it between computers: names come, go
 * and are changed, and what stands under one may be half there. Only files with the ending of a capsule are seen, and
 * none in folders below.
 */
export type SharedFiles = {
  readonly list: () => Promise<Result<readonly ListedFile[], SharedFilesCode>>;
  /** All of it, at most `sharedFileLimit` bytes. */
  readonly read: (name: string) => Promise<Result<Uint8Array, SharedFilesCode>>;
  /** Whole or not at all, and never over a file that is there. */
  readonly put: (name: string, bytes: Uint8Array) => Promise<Result<void, SharedFilesCode>>;
  /** Ok also where it is gone already. */
  readonly remove: (name: string) => Promise<Result<void, SharedFilesCode>>;
  /** A hint that a look may be worth it; not every change gives one. */
  readonly onChange: (listener: () => void) => () => void;
};

/** `changed`: differs when the file does, as far as its system tells. */
export type ListedFile = {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly changed: number;
};

/** Bytes of one file in a shared folder. */
export const sharedFileLimit = 16 * 1_048_576;

/** FILE_GONE: no such file, or none any more. TOO_LARGE: over `sharedFileLimit`. */
export type SharedFilesCode = SinkCode | "FILE_GONE" | "TOO_LARGE" | "BAD_REQUEST";
