import type { Cancel, Clock } from "../../shared/base/clock.ts";
import { toBase64Url } from "../../shared/base/bytes.ts";
import type { Random } from "../../shared/base/random.ts";
import type { Wire } from "../../shared/base/wire.ts";
import type { CarrierCode } from "../../shared/carry/carrier.ts";
import { dialable, usableIceServers } from "./addresses.ts";
import { openPairingLink, type PairingLink } from "./pairingLink.ts";
import { openRendezvousLine } from "./rendezvousLine.ts";
import { createSignalSeal } from "./signalSeal.ts";
import { type PairingSignal, pairingSignalShape } from "./signalShape.ts";

/** Connections at a time: someone with the invitation may come more than once, or come first. */
const most = 4;
/** Milliseconds. */
const helloEvery = 3_000;
const rendezvousWithin = 6_000;

export type Meeting = {
  /** Base64url of the invitation's room: all that the meeting point sees. */
  readonly topic: string;
  /** 32 bytes, from the invitation. */
  readonly signalKey: Uint8Array;
  readonly role: "inviter" | "joiner";
  /** ws: or wss:; others are left out. */
  readonly addresses: readonly string[];
  /** STUN and TURN; there is no default, and what the browser does not take is left out. */
  readonly iceServers: readonly RTCIceServer[];
  /** Only over a TURN server, so that whoever holds the invitation does not see this computer's address. */
  readonly relayOnly?: boolean;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * A direct connection, authenticated by nothing but the invitation: the handshake is yet to come. The inviter
   * can get several. It stays until it is closed, also when the meeting is.
   */
  readonly onWire: (wire: Wire) => void;
  /** NO_RENDEZVOUS: no address answers. STALLED: found each other, but no connection. TOO_MUCH: over four at once. */
  readonly onTrouble: (code: CarrierCode) => void;
};

/**
 * Finds the other end of an invitation: the joiner says hello until it is answered, the inviter makes an offer.
 * Signals are sealed; what does not open, fit or concern us is left out without a word.
 */
export const meetAtRendezvous = (meeting: Meeting): { readonly close: () => void } => {
  const { topic, role, clock, random, onTrouble } = meeting;
  const me = toBase64Url(random(16));
  const seal = createSignalSeal<PairingSignal>({
    key: meeting.signalKey,
    topic,
    shape: pairingSignalShape,
    random,
  });
  const links = new Map<string, PairingLink>();
  let closed = false;

  const lines = dialable(meeting.addresses).map((address) =>
    openRendezvousLine({
      address,
      topic,
      clock,
      random,
      onData: (data) => hear(data),
      onChange: () => watch.look(),
    }),
  );
  const say = (signal: PairingSignal) => {
    // The same seal over every line: whoever gets it twice sees that.
    const data = closed ? undefined : seal.seal(signal);
    for (const line of lines) if (data !== undefined) line.publish(data);
  };
  const hello = createHello(role, clock, () => {
    if (links.size === 0) say({ type: "hello", from: me });
  });
  const watch = watchLines(lines, clock, {
    onUp: hello.now,
    onDown: () => onTrouble("NO_RENDEZVOUS"),
  });

  const open = (other: string): PairingLink => {
    const link = openPairingLink({
      offers: role === "inviter",
      rtc: {
        iceServers: usableIceServers(meeting.iceServers),
        iceTransportPolicy: meeting.relayOnly === true ? "relay" : "all",
      },
      clock,
      onDescription: (type, sdp) => say({ type, from: me, to: other, sdp }),
      onCandidate: (candidate) => say({ type: "candidate", from: me, to: other, candidate }),
      onWire: meeting.onWire,
      onEnd: (opened) => {
        if (links.get(other) === link) links.delete(other);
        if (closed) return;
        if (!opened) onTrouble("STALLED");
        hello.now();
      },
    });
    links.set(other, link);
    return link;
  };

  const answerHello = (from: string) => {
    if (role !== "inviter" || links.has(from)) return;
    if (links.size >= most) onTrouble("TOO_MUCH");
    else open(from);
  };
  const answerOffer = (from: string, sdp: string) => {
    if (role !== "joiner" || [...links.values()].some((link) => link.isOpen())) return;
    for (const link of links.values()) link.abandon();
    links.clear();
    open(from).takeDescription("offer", sdp);
  };
  const hear = (data: string) => {
    const opened = seal.open(data);
    if (closed || !opened.ok) return;
    const signal = opened.value;
    if (signal.type === "hello") return answerHello(signal.from);
    if (signal.to !== me) return;
    if (signal.type === "offer") return answerOffer(signal.from, signal.sdp);
    if (signal.type === "answer") links.get(signal.from)?.takeDescription("answer", signal.sdp);
    else links.get(signal.from)?.takeCandidate(signal.candidate);
  };

  watch.look();
  return {
    close: () => {
      if (closed) return;
      closed = true;
      hello.stop();
      watch.stop();
      for (const line of lines) line.close();
      for (const link of links.values()) link.abandon();
      links.clear();
    },
  };
};

/** Only the joiner says hello: the inviter waits, and shows itself to nobody who does not hold the invitation. */
const createHello = (role: Meeting["role"], clock: Clock, say: () => void) => {
  let cancel: Cancel = () => {};
  let stopped = role === "inviter";
  const now = () => {
    cancel();
    if (stopped) return;
    say();
    cancel = clock.after(helloEvery, now);
  };
  return {
    now,
    stop: () => {
      stopped = true;
      cancel();
    },
  };
};

type Watch = { readonly onUp: () => void; readonly onDown: () => void };

const watchLines = (
  lines: readonly { readonly isUp: () => boolean }[],
  clock: Clock,
  { onUp, onDown }: Watch,
) => {
  let cancel: Cancel = () => {};
  return {
    look: () => {
      cancel();
      if (lines.some((line) => line.isUp())) onUp();
      else cancel = clock.after(lines.length === 0 ? 0 : rendezvousWithin, onDown);
    },
    stop: () => cancel(),
  };
};
