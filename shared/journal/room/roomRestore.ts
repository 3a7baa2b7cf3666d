import type { FileSource } from "../../base/files.ts";
import { refuse, type Result } from "../../base/result.ts";
import type { Work } from "../../base/work.ts";
import { isSealedUnder, readHead } from "../../backup/head.ts";
import { emptyLedger, putAllBack } from "../../backup/putBack.ts";
import { readBackup, readingHalf, readThrough, type Reading } from "../../backup/readBackup.ts";
import { wipe } from "../../crypto/wipe.ts";
import type { PaddedStores } from "../../ledger/paddedStores.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import type { RestoreCode } from "../backups.ts";
import type { RoomCode } from "../journal.ts";

/** What a room that comes back needs of its vault file. */
export type RoomRestoreVault = {
  /** The vault in a backup of a room; wrong passphrases are counted as at the door. */
  readonly openPortable: (
    portable: Uint8Array,
    passphrase: string,
  ) => Promise<Result<MasterKey, RoomCode>>;
  /** Writes the vault of a room that came back from a backup. */
  readonly keep: (masterKey: MasterKey, passphrase: string) => Promise<Result<MasterKey, RoomCode>>;
};

export type RoomRestoreParts = {
  readonly file: FileSource;
  readonly passphrase: string;
  readonly work: Work;
  readonly vault: RoomRestoreVault;
  readonly openStores: (key: MasterKey) => Promise<Result<PaddedStores, StoreCode>>;
};

/**
 * My room from a backup, into a room that was never made: read through first, then put back, the vault last. What a
 * kill leaves before that is sealed under a key that nothing here has, and looks like the room's fillers.
 */
export const restoreRoom = async ({
  file,
  passphrase,
  work,
  vault,
  openStores,
}: RoomRestoreParts): Promise<Result<MasterKey, RestoreCode | RoomCode>> => {
  const head = await readHead(file, "room");
  if (!head.ok) return head;
  const opened = await vault.openPortable(head.value.vault, passphrase);
  if (!opened.ok) return opened;
  const masterKey = opened.value;
  const put = isSealedUnder(head.value, masterKey)
    ? await putBack({ file, head: head.value, masterKey, work }, openStores)
    : refuse("BACKUP_ALTERED");
  const kept = put.ok ? await vault.keep(masterKey, passphrase) : put;
  if (!kept.ok) wipe(masterKey);
  return kept;
};

const putBack = async (
  reading: Reading,
  openStores: RoomRestoreParts["openStores"],
): Promise<Result<void, RestoreCode>> => {
  const whole = await readThrough(readBackup(...readingHalf(reading, 0)));
  if (!whole.ok) return whole;
  const stores = await openStores(reading.masterKey);
  if (!stores.ok) return stores;
  const cleared = await emptyLedger(stores.value);
  const written = cleared.ok
    ? await putAllBack(readBackup(...readingHalf(reading, 1)), () => stores.value)
    : cleared;
  if (!written.ok) await emptyLedger(stores.value);
  await stores.value.leave();
  return written;
};
