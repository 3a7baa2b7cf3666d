import type { DeviceId, NotebookId } from "../base/ids.ts";
import { chainName, type ChainHead } from "../envelope/chain.ts";
import type { IndexLine } from "../ledger/indexLine.ts";

/** What the newest ack of another device in use says, as far as it can be true. */
export type Acked = {
  /**
   * Up to where that device holds a chain which it has not written itself: the one named, or, where none is, one's own;
   * 0 where nothing was said.
   */
  readonly upTo: (notebook: NotebookId, device?: DeviceId) => number;
  /** Up to where all chains but one's own go, by that device's account. */
  readonly theirs: readonly ChainHead[];
  /** Of a message that stands here it names another one under the same number (PROTOCOL §8: a fork). */
  readonly differs: boolean;
  /** By its clock, never later than ours; undefined while nothing was heard. */
  readonly heardAt: number | undefined;
};

export const nothingAcked: Acked = {
  upTo: () => 0,
  theirs: [],
  differs: false,
  heardAt: undefined,
};

type AckReading = {
  readonly me: DeviceId;
  /** Whose ack it is. */
  readonly peer: DeviceId;
  /** It adds nothing to its own chain any more. */
  readonly isGone: (device: DeviceId) => boolean;
  readonly idAt: (notebook: NotebookId, device: DeviceId, seq: number) => string | undefined;
};

/**
 * A head that names another message of mine than the one that stands there is no acknowledgement: either side was
 * rolled back, and the words are offered again. So it is with those of any other device in use, of which more may have
 * come there than here. Of a device that is gone the same is true, and nothing that is offered mends a fork in its
 * chain: its heads count as they are.
 */
export const readAcked = (
  heads: readonly ChainHead[],
  { me, peer, isGone, idAt }: AckReading,
  heardAt: number,
): Acked => {
  const isOther = ({ notebook, device, seq, id }: ChainHead): boolean =>
    !isGone(device) && (idAt(notebook, device, seq) ?? id) !== id;
  const upTo = new Map<string, number>();
  for (const head of heads) {
    const { notebook, device, seq } = head;
    const isMissingHere = device === me && idAt(notebook, device, seq) === undefined;
    if (device === peer || isMissingHere || isOther(head)) continue;
    upTo.set(chainName(notebook, device), seq);
  }
  return {
    upTo: (notebook, device = me) => upTo.get(chainName(notebook, device)) ?? 0,
    theirs: heads.filter(({ device }) => device !== me),
    differs: heads.some(isOther),
    heardAt,
  };
};

/**
 * What may be said of a word to people: it has arrived where any computer of the partner's has it. `partners`: of each
 * of those; `beside`: of my own others, which say what there is, and not what has arrived.
 */
export const furthestAcked = (partners: readonly Acked[], beside: readonly Acked[]): Acked => {
  const [only] = partners;
  if (only !== undefined && partners.length + beside.length === 1) return only;
  const all = [...partners, ...beside];
  const newest = new Map<string, ChainHead>();
  for (const head of all.flatMap(({ theirs }) => theirs)) {
    const chain = chainName(head.notebook, head.device);
    if (head.seq > (newest.get(chain)?.seq ?? 0)) newest.set(chain, head);
  }
  const heard = partners.flatMap(({ heardAt }) => heardAt ?? []);
  return {
    upTo: (notebook, device) => Math.max(0, ...partners.map((one) => one.upTo(notebook, device))),
    theirs: [...newest.values()],
    differs: all.some(({ differs }) => differs),
    heardAt: heard.length === 0 ? undefined : Math.max(...heard),
  };
};

/** Acks answer words, not acks: only after so many does one go back, so that they do not echo for ever. */
export const acksPerAck = 32;

/** Is there anything of others, beyond what one's own newest ack named, that deserves a new one? */
export const needsAck = (linesAfter: readonly IndexLine[]): boolean =>
  linesAfter.some(({ kind }) => kind !== "ack") || linesAfter.length >= acksPerAck;
