import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { LedgerStores } from "../../ledger/stores.ts";
import { writeKeyringContent } from "../../people/keyringContent.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import { createBackupDesk, type BackupDesk } from "./backupDesk.ts";
import { keyringNotes } from "./backupNotes.ts";
import type { BackupVault } from "./backupVault.ts";
import type { KeyringKeeper } from "../keys/keyringKeeper.ts";

export type JournalBackupsParts = {
  readonly masterKey: MasterKey;
  readonly keyring: KeyringKeeper;
  readonly backupVault: BackupVault;
  readonly kept: LedgerStores;
  readonly carried: () => LedgerStores | undefined;
  readonly clock: Clock;
  readonly random: Random;
};

/** Backups of the shared side: keyring, drafts and marks, and all that was shared by either. */
export const openJournalBackups = async ({
  masterKey,
  keyring,
  backupVault,
  kept,
  carried,
  clock,
  random,
}: JournalBackupsParts): Promise<BackupDesk> => {
  const desk = createBackupDesk({
    kind: "journal",
    inside: () => {
      const travels = carried();
      return {
        masterKey,
        keyring: writeKeyringContent(keyring.content.read()),
        ledgers: [
          ["kept", kept],
          ...(travels === undefined ? [] : [["carried", travels] as const]),
        ],
      };
    },
    vault: backupVault,
    notes: keyringNotes(keyring),
    clock,
    random,
  });
  await desk.look();
  return desk;
};
