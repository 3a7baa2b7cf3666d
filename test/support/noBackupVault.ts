import { accept, refuse } from "../../shared/base/result.ts";
import type { BackupVault } from "../../shared/journal/backup/backupVault.ts";
import type { ComputerKeyVault } from "../../shared/journal/keys/computerKey.ts";
import type { RecoveryVault } from "../../shared/journal/keys/recovery.ts";
import type { RoomVault } from "../../shared/journal/room/roomVault.ts";

/** For a journal that was opened without a vault file: it can make no backup. */
export const noBackupVault: BackupVault = {
  makeHalf: async () => refuse("DISK_FAILED"),
  join: async () => accept(undefined),
};

/** Of every journal that was opened without a vault file. */
export const deskPassphrase = "a kettle under the moon";

/** The same for everything else that is done to a vault file from inside. */
export const noRecoveryVault: RecoveryVault = {
  change: async () => refuse("DISK_FAILED"),
  changePassphrase: async () => refuse("DISK_FAILED"),
  opens: async (passphrase) =>
    passphrase === deskPassphrase ? accept(undefined) : refuse("WRONG_SECRET"),
  fits: async () => refuse("DISK_FAILED"),
};

export const noComputerKey: ComputerKeyVault = {
  deviceSecret: {
    obtain: async () => refuse("KEYCHAIN_REFUSED"),
    renew: async () => refuse("KEYCHAIN_REFUSED"),
    forgetEarlier: async () => accept(undefined),
  },
  held: { now: () => ({ secret: new Uint8Array(32), kept: "nowhere" }), set: () => {} },
  isAnyAside: async () => false,
};

/** The part of a room's vault that tests without a vault file never reach. */
export const noRoomChanges = {
  check: async () => refuse("DISK_FAILED"),
  changePassphrase: async () => refuse("DISK_FAILED"),
  sealAgain: async () => refuse("DISK_FAILED"),
  isUnused: async () => accept(false),
  layNoise: async () => accept(undefined),
  close: async () => {},
} satisfies Partial<RoomVault>;
