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
