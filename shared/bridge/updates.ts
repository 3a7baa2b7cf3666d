import type { Result } from "../base/result.ts";

/** Newer versions of Twofold itself. It works for ever without them: nothing here is asked before a person says so. */
export type Updates = {
  readonly facts: () => Promise<UpdateFacts>;
  /** The one call that contacts the release address by itself; `undefined`: this is the newest version. */
  readonly look: () => Promise<Result<UpdateOffer | undefined, UpdateCode>>;
  /** Look by itself once a week from now on, or never again. */
  readonly lookWeekly: (on: boolean) => Promise<Result<void, UpdateCode>>;
  /** Fetches what was offered last; it lies beside this version and changes nothing yet. */
  readonly bring: () => Promise<Result<void, UpdateCode>>;
  /** Locks, ends this version and opens the one that was brought. */
  readonly install: () => Promise<Result<void, UpdateCode>>;
  /** The facts are others now: a weekly look found something. */
  readonly onChange: (listener: () => void) => () => void;
};

export type UpdateFacts = {
  /** Who would be asked, as a person reads it; undefined: this build knows no address and looks nowhere. */
  readonly host: string | undefined;
  readonly weekly: boolean;
  readonly offer: UpdateOffer | undefined;
};

export type UpdateOffer = {
  readonly version: string;
  /** The day it was signed, as YYYY-MM-DD. */
  readonly date: string;
  /** Bytes; 0 where `way` is not "here". */
  readonly size: number;
  /**
   * here: Twofold can put it in its own place · brought: it lies ready · system: this installation belongs to the
   * system's packages, a person gets it there · between: another version has to come first.
   */
  readonly way: "here" | "brought" | "system" | "between";
};

/**
 * NO_RELEASE_PLACE: this build looks nowhere. NOT_REACHED: no answer, or not in time. RELEASE_REFUSED: what came is not
 * signed with a key of ours, or is not what was signed. RELEASE_OLD: older than what this computer has seen.
 * NOTHING_OFFERED: look first. SYSTEM_REFUSED: the system did not let the program be exchanged.
 */
export type UpdateCode =
  | "NO_RELEASE_PLACE"
  | "NOT_REACHED"
  | "RELEASE_REFUSED"
  | "RELEASE_OLD"
  | "NOTHING_OFFERED"
  | "SYSTEM_REFUSED"
  | "DISK_FAILED"
  | "BAD_REQUEST";
