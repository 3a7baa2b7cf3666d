import type { Wire, WireListener } from "../../shared/base/wire.ts";
import type { Pace } from "../../shared/carry/frameQueue.ts";

/**
 * Bytes. Above the first the raw channel gets nothing more until it is down to the second. What is on its way does not
 * count, so little is enough on slow and on distant links; and with a megabyte in its hands Chromium takes more than
 * twice as long for the same words (test/bench/carriers.test.ts).
 */
const full = 64 * 1024;
const low = 32 * 1024;

/** Before anyone listens: a handshake's first message, and a few for a slow start. Whoever sends more is cut off. */
const mostEarly = 16;
const mostEarlyBytes = 256 * 1024;

export type RawChannel = {
  readonly channel: RTCDataChannel;
  /** Everything that comes, from the first moment: with a negotiated channel that can be before it tells that it is open. */
  readonly listen: (run: (data: unknown) => void) => void;
};

/**
 * One negotiated channel, the same on both ends: nobody waits for `ondatachannel`, which never comes when both
 * made an offer at once.
 */
export const openRawChannel = (connection: RTCPeerConnection): RawChannel => {
  const channel = connection.createDataChannel("twofold", { negotiated: true, id: 0 });
  channel.binaryType = "arraybuffer";
  channel.bufferedAmountLowThreshold = low;
  const early: unknown[] = [];
  let earlyBytes = 0;
  let run = (data: unknown): void => {
    earlyBytes += data instanceof ArrayBuffer ? data.byteLength : 0;
    if (early.length < mostEarly && earlyBytes <= mostEarlyBytes) return void early.push(data);
    run = () => {};
    early.length = 0;
    channel.close();
  };
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => run(data));
  return {
    channel,
    listen: (given) => {
      run = given;
      for (const data of early.splice(0)) given(data);
    },
  };
};

export type DataWire = Wire & {
  readonly pace: Pace;
  /** Bytes taken by `send` that have not left this computer. */
  readonly waiting: () => number;
  /** The connection under it is gone: browsers do not tell the channel in every case. */
  readonly lose: () => void;
};

export type DataWireParts = Pick<Wire, "fingerprints" | "initiator"> & {
  /** Open. */
  readonly raw: RawChannel;
  /** Ends the connection under the channel. */
  readonly shut: () => void;
};

/**
 * An open data channel as a wire. `send` may be called at any speed: what the channel should not hold yet waits
 * here; whoever holds much better asks `pace`.
 */
export const createDataWire = ({ raw, fingerprints, initiator, shut }: DataWireParts): DataWire => {
  const { channel } = raw;
  let queue: Uint8Array[] = [];
  let queued = 0;
  let whenRoom: (() => void) | undefined;
  let listener: WireListener | undefined;
  let closed = false;

  const hasRoom = () => channel.bufferedAmount < full;
  const push = (message: Uint8Array): void => {
    try {
      // Everything here is made by `new Uint8Array(n)`; a view on shared memory would throw.
      channel.send(message as Uint8Array<ArrayBuffer>);
    } catch {
      end();
    }
  };
  const drain = () => {
    while (hasRoom()) {
      const message = queue.shift();
      if (message === undefined) break;
      queued -= message.length;
      push(message);
    }
    if (queue.length > 0 || !hasRoom()) return;
    const run = whenRoom;
    whenRoom = undefined;
    run?.();
  };
  const finish = () => {
    if (closed) return false;
    closed = true;
    queue = [];
    queued = 0;
    whenRoom = undefined;
    shut();
    return true;
  };
  const end = () => {
    if (finish()) listener?.onClose();
  };

  channel.addEventListener("bufferedamountlow", drain);
  channel.addEventListener("close", end);
  channel.addEventListener("error", end);
  return {
    fingerprints,
    initiator,
    send: (message) => {
      if (closed) return;
      if (queue.length === 0 && hasRoom()) return push(message);
      queue.push(message);
      queued += message.length;
    },
    listen: (given) => {
      listener = given;
      raw.listen((data) => {
        // Text is not of our protocol: it comes through as no bytes, which every reader refuses.
        if (!closed)
          given.onMessage(data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(0));
      });
    },
    close: () => {
      finish();
    },
    pace: {
      hasRoom: () => queue.length === 0 && hasRoom(),
      whenRoom: (run) => {
        whenRoom = run;
        // The channel may have drained between the question and this.
        if (queue.length === 0 && hasRoom()) queueMicrotask(drain);
      },
    },
    waiting: () => queued + channel.bufferedAmount,
    lose: end,
  };
};
