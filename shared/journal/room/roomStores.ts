import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { accept, type Result } from "../../base/result.ts";
import { moveOldRoom } from "../../ledger/oldRoom.ts";
import { openPaddedStores, type PaddedStores } from "../../ledger/paddedStores.ts";
import type { StoreCode, Stores } from "../../ledger/stores.ts";
import { subKey, type MasterKey } from "../../vault/masterKey.ts";
import { sharedStores } from "../coupleStores.ts";

export type RoomStoresParts = {
  readonly openStores: (report: (code: string) => void) => Pick<Stores, "drawers" | "room">;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

/** My room's drawers under its key, with whatever an earlier Twofold had laid elsewhere. */
export const openRoomStores = async (
  { openStores, ...parts }: RoomStoresParts,
  key: MasterKey,
): Promise<Result<PaddedStores, StoreCode>> => {
  const { drawers, room: old } = openStores(parts.onTrouble);
  const padded = await openPaddedStores({
    ...parts,
    store: drawers,
    key: subKey(key, "TF/1 room drawers"),
  });
  if (!padded.ok) return padded;
  const moved = await moveOldRoom(old, padded.value);
  if (moved.ok) return accept(sharedStores(padded.value));
  // The disk has no place to move it to: this time it opens where it lies.
  await padded.value.leave();
  parts.onTrouble(moved.code);
  return accept(sharedStores({ ...old, leave: async () => {} }));
};
