import type { Cancel, Clock } from "../../shared/base/clock.ts";
import type { Wire } from "../../shared/base/wire.ts";
import { createDataWire, type DataWire, openRawChannel } from "./dataWire.ts";
import { fingerprintsOf, readFingerprint } from "./sdp.ts";
import type { IceCandidate } from "./signalShape.ts";

/** Milliseconds. */
const openWithin = 20_000;
/** What was sent last has this long to leave after `close`. */
const lingerMs = 2_000;

export type PairingLink = {
  readonly takeDescription: (type: "offer" | "answer", sdp: string) => void;
  readonly takeCandidate: (candidate: IceCandidate) => void;
  readonly isOpen: () => boolean;
  /** Only where it is not open yet; an open one belongs to whoever has its wire. */
  readonly abandon: () => void;
};

export type PairingLinkParts = {
  readonly offers: boolean;
  readonly rtc: RTCConfiguration;
  readonly clock: Clock;
  readonly onDescription: (type: "offer" | "answer", sdp: string) => void;
  readonly onCandidate: (candidate: IceCandidate) => void;
  readonly onWire: (wire: Wire) => void;
  /** Once: it did not open in time, or it was open and is gone. Not after `abandon`. */
  readonly onEnd: (opened: boolean) => void;
};

/** One attempt at a direct connection between two who are about to pair. Nothing in it throws or rejects. */
export const openPairingLink = (parts: PairingLinkParts): PairingLink => {
  const { offers, clock } = parts;
  const real = new RTCPeerConnection(parts.rtc);
  const raw = openRawChannel(real);
  const early: IceCandidate[] = [];
  let described = false;
  let wire: DataWire | undefined;
  let state: "connecting" | "open" | "over" = "connecting";

  const end = () => {
    if (state === "over") return;
    const opened = state === "open";
    state = "over";
    cancelWatch();
    real.close();
    wire?.lose();
    parts.onEnd(opened);
  };
  const cancelWatch: Cancel = clock.after(openWithin, end);
  const quietly = (work: Promise<unknown>) =>
    void work.catch(() => state === "connecting" && end());

  const addCandidate = (candidate: IceCandidate) =>
    void real.addIceCandidate(candidate).catch(() => {});
  const describe = async (type: "offer" | "answer", sdp: string) => {
    await real.setRemoteDescription({ type, sdp });
    for (const candidate of early.splice(0)) addCandidate(candidate);
    if (type === "answer") return;
    await real.setLocalDescription(await real.createAnswer());
    parts.onDescription("answer", real.localDescription?.sdp ?? "");
  };
  const offer = async () => {
    await real.setLocalDescription(await real.createOffer());
    parts.onDescription("offer", real.localDescription?.sdp ?? "");
  };

  // The channel can be open before the promise of the description has settled.
  const look = () => {
    if (
      state !== "connecting" ||
      raw.channel.readyState !== "open" ||
      real.currentRemoteDescription === null
    )
      return;
    const fingerprints = fingerprintsOf(real);
    if (fingerprints === undefined) return end();
    state = "open";
    cancelWatch();
    const shut = () => {
      raw.channel.close();
      clock.after(lingerMs, end);
    };
    wire = createDataWire({ raw, fingerprints, initiator: offers, shut });
    parts.onWire(wire);
  };
  raw.channel.addEventListener("open", look);
  real.addEventListener("signalingstatechange", look);
  raw.channel.addEventListener("close", end);
  real.addEventListener("connectionstatechange", () => real.connectionState === "failed" && end());
  real.addEventListener("icecandidate", ({ candidate }) => {
    if (candidate === null || state === "over") return;
    parts.onCandidate({
      candidate: candidate.candidate,
      sdpMid: candidate.sdpMid,
      sdpMLineIndex: candidate.sdpMLineIndex,
    });
  });
  if (offers) quietly(offer());

  return {
    takeDescription: (type, sdp) => {
      if (
        described ||
        state !== "connecting" ||
        (type === "answer") !== offers ||
        !readFingerprint(sdp).ok
      )
        return;
      described = true;
      quietly(describe(type, sdp));
    },
    takeCandidate: (candidate) => {
      if (state !== "connecting") return;
      if (real.remoteDescription !== null) addCandidate(candidate);
      else if (early.length < mostEarly) early.push(candidate);
    },
    isOpen: () => state === "open",
    abandon: () => {
      if (state !== "connecting") return;
      state = "over";
      cancelWatch();
      real.close();
    },
  };
};

const mostEarly = 32;
