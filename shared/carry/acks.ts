import type { DeviceId, NotebookId } from "../base/ids.ts";
import type { ChainHead } from "../envelope/chain.ts";
import type { IndexLine } from "../ledger/indexLine.ts";

/** What the partner's newest ack says, as far as it can be true: never more than this device has written. */
export type Acked = {
  /** By notebook: up to where the partner holds one's own chain; 0 where nothing was said. */
  readonly upTo: (notebook: NotebookId) => number;
  /** Up to where the partner's own chains go, by their own account. */
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

/**
 * A head that names another message than the one that stands there is no acknowledgement: either side was
 * rolled back, and the words are offered again.
 */
export const readAcked = (
  heads: readonly ChainHead[],
  me: DeviceId,
  idAt: (notebook: NotebookId, device: DeviceId, seq: number) => string | undefined,
  heardAt: number,
): Acked => {
  const upTo = new Map<NotebookId, number>();
  for (const { notebook, device, seq, id } of heads) {
    if (device === me && idAt(notebook, device, seq) === id) upTo.set(notebook, seq);
  }
  return {
    upTo: (notebook) => upTo.get(notebook) ?? 0,
    theirs: heads.filter(({ device }) => device !== me),
    differs: heads.some(
      ({ notebook, device, seq, id }) => (idAt(notebook, device, seq) ?? id) !== id,
    ),
    heardAt,
  };
};

/** Acks answer words, not acks: only after so many does one go back, so that the two do not echo for ever. */
export const acksPerAck = 32;

/** Is there anything of the partner's, beyond what one's own newest ack named, that deserves a new one? */
export const needsAck = (linesAfter: readonly IndexLine[]): boolean =>
  linesAfter.some(({ kind }) => kind !== "ack") || linesAfter.length >= acksPerAck;
