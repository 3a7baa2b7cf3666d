import type { Result } from "../base/result.ts";

/**
 * Files with Twofold's ending that a person opened on the desktop, by a double click for one. The shell alone knows
 * where they lie; what crosses the bridge is a ticket for each and, to be shown, its own name. Nothing of a file is
 * read before it is begun.
 */
export type OpenedFiles = {
  /** What came before somebody listened comes at once. */
  readonly onArrival: (listener: (arrived: ArrivedFiles) => void) => () => void;
  /** Its size from here on, bytes. FILE_GONE: it is not there any more, or is no file. */
  readonly begin: (ticket: number) => Promise<Result<number, OpenedFilesCode>>;
  /** At most 1 MiB at a time, of a file that was begun; fewer only at its end. */
  readonly read: (
    ticket: number,
    from: number,
    length: number,
  ) => Promise<Result<Uint8Array, OpenedFilesCode>>;
  /** The ticket is worth nothing afterwards. */
  readonly done: (ticket: number) => Promise<Result<void, OpenedFilesCode>>;
};

/** `more`: others were opened along with these that nobody holds a ticket of. */
export type ArrivedFiles = { readonly files: readonly OpenedFile[]; readonly more: boolean };

/** `name`: to be shown only; what could disturb the words around it is replaced. */
export type OpenedFile = { readonly ticket: number; readonly name: string };

/** BAD_REQUEST: a ticket of no file, or more at once than is given. */
export type OpenedFilesCode = "FILE_GONE" | "BAD_REQUEST";

/** So many have a ticket at one time. */
export const openedFilesAtOnce = 16;

/** Bytes that cross the bridge at once. */
export const openedBytesAtOnce = 1_048_576;
