import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { ChainHead } from "../envelope/chain.ts";
import type { KeptShelf } from "../page/shelf.ts";
import { makeCertificate, type Certificate } from "../people/certificate.ts";
import type { PairingCode } from "../people/codes.ts";
import type { KeyringContent } from "../people/keyringContent.ts";
import { renewDevice, wipePersonKeys, type PersonKeys } from "../people/person.ts";
import { wipeCouple, type Couple } from "../people/space.ts";
import type { Standing } from "../people/standing.ts";
import { x25519Secret } from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";
import { takeBack } from "./acts/takingBack.ts";
import { copyCouple, copyPersonKeys } from "./keys/copies.ts";
import type { KeyringKeeper } from "./keys/keyringKeeper.ts";
import type { SharedShelf } from "./sharedShelf.ts";
import type { ShelfGate } from "./travel/shelfGate.ts";

/** With what this computer goes into one attempt at pairing. */
export type Hand = {
  readonly standing: Standing;
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
  /** Made for this attempt, and kept only if it comes to its end. */
  readonly renewed: boolean;
  /** Copies, all of them: wiped when the attempt is over, however it ends. */
  readonly wipe: () => void;
};

/** How this journal stands to a pairing, and what of one is in the keyring: all of it or nothing. */
export type Meetings = {
  /** ALREADY_PAIRED: this journal has its two. NOT_SAVED: of the attempt before, something has to leave the disk yet. */
  readonly mayMeet: (how: "again" | undefined) => Result<void, PairingCode>;
  readonly hand: (how: "again" | undefined) => Result<Hand, PairingCode>;
  /** Couple, keys and what says that sharing is paused: one write. `keys`: where they were renewed. */
  readonly store: (couple: Couple, keys: PersonKeys | undefined) => Promise<boolean>;
  /** The keyring as it was before `store`; what the disk refuses is tried again. */
  readonly withdraw: () => Promise<void>;
  /** The attempt has ended without a couple: what waited for it goes on. */
  readonly over: () => void;
  /** Both have stored it: the couple as the keyring has it. */
  readonly finish: () => Couple | undefined;
  /** Nothing of an attempt is on its way to the disk. */
  readonly settled: () => Promise<void>;
  readonly stop: () => void;
};

export type MeetingsParts = {
  readonly keyring: KeyringKeeper;
  readonly drafts: KeptShelf;
  /** Where the two share now, with what holds it still. */
  readonly shared: () => { readonly shelf: SharedShelf; readonly gate: ShelfGate } | undefined;
  readonly hasMet: () => boolean;
  readonly hasEnded: () => boolean;
  /** From a backup (pausedSharing.ts). */
  readonly paused: boolean;
  readonly isLocked: () => boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

/** A couple that the disk will not let go of is asked for again after this long, ms. */
const retryMs = 5_000;

type Was = Pick<KeyringContent, "couple" | "keys"> & { readonly restored: unknown };
type Stored = { readonly was: Was; readonly couple: Couple; readonly keys: PersonKeys | undefined };

export const createMeetings = (parts: MeetingsParts): Meetings => {
  const { keyring, random, clock } = parts;
  /** In the keyring, and the attempt not at its end. */
  let stored: Stored | undefined;
  let storing: Promise<unknown> | undefined;
  let withdrawing: Promise<void> = Promise.resolve();
  let cancelRetry = (): void => {};
  /** What this side has vouched for: from then on nothing is written and nothing taken in. */
  let vouched: readonly ChainHead[] | undefined;
  /** Of devices that were replaced while this journal stood open. Those that it was opened with are left to the lock. */
  const outworn: PersonKeys[] = [];
  const firstKeys = keyring.content.read().keys;
  /** Its keys are others now; it goes on once it is unlocked with them. */
  let finished = false;

  const kindOf = (how: "again" | undefined): Result<Standing["kind"], PairingCode> => {
    const { couple } = keyring.content.read();
    // A journal that has ended stays what it is: its past and another partner would not be told apart.
    if (parts.isLocked()) return refuse("CANCELLED");
    if (parts.hasEnded() || finished) return refuse("ALREADY_PAIRED");
    if (stored !== undefined || storing !== undefined) return refuse("NOT_SAVED");
    if (couple === undefined) return accept("first");
    // What the two share is not open: nothing could be vouched for, and another couple would take its place.
    if (parts.shared() === undefined) return refuse("NOT_SAVED");
    if (parts.paused || couple.before?.unmet === true) return accept("anew");
    if (how === "again") return accept("stays");
    return parts.hasMet() ? refuse("ALREADY_PAIRED") : accept("first");
  };

  const heads = (): readonly ChainHead[] => {
    const shared = parts.shared();
    shared?.gate.hold();
    vouched = shared?.shelf.ledger.heads() ?? [];
    return vouched;
  };

  const hand = (how: "again" | undefined): Result<Hand, PairingCode> => {
    const kind = kindOf(how);
    if (!kind.ok) return kind;
    const now = keyring.content.read();
    const before = copyPersonKeys(now.keys);
    if (kind.value === "first" || now.couple === undefined) {
      // Of an attempt that came to its end on the other side alone, this computer's device is known there: it takes
      // another, so that the two can meet again.
      const renewed = now.couple === undefined;
      const keys = renewed ? renewDevice(before, random) : before;
      const wipeAll = (): void => {
        wipePersonKeys(before);
        wipePersonKeys(keys);
      };
      return accept({
        ...{ standing: { kind: "first" }, keys, certificate: makeCertificate(keys) },
        ...{ renewed, wipe: wipeAll },
      });
    }
    const couple = copyCouple(now.couple);
    if (kind.value === "stays") {
      const wipeAll = (): void => {
        wipePersonKeys(before);
        wipeCouple(couple);
      };
      return accept({
        standing: { kind: "stays", couple, heads },
        ...{ keys: before, certificate: makeCertificate(before), renewed: false, wipe: wipeAll },
      });
    }
    const keys = renewDevice(before, random);
    const selfBefore = {
      device: makeCertificate(before).device,
      secret: x25519Secret(before.x25519.slice()),
    };
    return accept({
      standing: { kind: "anew", couple, heads, selfBefore },
      ...{ keys, certificate: makeCertificate(keys), renewed: true },
      wipe: () => {
        wipePersonKeys(before);
        wipePersonKeys(keys);
        wipe(selfBefore.secret);
        wipeCouple(couple);
      },
    });
  };

  /** What was vouched for is what there is; or what was shared with nobody is among the drafts again. */
  const isReadyFor = async (couple: Couple): Promise<boolean> => {
    const shared = parts.shared();
    const now = keyring.content.read().couple;
    if (now === undefined) return true;
    if (shared === undefined) return false;
    if (now.space !== couple.space) return takeBack(shared.shelf, parts.drafts, random);
    await shared.gate.still();
    return vouched !== undefined && sameHeads(vouched, shared.shelf.ledger.heads());
  };

  const keep = async (fresh: Couple, freshKeys: PersonKeys | undefined): Promise<boolean> => {
    if (parts.hasEnded() || finished || stored !== undefined) return false;
    const couple = copyCouple(fresh);
    const keys = freshKeys && copyPersonKeys(freshKeys);
    let was: Was | undefined;
    const ready = await isReadyFor(couple);
    const saved =
      ready &&
      (await keyring.change((now) => {
        // Ended while it was waited: it stays ended.
        if (now.past !== undefined) return now;
        const { restored, ...settings } = now.settings;
        was = { couple: now.couple, keys: now.keys, restored };
        return { ...now, ...(keys && { keys }), settings, couple };
      }));
    if (saved !== false && saved.ok && was !== undefined) {
      stored = { was, couple, keys };
      return true;
    }
    wipeCouple(couple);
    if (keys !== undefined) wipePersonKeys(keys);
    return false;
  };

  /** Not before nothing of the attempt is in the keyring: until then a word would be vouched for by nobody. */
  const goOn = (): void => {
    if (vouched === undefined && stored === undefined && storing === undefined)
      parts.shared()?.gate.letGo();
  };

  const takeOut = async ({ was, couple, keys }: Stored): Promise<void> => {
    const { restored } = was;
    const saved = await keyring.change((now) => ({
      ...now,
      ...{ couple: was.couple, keys: was.keys },
      settings: { ...now.settings, ...(restored !== undefined && { restored }) },
    }));
    if (!saved.ok) {
      parts.onTrouble(saved.code);
      if (!parts.isLocked() && stored !== undefined) {
        const back = stored;
        cancelRetry = clock.after(retryMs, () => void (withdrawing = takeOut(back)));
      }
      return;
    }
    stored = undefined;
    wipeCouple(couple);
    if (keys !== undefined) wipePersonKeys(keys);
    goOn();
  };

  return {
    mayMeet: (how) => {
      const kind = kindOf(how);
      return kind.ok ? accept(undefined) : kind;
    },
    hand,
    store: async (couple, keys) => {
      const keeping = keep(couple, keys);
      storing = keeping;
      const kept = await keeping.finally(() => (storing = undefined));
      goOn();
      return kept;
    },
    withdraw: async () => {
      if (stored === undefined || parts.hasEnded()) return;
      withdrawing = takeOut(stored);
      await withdrawing;
    },
    over: () => {
      vouched = undefined;
      goOn();
    },
    finish: () => {
      const done = stored;
      stored = undefined;
      vouched = undefined;
      if (done === undefined) return undefined;
      finished = parts.paused;
      if (done.keys !== undefined && done.was.keys !== firstKeys) outworn.push(done.was.keys);
      if (done.was.couple !== undefined) wipeCouple(done.was.couple);
      return done.couple;
    },
    settled: async () => {
      await storing;
      await withdrawing;
    },
    stop: () => {
      cancelRetry();
      for (const keys of outworn) wipePersonKeys(keys);
    },
  };
};

const sameHeads = (some: readonly ChainHead[], others: readonly ChainHead[]): boolean => {
  const names = ({ notebook, device, seq }: ChainHead): string => `${notebook} ${device} ${seq}`;
  const known = new Set(others.map(names));
  return some.length === others.length && some.every((head) => known.has(names(head)));
};
