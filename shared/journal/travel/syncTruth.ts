import { startOfDay } from "../../base/startOfDay.ts";
import type { Acked } from "../../carry/acks.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import type { SyncTruth } from "../journal.ts";
import type { PhotoTruth } from "./photoCarrying.ts";
import { wordsNotThere } from "./waitingLines.ts";

type Travelling = {
  readonly acked: Acked;
  readonly photos: PhotoTruth;
  /** Own words of this device beyond this number are not on their way yet. */
  readonly dueUpTo: number;
  readonly now: number;
};

/**
 * What may truthfully be said of the two copies, from heads and from what is wanted and missing of photos (PROTOCOL
 * §8): never from a connection, and never finer than a day (PRODUCT, safety 3).
 */
export const readSyncTruth = (
  shelf: SharedShelf | undefined,
  { acked, photos, dueUpTo, now }: Travelling,
): SyncTruth => {
  if (shelf === undefined) return { state: "alone" };
  const { ledger, chains } = shelf;
  if (ledger.isFrozen() || acked.differs) return { state: "broken", code: "FORK" };
  const heardDay = acked.heardAt === undefined ? undefined : startOfDay(acked.heardAt);
  const unacked = wordsNotThere(shelf, acked);
  if (
    unacked.length > 0 &&
    unacked.every(({ device, seq }) => device === chains.me && seq > dueUpTo)
  )
    return { state: "leaving" };
  if (unacked.length > 0) {
    // The partner's own words, on their way back to them, are not counted here.
    const ofMine = unacked.filter(({ notebook }) => notebook === chains.mine);
    const pages = Math.max(1, new Set(ofMine.map(({ page }) => page)).size);
    const oldest = unacked.reduce((least, { time }) => Math.min(least, time), Infinity);
    const sinceDay = startOfDay(Math.max(oldest, Math.min(now, newcomerSince(shelf))));
    return { state: "waiting", pages, sinceDay, heardDay };
  }
  if (photos.wantedOfMine > 0)
    return { state: "waiting", pages: photos.wantedOfMine, sinceDay: undefined, heardDay };
  if (heardDay === undefined) return { state: "notYetMet" };
  const missing = [...chains.beside, ...chains.gone].some(({ notebook, device, upTo }) => {
    const there = acked.theirs.find((one) => one.notebook === notebook && one.device === device);
    return Math.min(there?.seq ?? 0, upTo) > ledger.linesOf(notebook, device).length;
  });
  return missing || photos.missingHere
    ? { state: "arriving", photosOnly: !missing }
    : { state: "upToDate", sinceDay: heardDay };
};

/**
 * On a new computer of the partner's in the place of another everything is missing at first: it waits since that
 * computer was first heard of, and not since the words were written. By its clock, ms; 0 where it is no new one.
 */
const newcomerSince = ({ ledger, chains }: SharedShelf): number => {
  const { theirs, ours, devices, inUse } = chains;
  if (devices.theirs.length === inUse.theirs.length) return 0;
  const first = inUse.theirs.flatMap((device) =>
    [theirs, ours].map((notebook) => ledger.linesOf(notebook, device)[0]?.time ?? Infinity),
  );
  return Math.min(...first);
};

export const sameTruth = (one: SyncTruth, other: SyncTruth): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
