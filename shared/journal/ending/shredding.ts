import type { DeviceId } from "../../base/ids.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import { accept, type Result } from "../../base/result.ts";
import type { LedgerStores, StoreCode } from "../../ledger/stores.ts";
import type { PastCouple } from "../../people/pastCouple.ts";
import { eachVolume, openPast } from "./vouching.ts";

/**
 * Takes everything off the disk that is not this person's own. Their notebook's key is destroyed before: what of it
 * still lies somewhere is noise. Cut short anywhere, it begins again and finds less. The ledger must be closed; it
 * makes its cache anew from what stays. Photos that nobody names any more go when the shelf is open again.
 */
export const shred = async (
  past: PastCouple,
  stores: LedgerStores,
): Promise<Result<void, StoreCode>> => {
  // The words in the clear of it lie in the cache, under a key that stays.
  const cleared = await stores.cache.clear();
  if (!cleared.ok) return cleared;
  const own = new Set([past.me, ...ownOthers(past)]);
  return eachVolume(stores.volumes, async (volume) => {
    const going: EnvelopeKey[] = [];
    for (const key of volume.keys()) {
      const envelope = volume.get(key);
      const message = envelope === undefined ? undefined : openPast(past, envelope);
      if (message === undefined || !own.has(message.header.device)) going.push(key);
    }
    return going.length === 0 ? accept(undefined) : volume.remove(going);
  });
};

/** Of computers that this person had before, or beside this one. */
const ownOthers = ({ before }: PastCouple): readonly DeviceId[] => [
  ...(before?.devices ?? []).flatMap(({ owner, device }) => (owner === "me" ? [device] : [])),
  ...(before?.beside ?? []).flatMap(({ owner, certificate }) =>
    owner === "me" ? [certificate.device] : [],
  ),
];
