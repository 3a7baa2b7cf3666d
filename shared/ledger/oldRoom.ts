import { accept, type Result } from "../base/result.ts";
import type { LedgerStores, OldRoom, StoreCode, VolumeEntry } from "./stores.ts";

/**
 * Before there were drawers the room lay in databases of its own, like any ledger, and they grew with what was
 * written. Moves it over and deletes them: killed at any point, it is done again and nothing is lost or there twice.
 */
export const moveOldRoom = async (
  old: OldRoom,
  stores: LedgerStores,
): Promise<Result<void, StoreCode>> => {
  const numbers = await old.volumes.list();
  if (!numbers.ok || numbers.value.length === 0) return numbers.ok ? accept(undefined) : numbers;
  for (const number of numbers.value) {
    const entries = await readAll(old, number);
    if (!entries.ok) return entries;
    if (entries.value.length === 0) continue;
    const volume = await stores.volumes.open(number);
    if (!volume.ok) return volume;
    const put = await volume.value.put(entries.value);
    await volume.value.close();
    if (!put.ok) return put;
  }
  return discard(old);
};

/** Without any key, at each unlocking of the shared side: an old room that nobody ever wrote in goes. */
export const discardUnusedOldRoom = async (old: OldRoom): Promise<Result<void, StoreCode>> => {
  const numbers = await old.volumes.list();
  if (!numbers.ok || numbers.value.length === 0) return numbers.ok ? accept(undefined) : numbers;
  for (const number of numbers.value) {
    const entries = await readAll(old, number);
    if (!entries.ok) return entries;
    if (entries.value.length > 0) return accept(undefined);
  }
  return discard(old);
};

const discard = async (old: OldRoom): Promise<Result<void, StoreCode>> => {
  await old.cache.close();
  return old.discard();
};

const readAll = async (
  old: OldRoom,
  number: number,
): Promise<Result<readonly VolumeEntry[], StoreCode>> => {
  const volume = await old.volumes.open(number);
  if (!volume.ok) return volume;
  const entries: VolumeEntry[] = [];
  for (const key of volume.value.keys()) {
    const envelope = volume.value.get(key);
    if (envelope !== undefined) entries.push({ key, envelope });
  }
  await volume.value.close();
  return accept(entries);
};
