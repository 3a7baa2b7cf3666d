import type { FileSink, FileSource, SinkCode } from "../base/files.ts";
import type { Live } from "../base/live.ts";
import type { Result } from "../base/result.ts";
import type { Work } from "../base/work.ts";
import type { StoreCode } from "../ledger/stores.ts";
import type { UnlockCode } from "./doorCodes.ts";

/** Sealed copies of everything that one person has here. My room has its own, and is in no other. */
export type Backups = {
  readonly state: Live<BackupState>;
  /** Asks for the passphrase once, so that a backup opens with it on any computer. Long (Argon2id). */
  readonly setUp: (passphrase: string) => Promise<Result<void, UnlockCode | "ROOM_LOCKED">>;
  /** The vault was sealed anew with this passphrase: where `setUp` was done before, it is done again. */
  readonly follow: (passphrase: string) => Promise<Result<void, UnlockCode | "ROOM_LOCKED">>;
  /**
   * Writes everything, reads it back through `readBack`, and only then says so. Progress in bytes. Where the shell
   * cannot read what it wrote (a download), `readBack` is undefined: then it is written and nothing is noted. After
   * any refusal the caller takes away what stands at `to`.
   */
  readonly make: (
    to: FileSink,
    readBack: (() => Promise<Result<FileSource, SinkCode>>) | undefined,
    work: Work,
  ) => Promise<Result<void, BackupCode>>;
  /** Reads a backup of this journal through to its end: whole, or why not. Changes nothing but `madeAt`. */
  readonly check: (
    file: FileSource,
    work: Work,
  ) => Promise<Result<{ readonly madeAt: number }, CheckCode>>;
  readonly setEvery: (every: BackupEvery) => Promise<Result<void, StoreCode>>;
  /** A backup by schedule is due now, by this computer's clock. */
  readonly isDue: () => boolean;
};

/**
 * Of my room: made by hand, with the passphrase asked anew each time the room was opened. Nothing is noted anywhere
 * of whether there is one.
 */
export type RoomBackups = Omit<Backups, "setEvery" | "isDue">;

export type BackupEvery = "never" | "day" | "week";

export type BackupState = {
  /** `setUp` was done, for the passphrase as it is now. */
  readonly ready: boolean;
  readonly every: BackupEvery;
  /** Of the last one that was read back whole, ms. */
  readonly madeAt: number | undefined;
};

/** NOT_SET_UP: the passphrase was not asked yet. NOT_READ_BACK: what is on the disk is not what was written. */
export type BackupCode =
  | "NOT_SET_UP"
  | "CANCELLED"
  | "NOT_READ_BACK"
  | "ROOM_LOCKED"
  | SinkCode
  | StoreCode;

/** OTHER_JOURNAL: it is a backup, of something else than what is open here. */
export type CheckCode =
  | Extract<
      RestoreCode,
      | "NOT_A_BACKUP"
      | "NEWER_BACKUP"
      | "CUT_SHORT"
      | "BACKUP_ALTERED"
      | "WRONG_KIND"
      | "CANCELLED"
      | "FILE_GONE"
    >
  | "OTHER_JOURNAL"
  | "ROOM_LOCKED";

/**
 * NOT_A_BACKUP: some other file. NEWER_BACKUP: of a later Twofold. CUT_SHORT: its end is missing. BACKUP_ALTERED: its
 * bytes are not what was written. WRONG_KIND: my room's backup where the journal's is asked for, or the reverse.
 * EXISTS: something is here already, and nothing is written over.
 */
export type RestoreCode =
  | "NOT_A_BACKUP"
  | "NEWER_BACKUP"
  | "CUT_SHORT"
  | "BACKUP_ALTERED"
  | "WRONG_KIND"
  | "EXISTS"
  | "CANCELLED"
  | "FILE_GONE"
  | UnlockCode
  | StoreCode;

export type BackupSecret =
  | { readonly passphrase: string }
  | { readonly words: readonly string[]; readonly newPassphrase: string };
