/**
 * A way for whole messages to another computer: ordered, reliable, not to be trusted.
 * Over WebRTC it is one negotiated data channel; in tests a pair in memory.
 */
export type Wire = {
  /** DTLS fingerprints as in the SDP line ("sha-256 AB:CD:…"); both ends see the same two. */
  readonly fingerprints: { readonly local: string; readonly remote: string };
  /** True on exactly one end (the one that made the offer). */
  readonly initiator: boolean;
  /** At most 65,535 bytes a message. */
  readonly send: (message: Uint8Array) => void;
  /** Set once, before the first message can arrive. */
  readonly listen: (listener: WireListener) => void;
  readonly close: () => void;
};

export type WireListener = {
  readonly onMessage: (message: Uint8Array) => void;
  readonly onClose: () => void;
};
