import { noiseNonce, openChaCha, sealChaCha } from "../../shared/crypto/aead.ts";

/** An ordered, reliable data channel as the browser gives it: nothing of ours above it or between. */
export type RawSide = {
  readonly offer: () => Promise<string>;
  readonly answer: (sdp: string) => Promise<string>;
  readonly accept: (sdp: string) => Promise<void>;
  /** Milliseconds since 1970, when it is open. */
  readonly opened: () => Promise<number>;
  /** Keeps the channel between the two marks of `bufferedAmount`; gives the moment of the first byte. */
  readonly send: (bytes: number, message: number) => Promise<number>;
  /** The moment when so many bytes have come, counted from the last time that this was asked. */
  readonly received: (bytes: number) => Promise<number>;
  readonly close: () => void;
};

/** Bytes, the marks with which a channel of Chromium was quickest: of 32 KiB to 4 MiB, at every size of message. */
const full = 64 * 1024;
const low = 32 * 1024;

export const now = (): number => performance.timeOrigin + performance.now();

/**
 * `sealing`: each message goes through libsodium once at either end, with a key that is no secret: what any channel
 * costs that is sealed from page to page, if it does nothing else.
 */
export const createRawSide = (sealing = false): RawSide => {
  const connection = new RTCPeerConnection({ iceServers: [] });
  const channel = connection.createDataChannel("raw", { negotiated: true, id: 0 });
  channel.binaryType = "arraybuffer";
  channel.bufferedAmountLowThreshold = low;
  let come = 0;
  let waiting: { readonly bytes: number; readonly done: (at: number) => void } | undefined;
  const look = () => {
    if (waiting === undefined || come < waiting.bytes) return;
    come -= waiting.bytes;
    waiting.done(now());
    waiting = undefined;
  };
  const key = new Uint8Array(32);
  const [nothing, nonce] = [new Uint8Array(0), noiseNonce(0n)];
  const open = (data: ArrayBuffer): number => {
    if (!sealing) return data.byteLength;
    const opened = openChaCha(key, nonce, new Uint8Array(data), nothing);
    if (!opened.ok) throw new Error(opened.code);
    return opened.value.byteLength;
  };
  channel.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer>) => {
    come += open(data);
    look();
  });
  const opened = new Promise<number>((done) => {
    channel.addEventListener("open", () => done(now()));
  });
  const gathered = async (): Promise<string> => {
    if (connection.iceGatheringState !== "complete")
      await new Promise<void>((done) => {
        connection.addEventListener("icegatheringstatechange", () => {
          if (connection.iceGatheringState === "complete") done();
        });
      });
    return connection.localDescription?.sdp ?? "";
  };
  return {
    offer: async () => {
      await connection.setLocalDescription();
      return gathered();
    },
    answer: async (sdp) => {
      await connection.setRemoteDescription({ type: "offer", sdp });
      await connection.setLocalDescription();
      return gathered();
    },
    accept: (sdp) => connection.setRemoteDescription({ type: "answer", sdp }),
    opened: () => opened,
    send: async (bytes, message) => {
      const piece = crypto.getRandomValues(new Uint8Array(Math.min(message, 65_536)));
      const whole = new Uint8Array(message);
      for (let at = 0; at < message; at += piece.length)
        whole.set(piece.subarray(0, Math.min(piece.length, message - at)), at);
      const from = now();
      for (let sent = 0; sent < bytes; sent += message) {
        if (channel.bufferedAmount >= full)
          await new Promise<void>((room) => {
            channel.addEventListener("bufferedamountlow", () => room(), { once: true });
          });
        const part = sent + message <= bytes ? whole : whole.subarray(0, bytes - sent);
        channel.send((sealing ? sealChaCha(key, nonce, part, nothing) : part) as typeof part);
      }
      return from;
    },
    received: (bytes) =>
      new Promise((done) => {
        waiting = { bytes, done };
        look();
      }),
    close: () => connection.close(),
  };
};
