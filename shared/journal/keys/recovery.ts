import { createCell, type Cell, type Live } from "../../base/live.ts";
import { createQueue, type Queue } from "../../base/queue.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { UnlockCode } from "../doorCodes.ts";
import type { WordsCheck } from "../journal.ts";
import type { KeyringKeeper } from "./keyringKeeper.ts";
import { createWordsCheck } from "./wordsCheck.ts";

/** The vault file's side of what is done to it from inside. Nothing is on the disk before `write`. */
export type RecoveryVault = {
  readonly change: (passphrase: string) => Promise<Result<ChangedVault, UnlockCode>>;
  /** The same keys under another passphrase. */
  readonly changePassphrase: (
    current: string,
    next: string,
  ) => Promise<Result<Pick<ChangedVault, "write">, UnlockCode>>;
  /** Whether this passphrase opens the vault as it is now; wrong ones are counted. Changes nothing. */
  readonly opens: (passphrase: string) => Promise<Result<void, UnlockCode>>;
  /** Whether these words open the vault as it is now. Derives nothing, changes nothing. */
  readonly fits: (words: readonly string[]) => Promise<Result<void, UnlockCode>>;
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
  readonly changePassphrase: (current: string, next: string) => Promise<Result<void, UnlockCode>>;
  readonly check: WordsCheck;
  /** Waits for a vault that is being written; a later one is refused, so that none is written behind a lock. */
  readonly close: () => Promise<void>;
};

export type RecoveryParts = {
  readonly vault: RecoveryVault;
  readonly keyring: KeyringKeeper;
  /** One change of the vault file after the other: each begins from what the one before has left. */
  readonly changing: Queue;
  readonly now: () => number;
};

/** New words, another passphrase, and whether somebody has said that they have the words on paper. */
export const createRecovery = ({ vault, keyring, changing, now }: RecoveryParts): Recovery => {
  const wordsKept: Cell<boolean> = createCell(
    keyring.content.read().settings["wordsKept"] === true,
  );
  const turn = createQueue();
  let closed = false;
  const check = createWordsCheck({ vault, keyring, wordsKept, now });

  const mark = async (kept: boolean): Promise<Result<void, StoreCode>> => {
    const saved = await keyring.change((was) => ({
      ...was,
      settings: { ...was.settings, wordsKept: kept, ...check.firstTime() },
    }));
    if (!saved.ok) return saved;
    wordsKept.set(kept);
    check.look();
    return saved;
  };
  const unlessClosed = (
    write: () => Promise<Result<void, UnlockCode>>,
  ): Promise<Result<void, UnlockCode>> =>
    turn(async () => (closed ? refuse("DISK_FAILED", "locked meanwhile") : write()));

  return {
    wordsKept,
    keepWords: () => turn(() => mark(true)),
    newWords: (passphrase) =>
      changing(async () => {
        const changed = await vault.change(passphrase);
        if (!changed.ok) return changed;
        const written = await unlessClosed(async () => {
          // Before the vault: whoever dies in between is asked once too often, and never believes in words that nobody has.
          const marked = await mark(false);
          if (!marked.ok) return refuse("DISK_FAILED", marked.code);
          return changed.value.write();
        });
        return written.ok ? accept(changed.value.words) : written;
      }),
    changePassphrase: (current, next) =>
      changing(async () => {
        const changed = await vault.changePassphrase(current, next);
        return changed.ok ? unlessClosed(changed.value.write) : changed;
      }),
    check,
    close: () =>
      turn(async () => {
        closed = true;
      }),
  };
};
