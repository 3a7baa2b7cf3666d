import type { MailboxLimits } from "./limits.ts";

/** Bytes that lie in memory on their way through one connection. */
export type Heap = {
  /** False where it is more than there may be. */
  readonly add: (bytes: number) => boolean;
  readonly take: (bytes: number) => void;
  readonly bytes: () => number;
  readonly isFull: () => boolean;
  readonly clear: () => void;
};

/** Each connection has little, and all of them together have little. */
export type Buffers = {
  /** Of messages that arrived in part. */
  readonly arriving: () => Heap;
  /** Of answers that are not read yet. */
  readonly outgoing: () => Heap;
  /** Of messages that wait to be dealt with. */
  readonly queue: (most: number) => Heap;
};

type Pool = { bytes: number; readonly most: number };

export const createBuffers = (
  limits: Pick<MailboxLimits, "arrivingBytes" | "messageBytes" | "outgoingBytes" | "outgoingTotal">,
): Buffers => {
  const arriving: Pool = { bytes: 0, most: limits.arrivingBytes };
  const outgoing: Pool = { bytes: 0, most: limits.outgoingTotal };
  return {
    // A little over, for what of the next message comes in the same piece.
    arriving: () => createHeap(2 * limits.messageBytes, arriving),
    outgoing: () => createHeap(limits.outgoingBytes, outgoing),
    queue: (most) => createHeap(most, { bytes: 0, most: Number.POSITIVE_INFINITY }),
  };
};

/** What a single small answer takes is not worth refusing. */
const smallBytes = 65_536;

const createHeap = (most: number, pool: Pool): Heap => {
  let bytes = 0;
  const take = (amount: number) => {
    const less = Math.min(amount, bytes);
    bytes -= less;
    pool.bytes -= less;
  };
  return {
    add: (amount) => {
      bytes += amount;
      pool.bytes += amount;
      return bytes <= most && (pool.bytes <= pool.most || bytes <= smallBytes);
    },
    take,
    bytes: () => bytes,
    isFull: () => bytes >= most,
    clear: () => take(bytes),
  };
};
