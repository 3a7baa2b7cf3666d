import type { Allowance, Rate } from "../limits.ts";

/** What strangers may cost the mailbox: bytes and milliseconds. Nobody registers, so everybody is a stranger. */
export type MailboxLimits = {
  /** A WebSocket message that a client sends. */
  readonly messageBytes: number;
  /** The same before the connection was let in to a document; and four times this in all. */
  readonly earlyBytes: number;
  /** One envelope. */
  readonly envelopeLeast: number;
  readonly envelopeMost: number;
  /** A state vector, by which a client says what it has. */
  readonly vectorBytes: number;
  /** Bytes on the disk. */
  readonly coupleBytes: number;
  readonly documentBytes: number;
  /** Entries of one document, those that were deleted included: each costs memory. */
  readonly structs: number;
  /** Who wrote them, a connection at a time: each costs more than an entry does. */
  readonly clients: number;
  /** Entries that stand under a key where another one stood: each makes the next one slower. */
  readonly crowd: number;
  readonly documentsPerCouple: number;
  readonly connectionsPerCouple: number;
  readonly documentsPerConnection: number;
  /** All documents of all couples on the disk. */
  readonly documents: number;
  readonly storedBytes: number;
  /** How much of it may be full before only couples are served that have something there already. */
  readonly newcomersUntil: number;
  /** Of documents that somebody has open: what they take in memory, roughly. */
  readonly openBytes: number;
  /** Of all messages that have arrived in part. */
  readonly arrivingBytes: number;
  /** What may wait for one reader, and for all of them, before it counts as gone. */
  readonly outgoingBytes: number;
  readonly outgoingTotal: number;
  /** Who is faster than this waits; nothing is lost. */
  readonly perConnection: Rate;
  readonly perAddress: Rate;
  /** Bytes that are kept for one address: anybody can invent couples. What is taken out again counts too. */
  readonly storingPerAddress: Allowance;
  /** What one couple may have sent to it. Who asks for more is cut off. */
  readonly reading: Rate;
  /** Without a document for this long a connection is closed. */
  readonly letInMs: number;
  /** From the first byte of a message to its last. */
  readonly messageMs: number;
  /** A change is written to the disk after this long without another one, at the latest after `saveMostMs`. */
  readonly saveMs: number;
  readonly saveMostMs: number;
  /** How fast one document may be written to the disk over and over. */
  readonly savingBytesPerSecond: number;
  /** A document that nobody opened or wrote for this long goes. */
  readonly keepMs: number;
  /** How often it is looked for such documents. */
  readonly sweepMs: number;
};

const kibi = 1024;
const mebi = 1024 * kibi;
const hour = 3_600_000;

export const defaultMailboxLimits: MailboxLimits = {
  messageBytes: 2 * mebi,
  earlyBytes: 8 * kibi,
  envelopeLeast: 592,
  envelopeMost: 1_081_424,
  vectorBytes: 64 * kibi,
  coupleBytes: 64 * mebi,
  documentBytes: 48 * mebi,
  structs: 32_768,
  clients: 2_048,
  crowd: 256,
  documentsPerCouple: 24,
  connectionsPerCouple: 8,
  documentsPerConnection: 16,
  documents: 400_000,
  storedBytes: 16_384 * mebi,
  newcomersUntil: 0.9,
  openBytes: 512 * mebi,
  arrivingBytes: 128 * mebi,
  outgoingBytes: 80 * mebi,
  outgoingTotal: 256 * mebi,
  perConnection: {
    messages: { burst: 600, perSecond: 60 },
    bytes: { burst: 32 * mebi, perSecond: 4 * mebi },
  },
  perAddress: {
    messages: { burst: 3_000, perSecond: 300 },
    bytes: { burst: 64 * mebi, perSecond: 8 * mebi },
  },
  storingPerAddress: { burst: 1_024 * mebi, perSecond: (1_024 * mebi) / 86_400 },
  reading: {
    messages: { burst: 600, perSecond: 10 },
    bytes: { burst: 256 * mebi, perSecond: mebi },
  },
  letInMs: 20_000,
  messageMs: 60_000,
  saveMs: 2_000,
  saveMostMs: 10_000,
  savingBytesPerSecond: mebi,
  keepMs: 90 * 24 * hour,
  sweepMs: 6 * hour,
};
