import { accept, refuse, type Result } from "../base/result.ts";

/** PROTOCOL §5: `flag u8 (1 = last) ‖ at most 60,000 bytes`. */
export const maxFrameBody = 60_000;
/** Bytes of one whole message; what a peer announces is never believed, only what came is counted. */
export const maxMessageBytes = 64 * 1024 * 1024;

const more = 0;
const last = 1;

/** Cuts a message into frames one at a time, so that a large one is never held twice. An empty message is one frame. */
export function* framesOf(message: Uint8Array): Generator<Uint8Array, void, void> {
  let offset = 0;
  do {
    const end = Math.min(offset + maxFrameBody, message.length);
    const frame = new Uint8Array(1 + end - offset);
    frame[0] = end === message.length ? last : more;
    frame.set(message.subarray(offset, end), 1);
    yield frame;
    offset = end;
  } while (offset < message.length);
}

/** BAD_FRAME: not of the protocol. TOO_MUCH: a message over the cap. After either, nothing more is taken. */
export type FrameCode = "BAD_FRAME" | "TOO_MUCH";

export type FrameReader = {
  /** The whole message once its last frame is in, else undefined. */
  readonly take: (frame: Uint8Array) => Result<Uint8Array | undefined, FrameCode>;
};

/**
 * Puts messages together again. Room grows with what has come (by doubling), never with what is announced,
 * and does not depend on how finely a peer cuts.
 */
export const createFrameReader = (maxBytes: number = maxMessageBytes): FrameReader => {
  let gathered: Uint8Array = empty;
  let length = 0;
  let refused: FrameCode | undefined;

  const stop = (code: FrameCode) => {
    refused = code;
    gathered = empty;
    return refuse(code);
  };

  const finish = (): Uint8Array => {
    const whole = gathered.subarray(0, length);
    gathered = empty;
    length = 0;
    return whole;
  };

  return {
    take: (frame) => {
      if (refused !== undefined) return refuse(refused);
      const flag = frame[0];
      const body = frame.subarray(1);
      if ((flag !== more && flag !== last) || body.length > maxFrameBody) return stop("BAD_FRAME");
      if (length + body.length > maxBytes) return stop("TOO_MUCH");
      if (flag === last && length === 0) return accept(body);
      gathered = withRoom(gathered, length, length + body.length, maxBytes);
      gathered.set(body, length);
      length += body.length;
      return accept(flag === last ? finish() : undefined);
    },
  };
};

const empty = new Uint8Array(0);

const withRoom = (
  bytes: Uint8Array,
  used: number,
  needed: number,
  maxBytes: number,
): Uint8Array => {
  if (needed <= bytes.length) return bytes;
  const larger = new Uint8Array(Math.min(maxBytes, Math.max(needed, bytes.length * 2)));
  larger.set(bytes.subarray(0, used));
  return larger;
};
