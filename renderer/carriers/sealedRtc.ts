import type { CarrierEvent } from "../../shared/carry/carrier.ts";
import type { Cancel, Clock } from "../../shared/base/clock.ts";
import type { DeviceId } from "../../shared/base/ids.ts";
import type { Random } from "../../shared/base/random.ts";
import { channelTimes, openSealedChannel, type SealedChannel } from "../../shared/carry/sealedChannel.ts";
import type { ChannelKeys } from "../../shared/carry/sealedHandshake.ts";
import { createChannelLookAlike, type PeerChannel } from "./channelLookAlike.ts";
import { createDataWire, openRawChannel } from "./dataWire.ts";
import { spread } from "./jitter.ts";
import { fingerprintsOf, readFingerprint } from "./sdp.ts";
import { createSyncFilter } from "./syncFilter.ts";

/** Milliseconds. */
const openWithin = 10_000;
const openSpread = 5_000;
const failAfter = 1_000;
const failSpread = 2_000;

export type SealedRtcParts = {
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
    const connection = openSealedConnection(parts, () => connections.delete(connection));
    connections.add(connection);
    return connection.lookAlike;
  };
  return {
    wrtc: { RTCPeerConnection, RTCSessionDescription: plainDescription, RTCIceCandidate: plainCandidate },
    closeAll: () => {
      for (const connection of [...connections]) connection.close();
    },
  };
};

/** What simple-peer uses of an RTCPeerConnection (its index.js). */
type PeerConnection = {
  readonly iceConnectionState: RTCIceConnectionState;
  readonly iceGatheringState: RTCIceGatheringState;
  readonly connectionState: RTCPeerConnectionState;
  readonly signalingState: RTCSignalingState;
  readonly localDescription: RTCSessionDescription | null;
  readonly remoteDescription: RTCSessionDescription | null;
  oniceconnectionstatechange: (() => void) | null;
  onicegatheringstatechange: (() => void) | null;
  onconnectionstatechange: (() => void) | null;
  onsignalingstatechange: (() => void) | null;
  onicecandidate: ((event: RTCPeerConnectionIceEvent) => void) | null;
  ondatachannel: ((event: { readonly channel: PeerChannel }) => void) | null;
  ontrack: unknown;
  readonly createDataChannel: () => PeerChannel;
  readonly createOffer: () => Promise<RTCSessionDescriptionInit>;
  readonly createAnswer: () => Promise<RTCSessionDescriptionInit>;
  readonly setLocalDescription: (description: RTCLocalSessionDescriptionInit) => Promise<void>;
  readonly setRemoteDescription: (description: RTCSessionDescriptionInit) => Promise<void>;
  readonly addIceCandidate: (candidate: RTCIceCandidateInit) => Promise<void>;
  readonly getStats: () => Promise<ReadonlyMap<string, unknown>>;
  readonly close: () => void;
};

type SealedConnection = { readonly lookAlike: PeerConnection; readonly close: () => void };

const openSealedConnection = (parts: SealedRtcParts, onClosed: () => void): SealedConnection => {
  const { clock, random, tell } = parts;
  const real = new RTCPeerConnection(parts.rtc);
  const G = globalThis as any; const no = (G.no = (G.no ?? 0) + 1);
  const T = (...x: unknown[]) => (G.trace ??= []).push([Math.round(performance.timeOrigin + performance.now()) % 100000, no, ...x].join(" "));
  T("new");
  (real as any).T = T;
  const raw = openRawChannel(real);
  const filter = createSyncFilter();
  let sealed: SealedChannel | undefined;
  let met: DeviceId | undefined;
  let heldUntil = 0;
  let handedOut = false;
  let state: "connecting" | "open" | "failed" | "closed" = "connecting";
  let cancelTimer: Cancel = () => {};

  const part = () => {
    if (met !== undefined) tell({ type: "parted", device: met });
    met = undefined;
  };
  const close = () => {
    if (state === "closed") return;
    T("close", new Error().stack?.split("\n").slice(2,6).map(x=>x.trim().slice(0,40)).join("<"));
    state = "closed";
    cancelTimer();
    sealed?.close();
    real.close();
    part();
    onClosed();
  };
  const failNow = () => { T("failNow", state);
    if (state === "failed" || state === "closed") return;
    state = "failed";
    real.close();
    lookAlike.onconnectionstatechange?.();
  };
  /** simple-peer announces again as soon as it hears of a failure: not at once, and not before a hold is over. */
  const failSoon = () => { T("failSoon", state);
    if (state !== "connecting") return;
    cancelTimer();
    const wait = Math.max(heldUntil - clock.now(), spread(random, failAfter, failSpread));
    cancelTimer = clock.after(wait, failNow);
  };
  const channel = createChannelLookAlike({
    send: (message) => {
      if (!filter.lets(message)) return;
      const sent = sealed?.send(message);
      if (sent?.ok === false && sent.code === "TOO_MUCH") sealed?.refuseWith("TOO_MUCH");
    },
    waiting: () => (sealed?.waiting() ?? 0) + raw.channel.bufferedAmount,
    onClosed: close,
  });

  const seal = () => {
    T("raw open", real.currentLocalDescription?.type, real.currentRemoteDescription?.type, fingerprintsOf(real)?.local.slice(8,16), fingerprintsOf(real)?.remote.slice(8,16));
    const fingerprints = fingerprintsOf(real);
    if (fingerprints === undefined) return failSoon();
    cancelTimer();
    const initiator = real.currentRemoteDescription?.type === "answer";
    const wire = createDataWire({ raw, fingerprints, initiator, shut: () => raw.channel.close() });
    sealed = openSealedChannel({
      wire,
      pace: wire.pace,
      keys: parts.keys,
      clock,
      random,
      events: {
        onOpen: (device) => { T("sealed open");
          state = "open";
          met = device;
          tell({ type: "met", device });
          if (!handedOut) lookAlike.ondatachannel?.({ channel: channel.channel });
          channel.open();
        },
        onMessage: (message) => {
          if (!filter.give(message, channel.deliver).ok) sealed?.refuseWith("JUNK");
        },
        onTrouble: (code) => { T("trouble", code);
          heldUntil = clock.now() + (code === "STALLED" ? 0 : channelTimes.hold);
          tell({ type: "trouble", code });
          part();
        },
        onClose: () => { T("sealed close");
          part();
          if (state === "open") channel.end();
          else failSoon();
        },
      },
    });
  };
  raw.channel.addEventListener("open", seal, { once: true });
  raw.channel.addEventListener("close", failSoon, { once: true });
  cancelTimer = clock.after(spread(random, openWithin, openSpread), () => {
    tell({ type: "trouble", code: "STALLED" });
    failNow();
  });

  const lookAlike = lookAlikeOf(real, {
    failed: () => state === "failed",
    over: () => state === "failed" || state === "closed" || heldUntil > clock.now(),
    held: () => state === "connecting" && heldUntil > clock.now(),
    handOut: () => {
      handedOut = true;
      return channel.channel;
    },
    close,
  });
  return { lookAlike, close };
};

type LookAlikeParts = {
  readonly failed: () => boolean;
  /** No further description is taken: it failed, or it is being held off. */
  readonly over: () => boolean;
  /** What happens under a connection that is held off is not told. */
  readonly held: () => boolean;
  readonly handOut: () => PeerChannel;
  readonly close: () => void;
};

const lookAlikeOf = (real: RTCPeerConnection, { failed, over, held, handOut, close }: LookAlikeParts): PeerConnection => {
  // Taking the other's offer, we drop our own that is still being made. simple-peer would send it out all the
  // same, and both ends would then answer each other; so it never hears that it is ready.
  let yielded = false;
  const lookAlike: PeerConnection = {
    get iceConnectionState() {
      return real.iceConnectionState;
    },
    get iceGatheringState() {
      return real.iceGatheringState;
    },
    get connectionState() {
      return failed() ? "failed" : real.connectionState;
    },
    get signalingState() {
      return real.signalingState;
    },
    get localDescription() {
      return real.localDescription;
    },
    get remoteDescription() {
      return real.remoteDescription;
    },
    oniceconnectionstatechange: null,
    onicegatheringstatechange: null,
    onconnectionstatechange: null,
    onsignalingstatechange: null,
    onicecandidate: null,
    ondatachannel: null,
    ontrack: null,
    createDataChannel: handOut,
    createOffer: () => { (real as any).T("createOffer", real.signalingState); return real.createOffer(); },
    createAnswer: () => { (real as any).T("createAnswer", real.signalingState); return real.createAnswer(); },
    setLocalDescription: async (description) => {
      (real as any).T("sLD", description.type, real.signalingState, yielded);
      if (description.type === "offer" && yielded) return never();
      await real.setLocalDescription(description);
      if (description.type === "offer" && yielded) return never();
    },
    setRemoteDescription: (description) => {
      (real as any).T("sRD", description.type, real.signalingState, over());
      if (over()) return never();
      yielded ||= description.type === "offer";
      return takeDescription(real, description);
    },
    // Best effort: after both offered at once, some belong to the offer that was dropped.
    addIceCandidate: (candidate) => real.addIceCandidate(candidate).catch(() => {}),
    // simple-peer waits until some pair is selected and keeps its addresses; it gets a pair without any.
    getStats: () => Promise.resolve(new Map([["pair", { id: "pair", type: "candidate-pair", selected: true }]])),
    close,
  };
  real.addEventListener("iceconnectionstatechange", () => held() || lookAlike.oniceconnectionstatechange?.());
  real.addEventListener("icegatheringstatechange", () => held() || lookAlike.onicegatheringstatechange?.());
  real.addEventListener("connectionstatechange", () => held() || lookAlike.onconnectionstatechange?.());
  real.addEventListener("signalingstatechange", () => lookAlike.onsignalingstatechange?.());
  real.addEventListener("icecandidate", (event) => lookAlike.onicecandidate?.(event));
  return lookAlike;
};

/**
 * One negotiation a connection. A second offer means that the other end lost the first connection: taken, it would
 * leave a connection that never opens; refused, simple-peer ends this one and announces again.
 */
const takeDescription = async (real: RTCPeerConnection, description: RTCSessionDescriptionInit): Promise<void> => {
  if (real.currentRemoteDescription !== null) (real as any).T("REFUSED second");
  if (real.currentRemoteDescription !== null) throw new Error("already negotiated");
  const fingerprint = readFingerprint(description.sdp ?? "");
  if (!fingerprint.ok) throw new Error(fingerprint.code);
  await real.setRemoteDescription(description);
};

const never = () => new Promise<never>(() => {});

/** The browser's own constructors throw on what they do not like, in places where simple-peer does not expect it. */
const plainDescription = function ({ type, sdp }: RTCSessionDescriptionInit) {
  return { type, sdp };
};
const plainCandidate = function ({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidateInit) {
  return { candidate, sdpMid, sdpMLineIndex };
};
