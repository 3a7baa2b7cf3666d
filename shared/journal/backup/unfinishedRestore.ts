import { readUtf8, utf8 } from "../../base/bytes.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { emptyLedger } from "../../backup/putBack.ts";
import type { Bridge, SafeFileName } from "../../bridge/bridge.ts";
import type { LedgerStores, StoreCode } from "../../ledger/stores.ts";
import { noCouple, type OpenStores } from "../coupleStores.ts";

/**
 * Stands beside the other files from before a restore writes its first byte until after the vault is there: what
 * lies here is the beginning of a restore, and may be cleared. Holds the name of the carried ledger's databases.
 */
const marker: SafeFileName = "restoring";

type Safe = Pick<Bridge, "safe">;
type Cleared = Result<void, StoreCode | "DISK_FAILED">;

/** A restore was begun here and did not come to its end. Only where no vault is. */
export const isRestoreUnfinished = async ({ safe }: Safe): Promise<boolean> => {
  const found = await safe.read(marker);
  return found.ok && found.value !== undefined;
};

/** The vault is there, so it did come to its end. */
export const forgetRestore = async (bridge: Safe): Promise<void> => {
  if (await isRestoreUnfinished(bridge)) await bridge.safe.remove(marker);
};

/** Clears what an earlier one has left, and says that one begins. */
export const markRestore = async (
  bridge: Safe,
  openStores: OpenStores,
  carried: string,
): Promise<Cleared> => {
  const cleared = await clearUnfinishedRestore(bridge, openStores);
  if (!cleared.ok) return cleared;
  const marked = await bridge.safe.write(marker, utf8(carried));
  return marked.ok ? marked : refuse("DISK_FAILED", marked.code);
};

/**
 * Takes away what an unfinished restore has left. Danger: only where no vault is, or where this very restore was
 * writing one. The marker goes last: what a refusing disk keeps is cleared the next time.
 */
export const clearUnfinishedRestore = async (
  { safe }: Safe,
  openStores: OpenStores,
): Promise<Cleared> => {
  const found = await safe.read(marker);
  if (!found.ok) return refuse("DISK_FAILED", found.code);
  if (found.value === undefined) return accept(undefined);
  // The vault first: with it gone, the place counts as empty whatever else is left.
  for (const name of ["vault", "keyring", "room-vault"] as const) {
    const removed = await safe.remove(name);
    if (!removed.ok) return refuse("DISK_FAILED", removed.code);
  }
  const carried = readUtf8(found.value);
  const stores = openStores(carried.ok ? carried.value : noCouple, () => {});
  for (const ledger of [stores.kept, stores.carried]) {
    const emptied = await emptyLedger(ledger);
    await closeLedger(ledger);
    if (!emptied.ok) return emptied;
  }
  const removed = await safe.remove(marker);
  return removed.ok ? removed : refuse("DISK_FAILED", removed.code);
};

export const closeLedger = async ({ cache, chunks }: LedgerStores): Promise<void> => {
  await cache.close();
  await chunks.close();
};
