import type { Clock } from "../base/clock.ts";
import type { DeviceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { MayWithdraw } from "../envelope/devices.ts";
import type { Envelope, EnvelopeKey } from "../envelope/envelope.ts";
import { openBook, type Book } from "./book.ts";
import type { SealedCache } from "./sealedCache.ts";
import type { StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

export type Found = {
  readonly key: EnvelopeKey;
  readonly envelope: Envelope;
  readonly own: Uint8Array | undefined;
};

/** Brings into the chains and the book what lies in the volumes and the index does not know. */
export type Replaying = {
  /** Sees all of it before anything is taken in. */
  readonly survey: (found: readonly Found[], volume: number) => void;
  readonly surveyed: () => void;
  /** Takes in what one volume holds beyond the index. */
  readonly replay: (
    found: readonly Found[],
    volume: number,
  ) => Promise<Result<void, StoreCode | "CACHE_DAMAGED">>;
  /** All of it is taken in. */
  readonly replayed?: () => Promise<Result<void, StoreCode | "CACHE_DAMAGED">>;
};

export type StartParts = {
  readonly volumes: Volumes;
  readonly cache: SealedCache;
  readonly clock: Clock;
  readonly mayWithdraw?: MayWithdraw | undefined;
  /** Reads what the cache holds of pages, after the index and before anything is replayed. */
  readonly loadPages: () => Promise<Result<void, StoreCode | "CACHE_DAMAGED">>;
  /** False: nobody's. An index that holds words of such a device is made anew. */
  readonly isKnown?: ((device: DeviceId) => boolean) | undefined;
  readonly onTrouble: (code: string) => void;
};

/** What a ledger holds from its start on, made around its book. */
type Begun = { readonly book: Book; readonly takingIn: Replaying };

/**
 * The start of a ledger: the index, the pages, then what the volumes hold beyond them. A cache that cannot be read is
 * emptied once and made anew from the volumes; the volumes are never touched.
 */
export const startLedger = async <Ledger extends Begun>(
  parts: StartParts,
  begin: (book: Book) => Ledger,
): Promise<Result<Ledger, StoreCode>> => {
  const first = await start(parts, begin, false);
  if (first.ok) return first;
  if (first.code !== "CACHE_DAMAGED") return refuse(first.code);
  if (first.detail !== nobodys) parts.onTrouble("CACHE_DAMAGED");
  const cleared = await parts.cache.clear();
  if (!cleared.ok) return cleared;
  const second = await start(parts, begin, true);
  if (second.ok) return second;
  return refuse(second.code === "CACHE_DAMAGED" ? "STORE_FAILED" : second.code);
};

/** A device whose joining nobody has heard of, and that was joined once more since: the power went before it was forgotten. */
const nobodys = "words of a device that is nobody's";

const start = async <Ledger extends Begun>(
  { volumes, cache, clock, mayWithdraw, loadPages, isKnown, onTrouble }: StartParts,
  begin: (book: Book) => Ledger,
  everything: boolean,
): Promise<Result<Ledger, StoreCode | "CACHE_DAMAGED">> => {
  const opened = await openBook({ volumes, cache, now: clock.now, mayWithdraw, onTrouble });
  if (!opened.ok) return opened;
  const heads = opened.value.chains.heads();
  if (isKnown !== undefined && !everything && heads.some(({ device }) => !isKnown(device)))
    return refuse("CACHE_DAMAGED", nobodys);
  const begun = begin(opened.value);
  const pages = await loadPages();
  if (!pages.ok) return pages;
  const replayed = await replayUnknown(volumes, begun, everything);
  if (!replayed.ok) return replayed;
  const ended = (await begun.takingIn.replayed?.()) ?? replayed;
  if (!ended.ok) return ended;
  await begun.book.complete();
  return accept(begun);
};

/**
 * A process killed between the volume and the index leaves envelopes that only the newest volume can hold, since a
 * new one begins only when the index is complete. With an empty index (first start, or a cache made anew) every
 * volume is read, oldest first, one at a time, and twice.
 */
const replayUnknown = async (
  volumes: Volumes,
  { book, takingIn }: Begun,
  everything: boolean,
): Promise<Result<void, StoreCode | "CACHE_DAMAGED">> => {
  const empty = book.chains.heads().length === 0;
  const numbers = everything || empty ? volumes.numbers() : [volumes.newest()];
  const each = async (
    see: Replaying["replay"],
  ): Promise<Result<void, StoreCode | "CACHE_DAMAGED">> => {
    for (const number of numbers) {
      const volume = await volumes.open(number);
      if (!volume.ok) return volume;
      const found: Found[] = [];
      for (const key of volume.value.keys()) {
        const envelope = volume.value.get(key);
        if (!book.knows(key) && envelope !== undefined)
          found.push({ key, envelope, own: volume.value.ownMark(key) });
      }
      const seen = await see(found, number);
      if (!seen.ok) return seen;
    }
    return accept(undefined);
  };
  const surveyed = await each(async (found, volume) => accept(takingIn.survey(found, volume)));
  if (!surveyed.ok) return surveyed;
  takingIn.surveyed();
  return each(takingIn.replay);
};
