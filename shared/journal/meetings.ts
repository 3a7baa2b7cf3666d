import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { ChainHead } from "../envelope/chain.ts";
import type { KeptShelf } from "../page/shelf.ts";
import { ed25519Secret } from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";
import { makeCertificate } from "../people/certificate.ts";
import type { PairingCode } from "../people/codes.ts";
import { isFull } from "../people/joinOwn.ts";
import type { KeyringContent } from "../people/keyringContent.ts";
import { wipePersonKeys, type PersonKeys } from "../people/person.ts";
import { wipeCouple, type Couple } from "../people/space.ts";
import type { PersonOfMine, Standing } from "../people/standing.ts";
import { takeBack } from "./acts/takingBack.ts";
import { makeHand, type Hand } from "./hands.ts";
import type { PairHow } from "./journal.ts";
import { copyCouple, copyPersonKeys } from "./keys/copies.ts";
import type { KeyringKeeper } from "./keys/keyringKeeper.ts";
import type { SharedShelf } from "./sharedShelf.ts";
import type { ShelfGate } from "./travel/shelfGate.ts";

/** What a person has said of whose computer comes; "adds" no screen can say (pairingDesk.ts). */
export type MeetHow = PairHow | "adds";

/** How this journal stands to a pairing, and what of one is in the keyring: all of it or nothing. */
export type Meetings = {
  /**
   * ALREADY_PAIRED: this journal has its two, or it has none that another computer could come to. NOT_SAVED: of the
   * attempt before, something has to leave the disk yet.
   */
  readonly mayMeet: (how: MeetHow | undefined) => Result<void, PairingCode>;
  readonly hand: (how: MeetHow | undefined) => Result<Hand, PairingCode>;
  /** The other has come: from now on nobody is learned of until the attempt is over. */
  readonly met: () => void;
  /** Somebody has come, or what they made is not at its end. */
  readonly isBusy: () => boolean;
  /** Of whoever was learned of before somebody came, the attempt knows too. */
  readonly follow: (couple: Couple) => void;
  /**
   * Couple, keys, whose this computer is, and what says that sharing is paused: one write. `keys`: where they were
   * renewed. `person`: where this computer joins another.
   */
  readonly store: (
    couple: Couple,
    keys: PersonKeys | undefined,
    person?: PersonOfMine,
  ) => Promise<boolean>;
  /** The keyring as it was before `store`; what the disk refuses is tried again. */
  readonly withdraw: () => Promise<void>;
  /** The attempt has ended without a couple: what waited for it goes on. */
  readonly over: () => void;
  /** Both have stored it: the couple as the keyring has it. */
  readonly finish: () => Finished | undefined;
  /** Nothing of an attempt is on its way to the disk. */
  readonly settled: () => Promise<void>;
  readonly stop: () => void;
};

/** `joined`: this computer has come to another of the same person. */
export type Finished = { readonly couple: Couple; readonly joined: boolean };

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
  /** Nothing is under way any more. */
  readonly freed: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

/** A couple that the disk will not let go of is asked for again after this long, ms. */
const retryMs = 5_000;

type Was = Pick<KeyringContent, "couple" | "keys" | "name" | "role"> & {
  readonly restored: unknown;
};
type Fresh = { readonly couple: Couple; readonly keys: PersonKeys | undefined };
type Stored = Fresh & { readonly was: Was; readonly joined: boolean };

type Vouched = { readonly heads: readonly ChainHead[]; readonly couple: Couple | undefined };

export const createMeetings = (parts: MeetingsParts): Meetings => {
  const { keyring, random, clock } = parts;
  /** In the keyring, and the attempt not at its end. */
  let stored: Stored | undefined;
  let storing: Promise<unknown> | undefined;
  let withdrawing: Promise<void> = Promise.resolve();
  let cancelRetry = (): void => {};
  /** What this side has vouched for, and as which couple: from then on nothing is written and nothing taken in. */
  let vouched: Vouched | undefined;
  let hasCome = false;
  let inHand: Hand | undefined;
  /** Of devices that were replaced while this journal stood open. Those that it was opened with are left to the lock. */
  const outworn: PersonKeys[] = [];
  const firstKeys = keyring.content.read().keys;
  /** Its keys are others now; it goes on once it is unlocked with them. */
  let finished = false;

  const kindOf = (how: MeetHow | undefined): Result<Standing["kind"], PairingCode> => {
    const { couple, keys } = keyring.content.read();
    // A journal that has ended stays what it is: its past and another partner would not be told apart.
    if (parts.isLocked()) return refuse("CANCELLED");
    if (parts.hasEnded() || finished) return refuse("ALREADY_PAIRED");
    if (stored !== undefined || storing !== undefined) return refuse("NOT_SAVED");
    if (couple === undefined) {
      if (how === "adds") return refuse("ALREADY_PAIRED");
      return accept(how === "joins" ? how : "first");
    }
    // What the two share is not open: nothing could be vouched for, and another couple would take its place.
    if (parts.shared() === undefined) return refuse("NOT_SAVED");
    const unmet = couple.before?.unmet === true;
    if (how === "joins")
      return hasNobody(couple) && !parts.paused ? accept(how) : refuse("ALREADY_PAIRED");
    if (how === "adds") {
      if (parts.paused || unmet || !parts.hasMet()) return refuse("ALREADY_PAIRED");
      return isFull(couple, makeCertificate(keys).device) ? refuse("TOO_MANY") : accept(how);
    }
    if (parts.paused || unmet) return accept("anew");
    if (how === "lost") return hasSiblings(couple) ? accept("anew") : refuse("ALREADY_PAIRED");
    if (how === "again") return accept("stays");
    return parts.hasMet() ? refuse("ALREADY_PAIRED") : accept("first");
  };

  const heads = (): readonly ChainHead[] => {
    const shared = parts.shared();
    shared?.gate.hold();
    const { couple } = keyring.content.read();
    vouched = { heads: shared?.shelf.ledger.heads() ?? [], couple };
    return vouched.heads;
  };

  /** What was vouched for is what there is; or what was shared with nobody is among the drafts again. */
  const isReadyFor = async (couple: Couple, joined: boolean): Promise<boolean> => {
    const shared = parts.shared();
    const now = keyring.content.read().couple;
    if (now === undefined) return true;
    if (shared === undefined || !isAsItWas(now, joined)) return false;
    if (joined || now.space !== couple.space) return takeBack(shared.shelf, parts.drafts, random);
    await shared.gate.still();
    return vouched !== undefined && sameHeads(vouched.heads, shared.shelf.ledger.heads());
  };

  /** Whoever was learned of in between would be forgotten; and what has heard of its others since does not join anew. */
  const isAsItWas = (now: Couple | undefined, joined: boolean): boolean =>
    joined
      ? now === undefined || hasNobody(now)
      : vouched === undefined || sameBeside(vouched.couple, now);

  const keep = async (
    fresh: Couple,
    freshKeys: PersonKeys | undefined,
    person: PersonOfMine | undefined,
  ): Promise<boolean> => {
    if (parts.hasEnded() || finished || stored !== undefined) return false;
    const joined = person !== undefined;
    const couple = copyCouple(fresh);
    const keys = freshKeys && ofPerson(freshKeys, person);
    let was: Was | undefined;
    const ready = await isReadyFor(couple, joined);
    const saved =
      ready &&
      (await keyring.change((now) => {
        // Ended while it was waited: it stays ended.
        if (now.past !== undefined || !isAsItWas(now.couple, joined)) return now;
        const { restored, ...settings } = now.settings;
        const { name, role } = now;
        was = { couple: now.couple, keys: now.keys, name, role, restored };
        const whose = person && { name: person.name, role: person.role };
        return { ...now, ...whose, ...(keys && { keys }), settings, couple };
      }));
    if (saved !== false && saved.ok && was !== undefined) {
      stored = { was, couple, keys, joined };
      return true;
    }
    wipeCouple(couple);
    if (keys !== undefined) wipePersonKeys(keys);
    return false;
  };

  const isBusy = (): boolean =>
    hasCome || vouched !== undefined || stored !== undefined || storing !== undefined;

  /** Not before nothing of the attempt is in the keyring: until then a word would be vouched for by nobody. */
  const goOn = (): void => {
    if (vouched === undefined && stored === undefined && storing === undefined)
      parts.shared()?.gate.letGo();
    if (!isBusy()) parts.freed();
  };

  const takeOut = async ({ was, couple, keys, joined }: Stored): Promise<void> => {
    const { restored, name, role, ...all } = was;
    const saved = await keyring.change((now) => ({
      ...now,
      ...(joined && { name, role }),
      ...all,
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
    hand: (how) => {
      const kind = kindOf(how);
      if (!kind.ok) return kind;
      inHand = makeHand({ kind: kind.value, now: keyring.content.read(), heads, random });
      return accept(inHand);
    },
    met: () => {
      hasCome = true;
    },
    isBusy,
    follow: (couple) => {
      if (vouched === undefined) inHand?.follow(couple);
    },
    store: async (couple, keys, person) => {
      const keeping = keep(couple, keys, person);
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
      hasCome = false;
      inHand = undefined;
      goOn();
    },
    finish: () => {
      const done = stored;
      stored = undefined;
      vouched = undefined;
      hasCome = false;
      inHand = undefined;
      if (done === undefined) return undefined;
      finished = parts.paused;
      if (done.keys !== undefined && done.was.keys !== firstKeys) outworn.push(done.was.keys);
      if (done.was.couple !== undefined) wipeCouple(done.was.couple);
      return { couple: done.couple, joined: done.joined };
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

const sameBeside = (some: Couple | undefined, others: Couple | undefined): boolean => {
  const names = (couple: Couple | undefined): string =>
    (couple?.beside ?? []).map(({ certificate }) => certificate.device).join(" ");
  return names(some) === names(others);
};

const hasSiblings = ({ beside = [] }: Couple): boolean =>
  beside.some(({ owner }) => owner === "me");

/** It has joined another computer of the same person, and heard of nobody since: perhaps nobody knows of it. */
const hasNobody = ({ before, beside = [] }: Couple): boolean =>
  before?.unmet === true && beside.some(({ owner, older }) => owner === "me" && older);

/** The new keys of this computer's device, copied; under the identity of whoever it joins. */
const ofPerson = (keys: PersonKeys, person: PersonOfMine | undefined): PersonKeys => {
  const copy = copyPersonKeys(keys);
  if (person === undefined) return copy;
  wipe(copy.identity);
  return { ...copy, identity: ed25519Secret(person.identity.slice()) };
};
