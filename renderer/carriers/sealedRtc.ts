import type { Doc } from "yjs";
import type { Cancel, Clock } from "../../shared/base/clock.ts";
import type { DeviceId } from "../../shared/base/ids.ts";
import type { Random } from "../../shared/base/random.ts";
import type { CarrierCode, CarrierEvent } from "../../shared/carry/carrier.ts";
import {
  channelTimes,
  openSealedChannel,
  type SealedChannel,
} from "../../shared/carry/sealedChannel.ts";
import type { ChannelKeys } from "../../shared/carry/sealedHandshake.ts";
import { createChannelLookAlike } from "./channelLookAlike.ts";
import { createConnectionLookAlike, type PeerConnection } from "./connectionLookAlike.ts";
import { createDataWire, type RawChannel } from "./dataWire.ts";
import { spread } from "../../shared/base/spread.ts";
import { fingerprintsOf } from "./sdp.ts";
import { stateParts } from "./stateParts.ts";
import { askedFor, createSyncFilter } from "./syncFilter.ts";

/** Milliseconds. */
const openWithin = 10_000;
const openSpread = 5_000;
const failAfter = 1_000;
const failSpread = 2_000;
const goodbyeWithin = 1_000;

export type SealedRtcParts = {
  readonly airlock: Doc;
  readonly keys: ChannelKeys;
  /** Always given: simple-peer's default are two strangers. Empty: only direct connections. */
  readonly rtc: RTCConfiguration;
  readonly clock: Clock;
  readonly random: Random;
  readonly tell: (event: CarrierEvent) => void;
};

export type SealedRtc = {
  /** For y-webrtc's `peerOpts.wrtc`, simple-peer's documented way to bring one's own WebRTC. */
  readonly wrtc: {
    readonly RTCPeerConnection: unknown;
    readonly RTCSessionDescription: unknown;
    readonly RTCIceCandidate: unknown;
  };
  /** Ends every connection; every `met` has had its `parted` when it returns. */
  readonly closeAll: () => void;
};

/**
 * Puts the sealed channel under simple-peer, and so under stock y-webrtc: what these two see opens only after the
 * handshake, and carries Yjs sync messages and nothing else.
 */
export const createSealedRtc = (parts: SealedRtcParts): SealedRtc => {
  const connections = new Set<SealedConnection>();
  /** Called with `new`, by simple-peer, with a configuration that we leave aside. */
  const RTCPeerConnection = function () {
    const sealed = openSealedConnection(parts, () => connections.delete(sealed));
    connections.add(sealed);
    return sealed.lookAlike;
  };
  return {
    wrtc: {
      RTCPeerConnection,
      RTCSessionDescription: plainDescription,
      RTCIceCandidate: plainCandidate,
    },
    closeAll: () => {
      for (const sealed of [...connections]) sealed.close();
    },
  };
};

type SealedConnection = { readonly lookAlike: PeerConnection; readonly close: () => void };

const openSealedConnection = (parts: SealedRtcParts, onClosed: () => void): SealedConnection => {
  const { clock, random, tell } = parts;
  const filter = createSyncFilter();
  let state: "connecting" | "open" | "closed" = "connecting";
  let sealed: SealedChannel | undefined;
  let waiting = () => 0;
  let met: DeviceId | undefined;
  let heldUntil = 0;
  let handedOut = false;
  let cancelTimer: Cancel = () => {};

  const part = () => {
    if (met !== undefined) tell({ type: "parted", device: met });
    met = undefined;
  };
  const close = () => {
    if (state === "closed") return;
    state = "closed";
    cancelTimer();
    sealed?.close();
    under.shut();
    part();
    onClosed();
  };
  /** simple-peer announces again as soon as it hears of a failure: not at once, and not before a hold is over. */
  const failSoon = () => {
    if (state !== "connecting") return;
    cancelTimer();
    const wait = Math.max(heldUntil - clock.now(), spread(random, failAfter, failSpread));
    cancelTimer = clock.after(wait, () => under.fail());
  };

  const send = (message: Uint8Array) => {
    const sent = sealed?.send(message);
    if (sent?.ok === false && sent.code === "TOO_MUCH") sealed?.refuseWith("TOO_MUCH");
  };
  /** What is asked for is answered here, in parts; y-webrtc would say it in one message. */
  const take = (message: Uint8Array) => {
    const vector = askedFor(message);
    if (vector === undefined) return channel.deliver(message);
    for (const one of stateParts(parts.airlock, vector)) send(one);
  };

  const channel = createChannelLookAlike({
    send: (message) => {
      if (filter.lets(message)) send(message);
    },
    waiting: () => (sealed?.waiting() ?? 0) + waiting(),
    onClosed: close,
  });

  const seal = (real: RTCPeerConnection, raw: RawChannel) => {
    const fingerprints = fingerprintsOf(real);
    if (fingerprints === undefined) return failSoon();
    cancelTimer();
    const initiator = real.currentRemoteDescription?.type === "answer";
    const wire = createDataWire({ raw, fingerprints, initiator, shut: () => raw.channel.close() });
    waiting = wire.waiting;
    sealed = openSealedChannel({
      wire,
      pace: wire.pace,
      keys: parts.keys,
      clock,
      random,
      events: channelEvents,
    });
  };
  const channelEvents = {
    onOpen: (device: DeviceId) => {
      state = "open";
      met = device;
      tell({ type: "met", device });
      if (!handedOut) under.connection.ondatachannel?.({ channel: channel.channel });
      channel.open();
    },
    onMessage: (message: Uint8Array) => {
      if (!filter.give(message, take).ok) sealed?.refuseWith("JUNK");
    },
    onTrouble: (code: CarrierCode) => {
      heldUntil = clock.now() + (code === "STALLED" ? 0 : channelTimes.hold);
      tell({ type: "trouble", code });
      part();
    },
    onClose: () => {
      part();
      if (state === "open") channel.end();
      else failSoon();
    },
  };

  const under = createConnectionLookAlike({
    rtc: parts.rtc,
    held: () => state === "connecting" && heldUntil > clock.now(),
    handOut: () => {
      handedOut = true;
      return channel.channel;
    },
    onReady: seal,
    onLost: failSoon,
    onClosed: close,
    linger: (run) => void clock.after(goodbyeWithin, run),
  });
  cancelTimer = clock.after(spread(random, openWithin, openSpread), () => {
    tell({ type: "trouble", code: "STALLED" });
    under.fail();
  });
  return { lookAlike: under.connection, close };
};

/** The browser's own constructors throw on what they do not like, in places where simple-peer does not expect it. */
const plainDescription = function ({ type, sdp }: RTCSessionDescriptionInit) {
  return { type, sdp };
};
const plainCandidate = function ({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidateInit) {
  return { candidate, sdpMid, sdpMLineIndex };
};
