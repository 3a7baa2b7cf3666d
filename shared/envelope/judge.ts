import type { DeviceId, SpaceId } from "../base/ids.ts";
import type { Result } from "../base/result.ts";
import { chainName, entryFor, nextPlace, type ChainEntry, type ChainLayer } from "./chain.ts";
import type { Held } from "./held.ts";
import type { Message } from "./message.ts";
import type { Fork, Outcome, RefusedMessage } from "./outcome.ts";
import type { VerifiedMessage, VerifyCode } from "./verify.ts";

/** One judging in progress: staged chains and held messages, and what it has led to so far. */
export type Work = {
  readonly space: SpaceId;
  readonly me: DeviceId;
  readonly chains: ChainLayer;
  readonly held: Held;
  readonly admitted: VerifiedMessage[];
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
export const judgeInto = (
  work: Work,
  verified: readonly Result<VerifiedMessage, VerifyCode>[],
): readonly Outcome[] => {
  settle(work);
  return verified.map((one) =>
    one.ok ? judgeOne(work, one.value) : { outcome: "REFUSED", code: one.code },
  );
};

const judgeOne = (work: Work, verified: VerifiedMessage): Outcome => {
  const { id, header } = verified.message;
  const { notebook, device, seq } = header;
  if (work.chains.entryOf(id) !== undefined) return { outcome: "DUP" };
  if (device === work.me) return { outcome: "REFUSED", code: "NO_TAG" };
  if (work.chains.isFrozen(notebook, device)) return { outcome: "FROZEN" };
  const next = (work.chains.headOf(notebook, device)?.seq ?? 0) + 1;
  if (seq < next) return { outcome: "FORK", fork: forkChain(work, [verified]) };
  if (seq > next) return holdAs("PENDING", work, verified);
  return judgeNext(work, verified);
};

/** For a message that is the next of its chain by sequence. */
const judgeNext = (work: Work, verified: VerifiedMessage): Outcome => {
  const { id, header } = verified.message;
  if (!prevFits(work, verified.message)) return { outcome: "REFUSED", code: "BAD_PREV" };
  const rivals = work.held
    .at(chainName(header.notebook, header.device), header.seq)
    .filter(({ message }) => message.id !== id);
  if (rivals.length > 0) {
    return { outcome: "FORK", fork: forkChain(work, [...rivals, verified]) };
  }
  const seen = seenHeads(work, verified.message);
  if (seen === "false") return { outcome: "REFUSED", code: "BAD_PAYLOAD" };
  if (seen === "unknown") return holdAs("PENDING_SEEN", work, verified);
  const before = work.admitted.length;
  admitNext(work, verified);
  settle(work);
  return { outcome: "ACCEPT", admitted: work.admitted.slice(before) };
};

const holdAs = (
  outcome: "PENDING" | "PENDING_SEEN",
  work: Work,
  verified: VerifiedMessage,
): Outcome => (work.held.hold(verified) ? { outcome } : { outcome: "HELD_FULL" });

const admitNext = (work: Work, verified: VerifiedMessage): void => {
  const entry = entryFor(verified.message);
  work.held.drop(verified);
  work.chains.append(entry);
  work.entries.push(entry);
  work.admitted.push(verified);
};

/** Keeps all of them beside the chain and freezes it; what still waited there never gets its turn. */
const forkChain = (work: Work, kept: readonly VerifiedMessage[]): Fork => {
  const [first] = kept;
  if (first === undefined) throw new Error("a fork of nothing");
  const { notebook, device, seq } = first.message.header;
  for (const { message } of kept) {
    const entry = entryFor(message, "forked");
    work.chains.append(entry);
    work.entries.push(entry);
  }
  const keptIds = new Set(kept.map(({ message }) => message.id));
  for (const waiting of work.held.dropChain(chainName(notebook, device))) {
    if (!keptIds.has(waiting.message.id)) work.dropped.push({ message: waiting, code: "FROZEN" });
  }
  const fork: Fork = { notebook, device, seq, kept };
  work.forks.push(fork);
  return fork;
};

/** Admits what waited and now may, until nothing moves any more. */
const settle = (work: Work): void => {
  let moved = true;
  while (moved) {
    moved = false;
    for (const chain of work.held.chains()) moved = settleChain(work, chain) || moved;
  }
};

/** True where it admitted or kept something, so that others may follow. */
const settleChain = (work: Work, chain: string): boolean => {
  const waiting = nextWaiting(work, chain);
  const [first, ...rest] = waiting.filter((verified) => keepIfPrevFits(work, verified));
  if (first === undefined) return false;
  if (rest.length > 0) {
    forkChain(work, [first, ...rest]);
    return true;
  }
  const seen = seenHeads(work, first.message);
  if (seen === "unknown") return false;
  if (seen === "known") {
    admitNext(work, first);
    return true;
  }
  work.held.drop(first);
  work.dropped.push({ message: first, code: "BAD_PAYLOAD" });
  return false;
};

const nextWaiting = (work: Work, chain: string): readonly VerifiedMessage[] => {
  const head = work.chains.headNamed(chain);
  return work.held.at(chain, (head?.seq ?? 0) + 1);
};

const keepIfPrevFits = (work: Work, verified: VerifiedMessage): boolean => {
  if (prevFits(work, verified.message)) return true;
  work.held.drop(verified);
  work.dropped.push({ message: verified, code: "BAD_PREV" });
  return false;
};

const prevFits = ({ chains, space }: Work, { header }: Message): boolean => {
  const { notebook, device } = header;
  return nextPlace(chains.headOf(notebook, device), space, notebook, device).prev === header.prev;
};

/** "false": one of them names a message that is known to stand elsewhere. */
const seenHeads = ({ chains }: Work, { payload }: Message): "known" | "unknown" | "false" => {
  const found = payload.seen.map((head) => ({ head, entry: chains.entryOf(head.id) }));
  const wrong = found.some(
    ({ head, entry }) =>
      entry !== undefined && (entry.device !== head.device || entry.seq !== head.seq),
  );
  if (wrong) return "false";
  return found.every(({ entry }) => entry !== undefined) ? "known" : "unknown";
};
