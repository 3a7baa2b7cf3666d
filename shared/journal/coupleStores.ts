import { toHex } from "../base/bytes.ts";
import { idBytes } from "../base/ids.ts";
import type { Result } from "../base/result.ts";
import { hash } from "../crypto/hash.ts";
import { shareVolumes } from "../ledger/sharedVolumes.ts";
import type { LedgerStores, StoreCode, Stores } from "../ledger/stores.ts";
import type { KeyringContent } from "../people/keyringContent.ts";
import type { Couple } from "../people/space.ts";

/** `report` hears codes of what was damaged on the disk and passed over. */
export type OpenStores = (carried: string, report: (code: string) => void) => Stores;

/** Names the databases of one pairing; says nothing of the couple. */
export const storesOf = ({ space }: Pick<Couple, "space">): string =>
  toHex(hash("TF/1 stores", idBytes(space)).subarray(0, 6));

export const noCouple = "none";

/** Where what the two shared lies, also once their journal has ended. */
export const storesIn = ({ couple, past }: KeyringContent): string => {
  const shared = couple ?? past;
  return shared === undefined ? noCouple : storesOf(shared);
};

/** The ledger and a backup read them side by side. */
export const sharedStores = <Opened extends Pick<LedgerStores, "volumes">>(
  stores: Opened,
): Opened => ({ ...stores, volumes: shareVolumes(stores.volumes) });

/** They are made anew from what lies in the volumes and counts, when the ledger is opened next. */
export const forgetPages = async ({
  cache,
  chunks,
}: LedgerStores): Promise<Result<void, StoreCode>> => {
  const cleared = await cache.clear();
  await cache.close();
  await chunks.close();
  return cleared;
};
