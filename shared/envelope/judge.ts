import type { DeviceId, SpaceId } from "../base/ids.ts";
import { chainName, entryFor, nextPlace, type ChainEntry, type ChainLayer } from "./chain.ts";
import type { Held } from "./held.ts";
import type { Message, MessageHeader } from "./message.ts";
import type { Fork, Outcome, RefusedMessage } from "./outcome.ts";
import type { Devices } from "./devices.ts";
import { bornOut, isAccountedFor, withdrawnAs } from "./siblingRecords.ts";
import {
  isByAnother,
  standInEntry,
  standInsOf,
  type StandIns,
  type VouchedStandIn,
} from "./standIns.ts";
import type { Verified, VerifiedMessage } from "./verify.ts";

/** One judging in progress: staged chains and held messages, and what it has led to so far. */
export type Work = {
  readonly space: SpaceId;
  readonly me: DeviceId;
  readonly devices: Devices;
  readonly chains: ChainLayer;
  readonly held: Held;
  readonly standIns: StandIns;
  /** Records by another device are taken as they are: what bore them out is on this disk no more. */
  readonly trusting: boolean;
  readonly chained: (VerifiedMessage | VouchedStandIn)[];
  readonly forks: Fork[];
  readonly dropped: RefusedMessage[];
  readonly entries: ChainEntry[];
};

/**
 * The half of §6 that depends on what came before. First what waited gets its chance: own messages recorded
 * since the last judging may be what it waited for.
 *
 * Danger: what waits directly after a head has been compared with it, so its `prev` fits and nothing but an
 * unknown seen head keeps it; `judgeNext` relies on that to see a fork.
 */
export const judgeInto = (work: Work, verified: readonly Verified[]): readonly Outcome[] => {
  settle(work);
  return verified.map((one) => {
    if (one.ok) return judgeOne(work, one.value);
    return one.waits === undefined
      ? { outcome: "REFUSED", code: one.code }
      : judgeUnvouched(work, one.waits);
  });
};

/** Where its place is taken, no word would let it in. */
const judgeUnvouched = (work: Work, { id, header }: Pick<Message, "id" | "header">): Outcome => {
  if (work.chains.entryOf(id) !== undefined) return { outcome: "DUP" };
  return isBehind(work, header) || work.chains.isFrozen(header.notebook, header.device)
    ? { outcome: "REFUSED", code: "NO_TAG" }
    : { outcome: "UNVOUCHED", header };
};

/** The messages among what was chained. */
export const messagesIn = (
  chained: readonly (VerifiedMessage | VouchedStandIn)[],
): readonly VerifiedMessage[] => chained.filter((one): one is VerifiedMessage => "message" in one);

const judgeOne = (work: Work, verified: VerifiedMessage): Outcome => {
  const { id, header } = verified.message;
  const { notebook, device, seq } = header;
  if (work.chains.entryOf(id) !== undefined) return { outcome: "DUP" };
  if (device === work.me) return { outcome: "REFUSED", code: "NO_TAG" };
  if (work.chains.isFrozen(notebook, device)) return { outcome: "FROZEN" };
  const next = (work.chains.headOf(notebook, device)?.seq ?? 0) + 1;
  if (seq < next) return forked(work, [claimOf(verified)]);
  if (seq > next) return judgeAhead(work, verified);
  return judgeNext(work, verified);
};

/** For a message that comes before those that it follows. */
const judgeAhead = (work: Work, verified: VerifiedMessage): Outcome => {
  const against = contradiction(work, verified);
  if (against !== undefined) return forked(work, [against]);
  return hold("PENDING", work, verified);
};

/**
 * What it withdraws may be what everything else waits for, its own turn included: its records fill gaps at once.
 */
const hold = (
  outcome: "PENDING" | "PENDING_SEEN",
  work: Work,
  verified: VerifiedMessage,
): Outcome => {
  const holding = holdAs(outcome, work, verified);
  const standIns = standInsAhead(work, verified);
  const { id, header } = verified.message;
  const mayBearOut = work.standIns.chains().includes(chainName(header.notebook, header.device));
  if (standIns.length === 0 && !mayBearOut) return holding;
  const [chainedBefore, forksBefore] = [work.chained.length, work.forks.length];
  const withinBounds = work.standIns.add(standIns) && holding.outcome === outcome;
  settle(work);
  if (!withinBounds) work.standIns.dropBy(verified);
  const fork = work.forks
    .slice(forksBefore)
    .find(({ notebook, device }) => notebook === header.notebook && device === header.device);
  if (fork !== undefined) return { outcome: "FORK", fork };
  if (work.chains.entryOf(id) !== undefined) return accepted(work, chainedBefore);
  const next = (work.chains.headOf(header.notebook, header.device)?.seq ?? 0) + 1;
  return holding.outcome === "HELD_FULL" && outcome === "PENDING" && header.seq === next
    ? judgeNext(work, verified)
    : holding;
};

const standInsAhead = (work: Work, verified: VerifiedMessage): readonly VouchedStandIn[] =>
  recordsOf(work, verified).filter((one) =>
    isByAnother(one)
      ? work.chains.entryOf(one.id) === undefined
      : !isBehind(work, one.header) &&
        !work.chains.isFrozen(one.header.notebook, one.header.device),
  );

const recordsOf = ({ devices }: Work, verified: VerifiedMessage): readonly VouchedStandIn[] =>
  standInsOf(verified, devices.mayWithdraw);

/** For a message that is the next of its chain by sequence. */
const judgeNext = (work: Work, verified: VerifiedMessage): Outcome => {
  const { id, header } = verified.message;
  if (!prevFits(work, header)) return { outcome: "REFUSED", code: "BAD_PREV" };
  const rivals = work.held
    .at(chainName(header.notebook, header.device), header.seq)
    .filter(({ message }) => message.id !== id);
  if (rivals.length > 0) return forked(work, [...rivals, verified].map(claimOf));
  const against = contradiction(work, verified);
  if (against !== undefined) return forked(work, [against]);
  const gone = withdrawnAs(work, verified);
  if (gone !== undefined) {
    chainNext(work, gone, standInEntry(gone));
    settle(work);
    return { outcome: "DUP" };
  }
  const seen = seenHeads(work, verified.message);
  if (seen === "false") return { outcome: "REFUSED", code: "BAD_PAYLOAD" };
  if (seen === "unknown") return hold("PENDING_SEEN", work, verified);
  const before = work.chained.length;
  admitNext(work, verified);
  settle(work);
  return accepted(work, before);
};

const accepted = (work: Work, before: number): Outcome => ({
  outcome: "ACCEPT",
  admitted: messagesIn(work.chained.slice(before)),
});

const holdAs = (
  outcome: "PENDING" | "PENDING_SEEN",
  work: Work,
  verified: VerifiedMessage,
): Outcome =>
  work.held.hold(verified)
    ? { outcome }
    : { outcome: "HELD_FULL", header: verified.message.header };

const admitNext = (work: Work, verified: VerifiedMessage): void => {
  work.held.drop(verified);
  chainNext(work, verified, entryFor(verified.message));
  // What it says of another device's chain waits until that chain has come so far.
  const waiting = standInsAhead(work, verified).filter(isByAnother);
  if (!work.standIns.add(waiting)) work.standIns.dropBy(verified);
};

const chainNext = (work: Work, one: VerifiedMessage | VouchedStandIn, entry: ChainEntry): void => {
  work.chains.append(entry);
  work.standIns.dropPlace(chainName(entry.notebook, entry.device), entry.seq, entry.id);
  work.entries.push(entry);
  work.chained.push(one);
};

/** A message, and what it says of one place in its chain. */
type Claim = { readonly by: VerifiedMessage; readonly entry: ChainEntry };

const claimOf = (by: VerifiedMessage): Claim => ({ by, entry: entryFor(by.message, "forked") });

const claimOfStandIn = (standIn: VouchedStandIn): Claim => ({
  by: standIn.by,
  entry: { ...standInEntry(standIn), standing: "forked" },
});

/**
 * A redaction's record against what stands in its own chain: its author says that another message was there. Against
 * what stands in an earlier device's chain it says nothing, and withdraws nothing.
 */
const contradiction = (work: Work, verified: VerifiedMessage): Claim | undefined => {
  const against = recordsOf(work, verified).find(
    ({ id, header }) =>
      header.device === verified.message.header.device &&
      isBehind(work, header) &&
      work.chains.entryOf(id) === undefined,
  );
  return against && claimOfStandIn(against);
};

const isBehind = ({ chains }: Work, { notebook, device, seq }: MessageHeader): boolean =>
  seq <= (chains.headOf(notebook, device)?.seq ?? 0);

/** The chain of a device that is gone stands still from now on; what waited for more of it waits no longer. */
const forked = (work: Work, claims: readonly Claim[]): Outcome => {
  const fork = forkChain(work, claims);
  if (work.devices.isGone(fork.device)) settle(work);
  return { outcome: "FORK", fork };
};

/** Keeps all of them beside the chain and freezes it; what still waited there never gets its turn. */
const forkChain = (work: Work, claims: readonly Claim[]): Fork => {
  const entries = claims.map(({ entry }) => entry);
  const kept = claims.map(({ by }) => by);
  const [first] = entries;
  if (first === undefined) throw new Error("a fork of nothing");
  const { notebook, device, seq } = first;
  for (const entry of entries) {
    work.chains.append(entry);
    work.entries.push(entry);
  }
  const keptIds = new Set(kept.map(({ message }) => message.id));
  const chain = chainName(notebook, device);
  work.standIns.dropChain(chain);
  for (const waiting of work.held.dropChain(chain)) {
    if (!keptIds.has(waiting.message.id)) work.dropped.push({ message: waiting, code: "FROZEN" });
  }
  const fork: Fork = { notebook, device, seq, kept, entries };
  work.forks.push(fork);
  return fork;
};

/** Admits what waited and now may, until nothing moves any more. */
const settle = (work: Work): void => {
  let moved = true;
  while (moved) {
    moved = false;
    const chains = new Set([...work.held.chains(), ...work.standIns.chains()]);
    for (const chain of chains) moved = settleChain(work, chain) || moved;
  }
};

/**
 * True where it admitted or kept something, so that others may follow. A message that may be admitted goes before
 * the record that stands in for it; one that has to wait, or may not, does not.
 */
const settleChain = (work: Work, chain: string): boolean => {
  const next = (work.chains.headNamed(chain)?.seq ?? 0) + 1;
  const waiting = work.held.at(chain, next).filter((verified) => keepIfPrevFits(work, verified));
  const fitting = work.standIns.at(chain, next).filter(({ header }) => prevFits(work, header));
  const own = fitting.filter((one) => !isByAnother(one));
  // Another device's record is no second account of this chain: it fills what nothing else does, once that is borne out.
  const path = own.length > 0 ? [] : bornOut(work, chain, fitting, waiting);
  if (path.length === 0 && own.length === 0 && waiting.length === 0) {
    // Of one that is gone nothing else will come to bear it out.
    const [one] = fitting;
    if (one !== undefined && (work.trusting || work.devices.isGone(one.header.device)))
      path.push(one);
  }
  const standIns = own.length > 0 ? own : path.slice(0, 1);
  const claims = [
    ...waiting.map(claimOf),
    ...standIns
      .filter(({ id }) => !waiting.some(({ message }) => message.id === id))
      .map(claimOfStandIn),
  ];
  // Offered for a replay, to a chain that had forked before.
  if (claims.some(({ entry }) => work.chains.isFrozen(entry.notebook, entry.device))) return false;
  if (claims.length > 1) {
    forkChain(work, claims);
    return true;
  }
  const [first] = waiting;
  const [standIn] = standIns;
  if (first !== undefined) {
    const against = contradiction(work, first);
    if (against !== undefined) {
      forkChain(work, [against]);
      return true;
    }
    const seen = seenHeads(work, first.message);
    if (seen === "known" && withdrawnAs(work, first) === undefined) {
      admitNext(work, first);
      return true;
    }
    if (seen === "unknown" && standIn === undefined) return false;
    work.held.drop(first);
    if (seen === "false") work.dropped.push({ message: first, code: "BAD_PAYLOAD" });
  }
  if (standIn === undefined) return false;
  for (const one of own.length > 0 ? [standIn] : path) chainNext(work, one, standInEntry(one));
  return true;
};

const keepIfPrevFits = (work: Work, verified: VerifiedMessage): boolean => {
  if (prevFits(work, verified.message.header)) return true;
  work.held.drop(verified);
  work.dropped.push({ message: verified, code: "BAD_PREV" });
  return false;
};

const prevFits = ({ chains, space }: Work, header: MessageHeader): boolean => {
  const { notebook, device } = header;
  return nextPlace(chains.headOf(notebook, device), space, notebook, device).prev === header.prev;
};

/** "false": one of them names a message that is known to stand elsewhere. */
const seenHeads = (work: Work, { payload }: Message): "known" | "unknown" | "false" => {
  const { chains, devices } = work;
  const found = payload.seen.map((head) => ({ head, entry: chains.entryOf(head.id) }));
  const wrong = found.some(
    ({ head, entry }) =>
      entry !== undefined && (entry.device !== head.device || entry.seq !== head.seq),
  );
  if (wrong) return "false";
  return found.every(
    ({ head, entry }) =>
      entry !== undefined || !devices.mayCome(head, chains) || isAccountedFor(work, head),
  )
    ? "known"
    : "unknown";
};
