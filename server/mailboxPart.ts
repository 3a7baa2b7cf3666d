import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Visitor } from "./door.ts";
import type { Allowance, Rate } from "./limits.ts";
import type { Ending } from "./line.ts";
import type { MailboxStats } from "./metrics.ts";
import type { Seat } from "./seat.ts";

/**
 * What the house asks of a mailbox. The app's own meeting point has none, and this contract is all that it bundles of
 * one; see mailbox/mailbox.ts.
 */
export type MailboxPart = {
  /** A WebSocket message that a client sends. */
  readonly messageBytes: number;
  readonly perAddress: Rate;
  /** What an address may have kept. */
  readonly storingPerAddress: Allowance;
  readonly welcome: (arrival: MailboxArrival) => Seat;
  /** Every few seconds. */
  readonly round: () => void;
  /** Writes what is not on the disk yet. Nobody is connected any more. */
  readonly stop: () => Promise<void>;
  readonly stats: () => MailboxStats;
};

export type MailboxArrival = {
  readonly socket: WebSocket;
  /** The same connection below. */
  readonly wire: Socket;
  readonly visitor: Visitor;
  readonly closeMs: number;
  readonly onEnded: (ending: Ending) => void;
};
