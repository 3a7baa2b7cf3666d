import type { Clock } from "../../base/clock.ts";
import type { DeviceId, MessageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { decodeLines } from "../../ledger/indexLine.ts";
import type { SealedCache } from "../../ledger/sealedCache.ts";
import type { LedgerStores, StoreCode } from "../../ledger/stores.ts";
import { keyOfTheirs, type PastCouple } from "../../people/pastCouple.ts";
import type { PersonKeys } from "../../people/person.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import { carriedCacheOf, openSharedShelf, type SharedShelf } from "../sharedShelf.ts";
import { readOnlyShelf } from "../travel/pausedSharing.ts";
import { vouchedBefore } from "./vouching.ts";

export type PastShelfParts = {
  readonly past: PastCouple;
  /** This person's keys of now: they have nothing to do with the past, and open nothing of it. */
  readonly keys: PersonKeys;
  readonly masterKey: MasterKey;
  /** Opened anew each time: a cache that turns out to be damaged is closed with the shelf. */
  readonly openStores: () => LedgerStores;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

export type PastShelf = { readonly shelf: SharedShelf; readonly stores: LedgerStores };

/** What the two had written until the journal ended, to read and never to write in. */
export const openPastShelf = async (
  parts: PastShelfParts,
): Promise<Result<PastShelf, StoreCode>> => {
  const first = parts.openStores();
  const vouched = await vouchedFor(parts, first);
  if (!vouched.ok) return vouched;
  const asked = vouched.value.size > 0 || keyOfTheirs(parts.past) === undefined;
  let damaged = false;
  const opened = await open(parts, first, vouched.value, (code) => {
    damaged ||= code === "CACHE_DAMAGED";
    parts.onTrouble(code);
  });
  if (!opened.ok) return opened;
  if (!damaged || asked) return tidied(opened.value);
  // It has been made anew without anybody to vouch for the partner's words: once more, with the heads.
  await opened.value.shelf.close();
  const again = parts.openStores();
  const all = await vouchedBefore(parts.past, again.volumes);
  if (!all.ok) return all;
  const cleared = await again.cache.clear();
  if (!cleared.ok) return cleared;
  const anew = await open(parts, again, all.value, parts.onTrouble);
  return anew.ok ? tidied(anew.value) : anew;
};

/** What no page names any more leaves the disk, also where it was cut short before. Not before all pages are known. */
const tidied = (opened: PastShelf): Result<PastShelf, never> => {
  opened.shelf.photos.tidy();
  return accept(opened);
};

const open = async (
  { past, keys, masterKey, clock, random }: PastShelfParts,
  stores: LedgerStores,
  vouched: ReadonlySet<MessageId>,
  onTrouble: (code: string) => void,
): Promise<Result<PastShelf, StoreCode>> => {
  const { mine, ours, theirs } = past.notebooks;
  const opened = await openSharedShelf({
    couple: {
      space: past.space,
      notebooks: { mine, ours, theirs: { ...theirs, key: keyOfTheirs(past) } },
      before: past.before,
      beside: past.before?.beside,
      past: { devices: theirDevices(past), vouched },
    },
    ...{ keys, masterKey, stores, clock, random, onTrouble },
    me: past.me,
    onAdmitted: () => {},
    onWritten: () => {},
  });
  if (!opened.ok) return refuse(opened.code === "BAD_ROSTER" ? "STORE_FAILED" : opened.code);
  return accept({ shelf: readOnlyShelf(opened.value), stores });
};

/** The oldest of those that were in use comes last. */
const theirDevices = ({ partner, before }: PastCouple): readonly DeviceId[] => [
  ...(before?.devices ?? []).flatMap(({ owner, device }) => (owner === "partner" ? [device] : [])),
  ...(before?.beside ?? []).flatMap(({ owner, certificate }) =>
    owner === "partner" ? [certificate.device] : [],
  ),
  partner.device,
];

/**
 * Nobody has to be vouched for while the index knows every envelope that a start looks at, and the partner's words up
 * to their heads. An index without those was made anew with nobody to vouch for them, and cut short: away with it.
 */
const vouchedFor = async (
  { past, masterKey, random }: PastShelfParts,
  stores: LedgerStores,
): Promise<Result<ReadonlySet<MessageId>, StoreCode>> => {
  const none: ReadonlySet<MessageId> = new Set();
  if (keyOfTheirs(past) === undefined) return accept(none);
  const known = await knownLines(carriedCacheOf(stores, masterKey, random));
  if (!known.ok) return known;
  const numbers = await stores.volumes.list();
  if (!numbers.ok) return numbers;
  const newest = await stores.volumes.open(numbers.value.at(-1) ?? 1);
  if (!newest.ok) return newest;
  const keys = [...newest.value.keys()];
  await newest.value.close();
  const { lines, ids } = known.value;
  if (lines.size > 0 && !past.heads.every(({ id }) => ids.has(id))) {
    const cleared = await stores.cache.clear();
    if (!cleared.ok) return cleared;
    return vouchedBefore(past, stores.volumes);
  }
  return lines.size > 0 && keys.every((key) => lines.has(key))
    ? accept(none)
    : vouchedBefore(past, stores.volumes);
};

type Known = { readonly lines: ReadonlySet<string>; readonly ids: ReadonlySet<MessageId> };

/** Empty where the index cannot be read, and has to be made anew. */
const knownLines = async (cache: SealedCache): Promise<Result<Known, StoreCode>> => {
  const nothing: Known = { lines: new Set(), ids: new Set() };
  const stored = await cache.readAll("index");
  if (!stored.ok) return stored.code === "CACHE_DAMAGED" ? accept(nothing) : refuse(stored.code);
  const lines = decodeLines(stored.value);
  if (!lines.ok) return accept(nothing);
  return accept({
    lines: new Set(lines.value.map(({ key }) => key)),
    ids: new Set(lines.value.map(({ id }) => id)),
  });
};
