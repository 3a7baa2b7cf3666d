import type { DeviceId, NotebookId } from "../base/ids.ts";
import { chainName, type ChainHead } from "../envelope/chain.ts";
import type { IndexLine } from "../ledger/indexLine.ts";

/** What the newest ack of the partner's device in use says, as far as it can be true. */
export type Acked = {
  /**
   * Up to where the partner holds a chain: that of a device that is gone, or, where none is named, one's own; 0 where
   * nothing was said.
   */
  readonly upTo: (notebook: NotebookId, device?: DeviceId) => number;
  /** Up to where all chains but one's own go, by the partner's account. */
  readonly theirs: readonly ChainHead[];
  /** Of a message that stands here they name another one under the same number (PROTOCOL §8: a fork). */
  readonly differs: boolean;
  /** By the partner's clock, never later than ours; undefined while nothing was heard. */
  readonly heardAt: number | undefined;
};

export const nothingAcked: Acked = {
  upTo: () => 0,
  theirs: [],
  differs: false,
  heardAt: undefined,
};

type AckReading = {
  /** The devices in use; any other is gone, and adds nothing to its own chain any more. */
  readonly me: DeviceId;
  readonly partner: DeviceId;
  readonly idAt: (notebook: NotebookId, device: DeviceId, seq: number) => string | undefined;
};

/**
 * A head that names another message of mine than the one that stands there is no acknowledgement: either side was
 * rolled back, and the words are offered again. Of a device that is gone the partner may hold more than there is
 * here, and nothing that is offered mends a fork in its chain: its heads count as they are.
 */
export const readAcked = (
  heads: readonly ChainHead[],
  { me, partner, idAt }: AckReading,
  heardAt: number,
): Acked => {
  const upTo = new Map<string, number>();
  for (const { notebook, device, seq, id } of heads) {
    if (device === partner || (device === me && idAt(notebook, device, seq) !== id)) continue;
    upTo.set(chainName(notebook, device), seq);
  }
  return {
    upTo: (notebook, device = me) => upTo.get(chainName(notebook, device)) ?? 0,
    theirs: heads.filter(({ device }) => device !== me),
    differs: heads.some(
      ({ notebook, device, seq, id }) =>
        (device === me || device === partner) && (idAt(notebook, device, seq) ?? id) !== id,
    ),
    heardAt,
  };
};

/** Acks answer words, not acks: only after so many does one go back, so that the two do not echo for ever. */
export const acksPerAck = 32;

/** Is there anything of the partner's, beyond what one's own newest ack named, that deserves a new one? */
export const needsAck = (linesAfter: readonly IndexLine[]): boolean =>
  linesAfter.some(({ kind }) => kind !== "ack") || linesAfter.length >= acksPerAck;
