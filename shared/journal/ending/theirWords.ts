import type { Cancel, Clock } from "../../base/clock.ts";
import type { Queue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { startOfDay } from "../../base/startOfDay.ts";
import { wipe } from "../../crypto/wipe.ts";
import type { LedgerStores, StoreCode } from "../../ledger/stores.ts";
import { keyOfTheirs, type PastCouple, type PastWords } from "../../people/pastCouple.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import { closeLedger } from "../backup/unfinishedRestore.ts";
import type { Ending, TheirsNow } from "../ending.ts";
import type { KeyringKeeper } from "../keys/keyringKeeper.ts";
import { fateOf, withFate } from "./leave.ts";
import { openPastShelf, type PastShelf } from "./pastShelf.ts";
import { shred } from "./shredding.ts";
import { lookAt, msLeft } from "./timeLeft.ts";

/** While the journal stands open, the time is looked at so often, ms. */
const lookMs = 60 * 60 * 1000;
/** For so long after their time was first seen to be over, they stay, ms. */
const graceMs = 24 * 60 * 60 * 1000;
/** What the disk refused is tried again after this long, ms. */
const retryMs = 30_000;

/** After an ending: the past open to read, for as long as the other's words stay; and their going. */
export type TheirWordsKeeper = Pick<Ending, "decide"> & {
  readonly open: () => PastShelf | undefined;
  /** Counts the time, lets go what is due, and opens what may be read. Only in the queue that was given. */
  readonly settle: () => Promise<Result<void, StoreCode>>;
  readonly stop: () => Promise<void>;
};

export type TheirWordsParts = {
  readonly keyring: KeyringKeeper;
  readonly masterKey: MasterKey;
  readonly openStores: (past: PastCouple) => LedgerStores;
  /** Shared with what ends the journal: one of the two at a time. */
  readonly turn: Queue;
  /** What there is to read has changed. */
  readonly show: () => void;
  /** What is said of the ending may have changed. */
  readonly onSettled: () => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

export const createTheirWordsKeeper = (parts: TheirWordsParts): TheirWordsKeeper => {
  const { keyring, clock, random, turn, onTrouble } = parts;
  let open: PastShelf | undefined;
  let cancel: Cancel = () => {};
  let stopped = false;

  const past = (): PastCouple | undefined => keyring.content.read().past;

  const changePast = (change: (now: PastCouple) => PastCouple): Promise<Result<void, StoreCode>> =>
    keyring.change((now) => (now.past === undefined ? now : { ...now, past: change(now.past) }));

  const openAgain = async (): Promise<Result<void, StoreCode>> => {
    const was = past();
    if (was === undefined || stopped) return accept(undefined);
    const opened = await openPastShelf({
      past: was,
      keys: keyring.content.read().keys,
      masterKey: parts.masterKey,
      openStores: () => parts.openStores(was),
      ...{ clock, random, onTrouble },
    });
    if (!opened.ok) return opened;
    open = opened.value;
    parts.show();
    return accept(undefined);
  };

  const closeOpen = async (): Promise<void> => {
    const closing = open;
    open = undefined;
    parts.show();
    await closing?.shelf.close();
  };

  /** The key is gone before anything else goes: from then on what is left cannot be read, whatever cuts this short. */
  const clearAway = async (was: PastCouple): Promise<Result<void, StoreCode>> => {
    await closeOpen();
    const stores = parts.openStores(was);
    const cleared = await shred(was, stores);
    await closeLedger(stores);
    const opened = await openAgain();
    if (!cleared.ok) return cleared;
    if (!opened.ok) return opened;
    return changePast((now) => withFate(now, { fate: "gone" }));
  };

  const settle = async (): Promise<Result<void, StoreCode>> => {
    cancel();
    const was = past();
    if (was === undefined || stopped) return accept(undefined);
    const next = moveOn(was.theirWords, clock.now());
    let settled: Result<void, StoreCode> = accept(undefined);
    if (next !== was.theirWords) {
      settled = await changePast((now) => withFate(now, next));
      if (settled.ok && next.fate === "leaving") wipeKeysOf(was);
    }
    const now = past();
    if (now?.theirWords.fate === "leaving") settled = await clearAway(now);
    else if (open === undefined) settled = await openAgain();
    if (!settled.ok) onTrouble(settled.code);
    await parts.onSettled();
    arm(settled.ok);
    return settled;
  };

  const arm = (settled: boolean): void => {
    const words = past()?.theirWords;
    if (stopped || words === undefined) return;
    const due = words.fate === "until" ? Math.min(lookMs, msLeft(words.time) || lookMs) : undefined;
    const wait = settled ? due : retryMs;
    if (wait !== undefined) cancel = clock.after(wait, () => void turn(settle));
  };

  return {
    open: () => open,
    settle,
    decide: (words) =>
      turn(async () => {
        const was = past();
        const key = was && keyOfTheirs(was);
        if (was === undefined || key === undefined) return refuse("NOT_PAIRED");
        const saved = await changePast((now) => withFate(now, fateOf(words, key, clock.now())));
        if (!saved.ok) return saved;
        if (words === "now") wipeKeysOf(was);
        await settle();
        return accept(undefined);
      }),
    stop: async () => {
      stopped = true;
      cancel();
      await turn(closeOpen);
    },
  };
};

export const theirsNow = (words: PastWords, now: number): TheirsNow =>
  words.fate === "until"
    ? { at: "until", day: startOfDay(now + msLeft(lookAt(words.time, now))) }
    : { at: words.fate };

/** The same where nothing has to be written down: a keyring is not sealed anew for every glance at the clock. */
const moveOn = (words: PastWords, now: number): PastWords => {
  if (words.fate !== "until") return words;
  const time = lookAt(words.time, now);
  if (msLeft(time) === 0) return whenOver(words, now);
  if (words.overAt !== undefined) return { fate: "until", key: words.key, time };
  return time.newest === words.time.newest &&
    time.behind === words.time.behind &&
    time.last === words.time.last
    ? words
    : { ...words, time };
};

/**
 * Not the first time that it is seen: a clock that ran ahead for a moment must not take them. What is counted stays as
 * it was, so that a clock which was set right counts on from there.
 */
const whenOver = (words: Extract<PastWords, { fate: "until" }>, now: number): PastWords => {
  const { overAt } = words;
  if (overAt === undefined || now < overAt) return { ...words, overAt: now };
  return now - overAt >= graceMs ? { fate: "leaving" } : words;
};

const wipeKeysOf = (past: PastCouple): void => {
  const keys = [keyOfTheirs(past), ...(past.before?.keys ?? []).map(({ theirs }) => theirs)];
  wipe(...keys.filter((key) => key !== undefined));
};
