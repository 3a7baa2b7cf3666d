/// <reference path="./yWebrtc.d.ts" />
import * as broadcast from "lib0/broadcastchannel";
import { Awareness } from "y-protocols/awareness";
import { WebrtcProvider } from "y-webrtc";
import type { Doc } from "yjs";
import { toBase64Url, utf8 } from "../../shared/base/bytes.ts";
import type { Cancel, Clock } from "../../shared/base/clock.ts";
import type { Random } from "../../shared/base/random.ts";
import type { Carrier, CarrierEvent, Carrying } from "../../shared/carry/carrier.ts";
import type { ChannelKeys } from "../../shared/carry/sealedHandshake.ts";
import { hash } from "../../shared/crypto/hash.ts";
import type { MeetingKeys } from "../../shared/people/space.ts";
import { dialable, usableIceServers } from "./addresses.ts";
import { createSealedRtc } from "./sealedRtc.ts";
import { guardSignalling, type GuardedRoom } from "./signallingGuard.ts";
import { createSignalSeal } from "./signalSeal.ts";
import { roomSignalShape, type RoomSignal } from "./signalShape.ts";

export type WebrtcCarrierParts = {
  readonly meeting: MeetingKeys;
  /** This device's Noise static key. */
  readonly me: ChannelKeys["me"];
  readonly deviceOf: ChannelKeys["deviceOf"];
  /** ws: or wss: addresses; others are left out. None means NO_RENDEZVOUS. */
  readonly meetingPoints: readonly string[];
  /** STUN and TURN; there is no default, and what the browser does not take is left out. */
  readonly iceServers: readonly RTCIceServer[];
  /** Only over a TURN server, so that the partner's device does not see this one's address. */
  readonly relayOnly: boolean;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether some meeting point answers; told when it changes, `false` together with NO_RENDEZVOUS. */
  readonly onRendezvous?: (up: boolean) => void;
};

/** Connections we announce ourselves for; offers that come beyond the second are left alone. */
const wanted = 4;
const most = 8;
/** Milliseconds. */
const rendezvousWithin = 6_000;
const junkAgainAfter = 60_000;

/**
 * The default carrier: stock y-webrtc, which finds the other end over the meeting points and syncs the airlock,
 * over channels that only the two can open (PROTOCOL §5).
 */
export const createWebrtcCarrier = (parts: WebrtcCarrierParts): Carrier => ({
  name: "webrtc",
  carry: (airlock, tell) => carry(parts, airlock, tell),
});

const carry = (
  parts: WebrtcCarrierParts,
  airlock: Doc,
  tell: (event: CarrierEvent) => void,
): Carrying => {
  const { meeting, clock, random } = parts;
  const name = toBase64Url(random(16));
  const rtc: RTCConfiguration = {
    iceServers: usableIceServers(parts.iceServers),
    iceTransportPolicy: parts.relayOnly ? "relay" : "all",
  };
  const sealed = createSealedRtc({
    airlock,
    keys: { room: meeting.room, psk: meeting.channelPsk, me: parts.me, deviceOf: parts.deviceOf },
    rtc,
    clock,
    random,
    tell,
  });
  const provider = openProvider(airlock, {
    name,
    signaling: dialable(parts.meetingPoints),
    peerOpts: { wrtc: sealed.wrtc, config: rtc },
  });
  const hush = hushBroadcast(provider, name, clock);
  const stopEchoes = skipEchoes(provider, airlock);
  const room: GuardedRoom = {
    name,
    topic: meeting.topic,
    seal: createSignalSeal<RoomSignal>({
      key: hash("TF/1 signal", utf8(meeting.signalPassword)),
      topic: meeting.topic,
      shape: roomSignalShape,
      random,
    }),
    takes: (signal) => fits(signal, provider.room?.webrtcConns ?? new Map()),
    onJunk: atMostEvery(junkAgainAfter, clock, () => tell({ type: "trouble", code: "JUNK" })),
  };
  const leaves = provider.signalingConns.map((connection) =>
    guardSignalling(connection, clock, random).add(room),
  );
  const unwatch = watchRendezvous(provider, parts, tell);

  let stopping: Promise<void> | undefined;
  return { stop: () => (stopping ??= stop()) };

  async function stop(): Promise<void> {
    unwatch();
    stopEchoes();
    sealed.closeAll();
    for (const leave of leaves) leave();
    provider.disconnect();
    provider.destroy();
    // y-webrtc leaves its own table of rooms in the promise's callbacks, simple-peer ends in microtasks.
    await provider.key;
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    hush();
  }
};

type OpenParts = {
  readonly name: string;
  readonly signaling: readonly string[];
  readonly peerOpts: { readonly wrtc: unknown; readonly config: RTCConfiguration };
};

const openProvider = (airlock: Doc, { name, signaling, peerOpts }: OpenParts): WebrtcProvider => {
  // Without an awareness of ours y-webrtc makes one that tells the other end every 15 s who is here. This one is
  // without a state and without a timer.
  const awareness = new Awareness(airlock);
  awareness.destroy();
  return new WebrtcProvider(name, airlock, {
    signaling,
    password: null,
    awareness,
    maxConns: wanted,
    filterBcConns: true,
    peerOpts,
  });
};

/**
 * y-webrtc also speaks to other tabs of the same origin, over a BroadcastChannel named like the room. Nobody else
 * knows a name made up for this one use; taken off as well, what it sends there is not even copied. What remains:
 * the few messages it sends on connecting, into a channel that nobody listens to.
 */
const hushBroadcast = (provider: WebrtcProvider, name: string, clock: Clock): (() => void) => {
  const nobody = () => {};
  const closeChannel = () => {
    broadcast.subscribe(name, nobody);
    broadcast.unsubscribe(name, nobody);
  };
  provider.on("status", () => {
    if (provider.room === null) return;
    broadcast.unsubscribe(name, provider.room._bcSubscriber);
    provider.room.bcconnected = false;
    clock.after(0, closeChannel);
  });
  return closeChannel;
};

/**
 * y-webrtc says what came over a connection again to all of them, the one it came over included. With one connection
 * there is nobody to say it to: at a first sync that would be every byte, made into a message and dropped by the filter.
 */
const skipEchoes = (provider: WebrtcProvider, airlock: Doc): (() => void) => {
  let said: ((update: Uint8Array, origin: unknown) => void) | undefined;
  const end = () => {
    if (said !== undefined) airlock.off("update", said);
    said = undefined;
  };
  provider.on("status", () => {
    end();
    const { room } = provider;
    if (room === null) return;
    airlock.off("update", room._docUpdateHandler);
    said = (update, origin) => {
      if (origin !== room || room.webrtcConns.size > 1) room._docUpdateHandler(update, origin);
    };
    airlock.on("update", said);
  });
  return end;
};

/**
 * An answer to nothing would throw inside y-webrtc, a late candidate would open a connection that nobody wants,
 * and offers without end would fill the memory.
 */
const fits = (signal: RoomSignal, connections: ReadonlyMap<string, unknown>): boolean => {
  if (connections.has(signal.from)) return true;
  const begins = signal.type === "announce" || signal.signal.type === "offer";
  return begins && connections.size < most;
};

/** NO_RENDEZVOUS once no meeting point has answered for a while; lib0 goes on dialling by itself. */
const watchRendezvous = (
  provider: WebrtcProvider,
  { clock, onRendezvous }: WebrtcCarrierParts,
  tell: (event: CarrierEvent) => void,
): (() => void) => {
  let told: boolean | undefined;
  let cancel: Cancel = () => {};
  const say = (up: boolean) => {
    if (told === up) return;
    told = up;
    onRendezvous?.(up);
    if (!up) tell({ type: "trouble", code: "NO_RENDEZVOUS" });
  };
  const look = () => {
    cancel();
    if (provider.signalingConns.some((connection) => connection.connected)) say(true);
    else
      cancel = clock.after(provider.signalingConns.length === 0 ? 0 : rendezvousWithin, () =>
        say(false),
      );
  };
  for (const connection of provider.signalingConns) {
    connection.on("connect", look);
    connection.on("disconnect", look);
  }
  look();
  return () => {
    cancel();
    for (const connection of provider.signalingConns) {
      connection.off("connect", look);
      connection.off("disconnect", look);
    }
  };
};

const atMostEvery = (ms: number, clock: Clock, run: () => void): (() => void) => {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    if (clock.now() - last < ms) return;
    last = clock.now();
    run();
  };
};
