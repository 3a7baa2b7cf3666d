import type { FileSink, FileSource, SinkCode } from "../base/files.ts";
import type { Result } from "../base/result.ts";
import type { Work } from "../base/work.ts";
import type { StoreCode } from "../ledger/stores.ts";

/**
 * Sealed files that carry what the two share where no connection does: on a stick, by mail, in a chat (PROTOCOL §8).
 * In what order they are opened, how often, and whether one is lost does not matter.
 */
export type Capsules = {
  /**
   * "new": what the partner is not known to hold, words and photos, and what was received from them. "all": everything
   * of mine that is shared. Progress in bytes. After any refusal nothing stands at `to`.
   */
  readonly write: (
    what: "new" | "all",
    to: FileSink,
    work: Work,
  ) => Promise<Result<void, CapsuleWriteCode>>;
  /** Read through to its end first: of a file that is not whole nothing is taken in. Progress in bytes. */
  readonly take: (file: FileSource, work: Work) => Promise<Result<CapsuleTaken, CapsuleReadCode>>;
};

/** `brought`: whether there was anything that was not here already. How much is not said. */
export type CapsuleTaken = { readonly brought: boolean };

/** NOT_PAIRED: there is nobody to write to. SHARING_PAUSED: this journal came back from a backup. */
export type CapsuleWriteCode = "NOT_PAIRED" | "SHARING_PAUSED" | "CANCELLED" | SinkCode | StoreCode;

/**
 * NOT_A_CAPSULE: some other file. IS_A_BACKUP: by how it begins; the ending of both names is the same. NEWER_CAPSULE: of a later Twofold. CUT_SHORT: its end is missing. CAPSULE_ALTERED: its
 * bytes are not what was written. OTHER_COUPLE: whole, but not for this journal. OWN_CAPSULE: written here, for the
 * partner. FILE_GONE: it cannot be read any more.
 */
export type CapsuleReadCode =
  | "NOT_A_CAPSULE"
  | "IS_A_BACKUP"
  | "NEWER_CAPSULE"
  | "CUT_SHORT"
  | "CAPSULE_ALTERED"
  | "OTHER_COUPLE"
  | "OWN_CAPSULE"
  | "FILE_GONE"
  | "NOT_PAIRED"
  | "SHARING_PAUSED"
  | "CANCELLED"
  | StoreCode;
