import { createCell, type Live } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { UnlockCode } from "../doorCodes.ts";
import type { KeyringKeeper } from "./keyringKeeper.ts";

/** The vault file's side of new recovery words. Nothing is on the disk before `write`. */
export type RecoveryVault = {
  readonly change: (passphrase: string) => Promise<Result<ChangedVault, UnlockCode>>;
};

export type ChangedVault = {
  readonly words: readonly string[];
  /** Replaces the vault file, atomically. */
  readonly write: () => Promise<Result<void, UnlockCode>>;
};

export type Recovery = {
  readonly wordsKept: Live<boolean>;
  readonly keepWords: () => Promise<Result<void, StoreCode>>;
  readonly newWords: (passphrase: string) => Promise<Result<readonly string[], UnlockCode>>;
  /** Waits for a vault that is being written; a later one is refused, so that none is written behind a lock. */
  readonly close: () => Promise<void>;
};

/** New words, and whether somebody has said that they have them on paper. */
export const createRecovery = (vault: RecoveryVault, keyring: KeyringKeeper): Recovery => {
  const wordsKept = createCell(keyring.content.read().settings["wordsKept"] === true);
  const turn = createQueue();
  let closed = false;

  const mark = async (kept: boolean): Promise<Result<void, StoreCode>> => {
    const saved = await keyring.change((now) => ({
      ...now,
      settings: { ...now.settings, wordsKept: kept },
    }));
    if (saved.ok) wordsKept.set(kept);
    return saved;
  };

  return {
    wordsKept,
    keepWords: () => turn(() => mark(true)),
    newWords: async (passphrase) => {
      const changed = await vault.change(passphrase);
      if (!changed.ok) return changed;
      return turn(async () => {
        if (closed) return refuse("DISK_FAILED", "locked meanwhile");
        // Before the vault: whoever dies in between is asked once too often, and never believes in words that nobody has.
        const marked = await mark(false);
        if (!marked.ok) return refuse("DISK_FAILED", marked.code);
        const written = await changed.value.write();
        return written.ok ? accept(changed.value.words) : written;
      });
    },
    close: () =>
      turn(async () => {
        closed = true;
      }),
  };
};
