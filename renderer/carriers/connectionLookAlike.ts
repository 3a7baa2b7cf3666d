import type { PeerChannel } from "./channelLookAlike.ts";
import { openRawChannel, type RawChannel } from "./dataWire.ts";
import { readFingerprint } from "./sdp.ts";

/** What simple-peer uses of an RTCPeerConnection (its index.js). */
export type PeerConnection = {
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

export type ConnectionLookAlike = {
  readonly connection: PeerConnection;
  /** Ends what is under it; simple-peer is told that the connection failed. */
  readonly fail: () => void;
  /** Ends what is under it; simple-peer is told nothing. An open channel says goodbye first. */
  readonly shut: () => void;
};

export type ConnectionLookAlikeParts = {
  readonly rtc: RTCConfiguration;
  /** What happens under a connection that is held off is not told, and nothing more is taken for it. */
  readonly held: () => boolean;
  readonly handOut: () => PeerChannel;
  /** The real channel is open and both descriptions stand. Once. */
  readonly onReady: (real: RTCPeerConnection, raw: RawChannel) => void;
  /** The real channel closed. */
  readonly onLost: () => void;
  /** simple-peer closed it. */
  readonly onClosed: () => void;
  /** Calls `run` when a goodbye has had time enough. */
  readonly linger: (run: () => void) => void;
};

type Real = { readonly connection: RTCPeerConnection; readonly raw: RawChannel };

/** The connection that simple-peer believes to have. */
export const createConnectionLookAlike = (parts: ConnectionLookAlikeParts): ConnectionLookAlike => {
  let state: "ours" | "failed" | "shut" = "ours";
  let offered = false;
  let yielded = false;
  let real = begin();

  const shut = () => {
    if (state !== "ours") return;
    state = "shut";
    const { connection: one, raw } = real;
    const end = () => one.close();
    if (raw.channel.readyState !== "open" && raw.channel.readyState !== "closing") return end();
    // Closed together with its channel, a connection now and then leaves without a word, and the other end takes
    // a quarter of a minute to notice.
    raw.channel.addEventListener("close", end);
    parts.linger(end);
    raw.channel.close();
  };
  const takeDescription = async (description: RTCSessionDescriptionInit): Promise<void> => {
    // One negotiation a connection. A second offer means that the other end lost the first connection: taken, it
    // would leave one that never opens; refused, simple-peer ends this one and announces again.
    if (real.connection.currentRemoteDescription !== null) throw new Error("already negotiated");
    const fingerprint = readFingerprint(description.sdp ?? "");
    if (!fingerprint.ok) throw new Error(fingerprint.code);
    if (description.type === "offer") yieldToOther();
    await ofThis((connection) => connection.setRemoteDescription(description));
  };
  /**
   * Both wanted to offer and ours gives way, made already or not: of it simple-peer hears nothing more. Rolled back,
   * a real connection sometimes never connects, so the other's offer gets a new one.
   */
  const yieldToOther = () => {
    yielded = true;
    if (!offered) return;
    offered = false;
    real.connection.close();
    real = begin();
  };
  /** What comes of a connection that was given up meanwhile never settles: simple-peer takes it for its own. */
  const ofThis = async <Value>(
    work: (connection: RTCPeerConnection) => Promise<Value>,
  ): Promise<Value> => {
    const asked = real;
    try {
      const value = await work(asked.connection);
      return asked === real ? value : await never();
    } catch (error) {
      if (asked !== real) return never();
      throw error;
    }
  };

  const connection: PeerConnection = {
    get iceConnectionState() {
      return real.connection.iceConnectionState;
    },
    get iceGatheringState() {
      return real.connection.iceGatheringState;
    },
    get connectionState() {
      return state === "failed" ? "failed" : real.connection.connectionState;
    },
    get signalingState() {
      return real.connection.signalingState;
    },
    get localDescription() {
      return real.connection.localDescription;
    },
    get remoteDescription() {
      return real.connection.remoteDescription;
    },
    oniceconnectionstatechange: null,
    onicegatheringstatechange: null,
    onconnectionstatechange: null,
    onsignalingstatechange: null,
    onicecandidate: null,
    ondatachannel: null,
    ontrack: null,
    createDataChannel: parts.handOut,
    createOffer: () => {
      if (yielded) return never();
      offered = true;
      return ofThis((one) => one.createOffer());
    },
    createAnswer: () => ofThis((one) => one.createAnswer()),
    setLocalDescription: (description) =>
      description.type === "offer" && yielded
        ? never()
        : ofThis((one) => one.setLocalDescription(description)),
    setRemoteDescription: (description) =>
      state !== "ours" || parts.held() ? never() : takeDescription(description),
    // Best effort: after both offered at once, some belong to the offer that was dropped.
    addIceCandidate: (candidate) => real.connection.addIceCandidate(candidate).catch(() => {}),
    // simple-peer waits until some pair is selected and keeps its addresses; it gets a pair without any.
    getStats: () =>
      Promise.resolve(new Map([["pair", { id: "pair", type: "candidate-pair", selected: true }]])),
    close: () => {
      shut();
      parts.onClosed();
    },
  };

  return {
    connection,
    shut,
    fail: () => {
      if (state !== "ours") return;
      state = "failed";
      real.connection.close();
      connection.onconnectionstatechange?.();
    },
  };

  function begin(): Real {
    const one = new RTCPeerConnection(parts.rtc);
    const raw = openRawChannel(one);
    let told = false;
    const isCurrent = () => real.connection === one && state === "ours";
    // The channel can be open before the promise of the description has settled.
    const look = () => {
      if (
        told ||
        !isCurrent() ||
        raw.channel.readyState !== "open" ||
        one.currentRemoteDescription === null
      )
        return;
      told = true;
      parts.onReady(one, raw);
    };
    const pass = (run: () => void) => () => {
      if (isCurrent() && !parts.held()) run();
    };
    raw.channel.addEventListener("open", look);
    raw.channel.addEventListener("close", () => isCurrent() && parts.onLost());
    one.addEventListener("signalingstatechange", look);
    one.addEventListener(
      "iceconnectionstatechange",
      pass(() => connection.oniceconnectionstatechange?.()),
    );
    one.addEventListener(
      "icegatheringstatechange",
      pass(() => connection.onicegatheringstatechange?.()),
    );
    one.addEventListener(
      "connectionstatechange",
      pass(() => connection.onconnectionstatechange?.()),
    );
    one.addEventListener(
      "signalingstatechange",
      pass(() => connection.onsignalingstatechange?.()),
    );
    one.addEventListener(
      "icecandidate",
      (event) => isCurrent() && connection.onicecandidate?.(event),
    );
    return { connection: one, raw };
  }
};

const never = () => new Promise<never>(() => {});
