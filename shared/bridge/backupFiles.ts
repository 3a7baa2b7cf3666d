import type { SinkCode } from "../base/files.ts";
import type { Result } from "../base/result.ts";
import type { ChosenFolder } from "./chosenFolder.ts";

/**
 * Where sealed backups are written: one file at a time, in pieces. The shell alone knows where; what crosses the
 * bridge is a ticket for the file in hand and, to be shown, the folder's own name.
 */
export type BackupFiles = {
  readonly folder: () => Promise<ChosenFolder>;
  /** Asks the person; the answer is what is kept now, the same as before where they chose none. */
  readonly chooseFolder: () => Promise<Result<ChosenFolder, BackupFilesCode>>;
  /** Only after a press: a browser asks its person whether this page may go on writing there. */
  readonly askAgain: () => Promise<ChosenFolder>;
  readonly forgetFolder: () => Promise<Result<void, BackupFilesCode>>;
  /** "ask": the person says where, this once; undefined where they say nowhere. Whatever was in hand is given up. */
  readonly begin: (
    where: "folder" | "ask",
  ) => Promise<Result<BegunFile | undefined, BackupFilesCode>>;
  /** At most 1 MiB at a time, one after another. */
  readonly write: (ticket: number, bytes: Uint8Array) => Promise<Result<void, BackupFilesCode>>;
  /** All of it is on the disk. Its size, bytes. */
  readonly finish: (ticket: number) => Promise<Result<number, BackupFilesCode>>;
  /** What is on the disk now, at most 1 MiB at a time. */
  readonly read: (
    ticket: number,
    from: number,
    length: number,
  ) => Promise<Result<Uint8Array, BackupFilesCode>>;
  /** It is a backup; in the folder, all but the newest few of this journal's go. */
  readonly keep: (ticket: number) => Promise<Result<void, BackupFilesCode>>;
  /** Leaves nothing of it behind. */
  readonly discard: (ticket: number) => Promise<Result<void, BackupFilesCode>>;
};

/** `readable`: what was written can be read again here; a download cannot. */
export type BegunFile = { readonly ticket: number; readonly readable: boolean };

/** BAD_REQUEST: a ticket of no file, or more at once than is taken. */
export type BackupFilesCode = SinkCode | "BAD_REQUEST";

/** Bytes that cross the bridge at once. */
export const backupBytesAtOnce = 1024 * 1024;

/** So many backups of one journal stay in the folder. */
export const backupsKept = 3;
