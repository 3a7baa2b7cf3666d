import { accept, refuse } from "../../shared/base/result.ts";
import type { BackupVault } from "../../shared/journal/backup/backupVault.ts";

/** For a journal that was opened without a vault file: it can make no backup. */
export const noBackupVault: BackupVault = {
  makeHalf: async () => refuse("DISK_FAILED"),
  join: async () => accept(undefined),
};
