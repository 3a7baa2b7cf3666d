import type { Cancel, Clock } from "../base/clock.ts";
import type { DeviceId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Wire } from "../base/wire.ts";
import type { CarrierCode } from "./carrier.ts";
import { createFrameReader, maxMessageBytes } from "./frames.ts";
import { createFrameQueue, type Pace } from "./frameQueue.ts";
import { type ChannelKeys, type Ciphers, startChannelHandshake } from "./sealedHandshake.ts";

/** Milliseconds. */
export type ChannelTimes = {
  /** No finished handshake by then: closed. */
  readonly handshake: number;
  /** Closed then, so that the two meet again with new keys. */
  readonly renew: number;
  /** Nothing to send for so long: an empty message says that we are still here. */
  readonly keepAlive: number;
  /** Nothing heard for so long: STALLED. */
  readonly silence: number;
  /**
   * A peer that was refused keeps a wire that says nothing for so long. Closed at once, both ends would announce
   * and connect again in a loop.
   */
  readonly hold: number;
};

export const channelTimes: ChannelTimes = {
  handshake: 5_000,
  renew: 24 * 60 * 60 * 1000,
  keepAlive: 20_000,
  silence: 70_000,
  hold: 30_000,
};

export type SealedChannelParts = {
  readonly wire: Wire;
  /** Where the wire can be too full to take more; without it everything is sent at once. */
  readonly pace?: Pace;
  readonly keys: ChannelKeys;
  readonly clock: Clock;
  readonly random: Random;
  readonly times?: ChannelTimes;
  readonly events: SealedChannelEvents;
};

export type SealedChannelEvents = {
  /** Once, when both have proved a device of the roster and the couple's key. No message passes before. */
  readonly onOpen: (device: DeviceId) => void;
  readonly onMessage: (message: Uint8Array) => void;
  /** At most once; from here on nothing passes, and `onClose` follows after the hold. */
  readonly onTrouble: (code: CarrierCode) => void;
  /** Once, the last thing heard. Not after our own `close`. */
  readonly onClose: () => void;
};

export type SealedChannel = {
  /** TOO_MUCH: over 64 MiB, or over 128 MiB waiting: nothing of it is sent. NOT_OPEN: before the handshake or after the end. */
  readonly send: (message: Uint8Array) => Result<void, "TOO_MUCH" | "NOT_OPEN">;
  /** Bytes taken by `send` and not yet given to the wire. */
  readonly waiting: () => number;
  /** The layer above refuses what came through: as if we had. */
  readonly refuseWith: (code: CarrierCode) => void;
  readonly close: () => void;
};

/** Sent by the responder as the first thing, so that the initiator knows itself known; later it keeps the channel alive. */
const nothing = new Uint8Array(0);

/**
 * PROTOCOL §5 over a wire: Noise_XXpsk3 first, then framed messages sealed by its ciphers.
 * What comes over the wire never throws here; it is taken, or it is a code.
 */
export const openSealedChannel = (parts: SealedChannelParts): SealedChannel => {
  const { wire, clock, events, times = channelTimes } = parts;
  const frames = createFrameReader();
  const timers = new Set<Cancel>();
  let state: "shaking" | "confirming" | "open" | "held" | "closed" = "shaking";
  let ciphers: Ciphers | undefined;
  let device: DeviceId | undefined;
  let heardAt = clock.now();

  const handshake = startChannelHandshake(parts);
  const queue = createFrameQueue({
    pace: parts.pace,
    emit: (frame) => {
      const sealed = ciphers?.send.seal(frame);
      if (sealed?.ok) wire.send(sealed.value);
      else trouble("STALLED");
    },
  });

  const later = (ms: number, run: () => void) => timers.add(clock.after(ms, run));
  const quiet = () => {
    for (const cancel of timers) cancel();
    timers.clear();
    queue.clear();
    ciphers?.send.wipe();
    ciphers?.receive.wipe();
  };
  const end = () => {
    if (state === "closed") return;
    state = "closed";
    quiet();
    wire.close();
    events.onClose();
  };
  const trouble = (code: CarrierCode) => {
    if (state === "held" || state === "closed") return;
    state = "held";
    quiet();
    if (code !== "STALLED") later(times.hold, end);
    events.onTrouble(code);
    if (code === "STALLED") end();
  };

  const open = () => {
    if (device === undefined) return;
    state = "open";
    for (const cancel of timers) cancel();
    timers.clear();
    later(times.renew, end);
    beat(clock.now());
    events.onOpen(device);
  };
  const beat = (setAt: number) =>
    later(times.keepAlive, () => {
      // A timer that comes much too late means that the computer slept: silence meanwhile says nothing.
      if (clock.now() - setAt > 2 * times.keepAlive) heardAt = clock.now();
      if (clock.now() - heardAt >= times.silence) return trouble("STALLED");
      if (queue.waiting() === 0) queue.add(nothing);
      beat(clock.now());
    });

  const shake = (message: Uint8Array) => {
    const step = handshake.take(message);
    if (!step.ok) return trouble(step.code);
    const { reply, done } = step.value;
    if (done !== undefined) ({ ciphers, device } = done);
    if (done !== undefined && wire.initiator) state = "confirming";
    if (reply !== undefined) wire.send(reply);
    if (done === undefined || wire.initiator) return;
    queue.add(nothing);
    open();
  };
  const read = (sealed: Uint8Array) => {
    const frame = ciphers?.receive.open(sealed);
    if (frame === undefined || !frame.ok) return trouble("JUNK");
    const message = frames.take(frame.value);
    if (!message.ok) return trouble(message.code === "TOO_MUCH" ? "TOO_MUCH" : "JUNK");
    if (state === "confirming") open();
    if (message.value !== undefined && message.value.length > 0) events.onMessage(message.value);
  };

  wire.listen({
    onMessage: (message) => {
      heardAt = clock.now();
      if (state === "shaking") shake(message);
      else if (state === "confirming" || state === "open") read(message);
    },
    onClose: end,
  });
  later(times.handshake, () => trouble("STALLED"));
  if (handshake.first !== undefined) wire.send(handshake.first);

  return {
    send: (message) => {
      if (state !== "open") return refuse("NOT_OPEN");
      if (message.length > maxMessageBytes || queue.waiting() > 2 * maxMessageBytes)
        return refuse("TOO_MUCH");
      queue.add(message);
      return accept(undefined);
    },
    waiting: queue.waiting,
    refuseWith: trouble,
    close: () => {
      if (state === "closed") return;
      state = "closed";
      quiet();
      wire.close();
    },
  };
};
