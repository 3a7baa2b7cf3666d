import type { Acked } from "../../carry/acks.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import type { SyncTruth } from "../journal.ts";
import type { PhotoTruth } from "./photoCarrying.ts";

type Travelling = {
  readonly acked: Acked;
  readonly photos: PhotoTruth;
  /** Own words beyond this number are not on their way yet. */
  readonly dueUpTo: number;
};

/**
 * What may truthfully be said of the two copies, from heads and from what is wanted and missing of photos (PROTOCOL
 * §8): never from a connection, and never finer than a day (PRODUCT, safety 3).
 */
export const readSyncTruth = (
  shelf: SharedShelf | undefined,
  { acked, photos, dueUpTo }: Travelling,
): SyncTruth => {
  if (shelf === undefined) return { state: "alone" };
  const { ledger, chains } = shelf;
  if (ledger.isFrozen() || acked.differs) return { state: "broken", code: "FORK" };
  const heardDay = acked.heardAt === undefined ? undefined : startOfDay(acked.heardAt);
  const unacked = ledger.ownAfter(chains.mine, acked.upTo(chains.mine));
  const pages = new Set(unacked.map(({ page }) => page)).size;
  if (pages > 0 && unacked.every(({ seq }) => seq > dueUpTo)) return { state: "leaving" };
  if (pages > 0) {
    const sinceDay = startOfDay(
      unacked.reduce((oldest, { time }) => Math.min(oldest, time), Infinity),
    );
    return { state: "waiting", pages, sinceDay, heardDay };
  }
  if (photos.wantedOfMine > 0)
    return { state: "waiting", pages: photos.wantedOfMine, sinceDay: undefined, heardDay };
  if (heardDay === undefined) return { state: "notYetMet" };
  const missing = acked.theirs.some(
    ({ notebook, device, seq }) =>
      device === chains.partner &&
      (notebook === chains.theirs || notebook === chains.ours) &&
      seq > ledger.linesOf(notebook, device).length,
  );
  return missing || photos.missingHere
    ? { state: "arriving" }
    : { state: "upToDate", sinceDay: heardDay };
};

/** Local midnight before this moment, ms. */
const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

export const sameTruth = (one: SyncTruth, other: SyncTruth): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
