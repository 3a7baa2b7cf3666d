/** `burst` at once, refilled at `perSecond`. */
export type Allowance = { readonly burst: number; readonly perSecond: number };

export type Rate = { readonly messages: Allowance; readonly bytes: Allowance };

/** What one stranger may cost this process. Bytes, milliseconds, UTF-16 units for names. */
export type Limits = {
  readonly messageBytes: number;
  /** Levels of arrays and objects in a frame. */
  readonly jsonDepth: number;
  readonly topicLength: number;
  readonly topicsPerConnection: number;
  /** Bounds how much one publish multiplies. */
  readonly subscribersPerTopic: number;
  readonly connections: number;
  readonly connectionsPerAddress: number;
  readonly perConnection: Rate;
  readonly perAddress: Rate;
  /** What may wait for a reader before it counts as gone. */
  readonly outgoingBytes: number;
  /** From the TCP connection to the finished WebSocket handshake (or HTTP answer). */
  readonly handshakeMs: number;
  /** Every so often each connection is pinged; the one that missed the last ping is dropped. */
  readonly pingMs: number;
  /** Without any frame for this long a connection is closed, even if it answers pings. */
  readonly idleMs: number;
  /** How long a closed connection may take to say goodbye. */
  readonly closeMs: number;
};

const kibi = 1024;

export const defaultLimits: Limits = {
  messageBytes: 64 * kibi,
  jsonDepth: 16,
  topicLength: 128,
  topicsPerConnection: 16,
  subscribersPerTopic: 32,
  connections: 4_000,
  connectionsPerAddress: 64,
  perConnection: {
    messages: { burst: 200, perSecond: 20 },
    bytes: { burst: 512 * kibi, perSecond: 64 * kibi },
  },
  perAddress: {
    messages: { burst: 1_000, perSecond: 100 },
    bytes: { burst: 2_048 * kibi, perSecond: 256 * kibi },
  },
  outgoingBytes: 512 * kibi,
  handshakeMs: 10_000,
  pingMs: 15_000,
  idleMs: 120_000,
  closeMs: 1_000,
};
