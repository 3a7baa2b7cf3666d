/** What simple-peer uses of an RTCDataChannel (its index.js, `_setupData`). */
export type PeerChannel = {
  readonly label: string;
  readonly readyState: RTCDataChannelState;
  readonly bufferedAmount: number;
  bufferedAmountLowThreshold: number;
  binaryType: BinaryType;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onerror: ((event: unknown) => void) | null;
  onmessage: ((event: { readonly data: Uint8Array }) => void) | null;
  onbufferedamountlow: (() => void) | null;
  readonly send: (data: unknown) => void;
  readonly close: () => void;
};

export type ChannelLookAlike = {
  readonly channel: PeerChannel;
  readonly open: () => void;
  /** Throws what simple-peer and y-webrtc throw while digesting. */
  readonly deliver: (message: Uint8Array) => void;
  /** The other end, or we, ended it; told once. */
  readonly end: () => void;
};

export type ChannelLookAlikeParts = {
  readonly send: (message: Uint8Array) => void;
  readonly waiting: () => number;
  /** simple-peer closed it. */
  readonly onClosed: () => void;
};

/** The channel that simple-peer believes to have: it opens when the sealed one under it has, and carries what that carries. */
export const createChannelLookAlike = (parts: ChannelLookAlikeParts): ChannelLookAlike => {
  let state: RTCDataChannelState = "connecting";
  const channel: PeerChannel = {
    label: "twofold",
    get readyState() {
      return state;
    },
    get bufferedAmount() {
      return parts.waiting();
    },
    bufferedAmountLowThreshold: 0,
    binaryType: "arraybuffer",
    onopen: null,
    onclose: null,
    onerror: null,
    onmessage: null,
    onbufferedamountlow: null,
    send: (data) => {
      if (state === "open" && data instanceof Uint8Array) parts.send(data);
    },
    close: () => {
      if (state === "closed") return;
      state = "closed";
      parts.onClosed();
    },
  };
  return {
    channel,
    open: () => {
      if (state !== "connecting") return;
      state = "open";
      channel.onopen?.();
    },
    deliver: (message) => channel.onmessage?.({ data: message }),
    end: () => {
      if (state === "closed") return;
      state = "closed";
      channel.onclose?.();
    },
  };
};
