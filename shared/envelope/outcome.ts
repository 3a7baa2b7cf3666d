import type { DeviceId, NotebookId } from "../base/ids.ts";
import type { ChainEntry } from "./chain.ts";
import type { MessageHeader } from "./message.ts";
import type { VerifiedMessage, VerifyCode } from "./verify.ts";

/**
 * What becomes of one envelope. ACCEPT holds it and every held message that it released, in order. A PENDING
 * redaction may release others too: its records fill gaps (standIns.ts).
 * Acknowledge nothing but what stands in the chains: HELD_FULL, UNVOUCHED, PENDING and PENDING_SEEN have to come again.
 */
export type Outcome =
  | { readonly outcome: "ACCEPT"; readonly admitted: readonly VerifiedMessage[] }
  /** The message is known; the envelope may be another sealing of it. */
  | { readonly outcome: "DUP" }
  /** Another message with that sequence: the chain freezes, both are kept, the reader is told. */
  | { readonly outcome: "FORK"; readonly fork: Fork }
  /** The chain had forked before. */
  | { readonly outcome: "FROZEN" }
  /** Held until the messages before it are there. */
  | { readonly outcome: "PENDING" }
  /** Held until the messages that its author had seen are there. */
  | { readonly outcome: "PENDING_SEEN" }
  /** Would be held, but its chain's bound is reached: dropped. */
  | { readonly outcome: "HELD_FULL"; readonly header: MessageHeader }
  /** It has no tag for this device, and no other computer of one's own has vouched for it yet: it may come again. */
  | { readonly outcome: "UNVOUCHED"; readonly header: MessageHeader }
  | { readonly outcome: "REFUSED"; readonly code: RefusalCode };

export type RefusalCode = VerifyCode | "BAD_PREV";

export type Fork = {
  readonly notebook: NotebookId;
  readonly device: DeviceId;
  readonly seq: number;
  /**
   * What is newly known at this place. One, where the other stands in the chain already; two, where both came
   * before either was admitted, and then neither is. A redaction is kept for a record that stands against the chain.
   */
  readonly kept: readonly VerifiedMessage[];
  /** What each of `kept` says of this place: itself, or a redaction's record. */
  readonly entries: readonly ChainEntry[];
};

export type RefusedMessage = {
  readonly message: VerifiedMessage;
  readonly code: "BAD_PREV" | "BAD_PAYLOAD" | "FROZEN";
};
