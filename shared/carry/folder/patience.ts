import type { Clock } from "../../base/clock.ts";
import { folderCounts, folderSizes, folderTimes } from "./times.ts";

/**
 * Against one who undoes again and again what is done here: the first times it is done anew at once, then less and less
 * often. What has not been undone for a day counts no more.
 */
export type Patience = {
  readonly mayAct: (what: string) => boolean;
  /** When `mayAct` will be true. */
  readonly when: (what: string) => number;
  /** It had to be done anew. */
  readonly acted: (what: string) => void;
};

type Fight = { readonly times: number; readonly last: number; readonly notBefore: number };

/** So many are remembered; the one that was fought over longest ago is forgotten first. */
const mostFights = 4_096;

export const createPatience = (clock: Clock): Patience => {
  const fights = new Map<string, Fight>();
  const { first, most } = folderTimes.yield;
  const when = (what: string): number => fights.get(what)?.notBefore ?? 0;
  return {
    when,
    mayAct: (what) => clock.now() >= when(what),
    acted: (what) => {
      const now = clock.now();
      const before = fights.get(what);
      const times = before === undefined || now - before.last > most ? 1 : before.times + 1;
      const beyond = times - folderCounts.patience;
      const wait = beyond < 0 ? 0 : Math.min(most, first * 2 ** Math.min(beyond, 20));
      fights.delete(what);
      fights.set(what, { times, last: now, notBefore: now + wait });
      const [oldest] = fights.keys();
      if (fights.size > mostFights && oldest !== undefined) fights.delete(oldest);
    },
  };
};

/** What may be read within a minute, whatever changes in the folder. */
export type ReadBudget = {
  /** False: not in this minute. */
  readonly spend: (bytes: number) => boolean;
  /** When there is more. */
  readonly renewedAt: () => number;
};

const minute = 60_000;

export const createReadBudget = (clock: Clock): ReadBudget => {
  let began = -Infinity;
  let files = 0;
  let bytes = 0;
  return {
    renewedAt: () => began + minute,
    spend: (more) => {
      const now = clock.now();
      if (now - began >= minute || now < began) [began, files, bytes] = [now, 0, 0];
      if (files >= folderCounts.readFiles || bytes + more > folderSizes.readBytes) return false;
      files += 1;
      bytes += more;
      return true;
    },
  };
};

/** Looks because something has changed there: some at once, then one every ten seconds. */
export const createHintBudget = (clock: Clock): { readonly nextAt: () => number } => {
  const each = 10_000;
  let paidUntil = -Infinity;
  return {
    nextAt: () => {
      const now = clock.now();
      paidUntil = Math.max(paidUntil, now - folderCounts.hints * each) + each;
      return Math.max(now + folderTimes.hint, paidUntil);
    },
  };
};
