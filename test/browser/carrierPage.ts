import { idFrom, type DeviceId } from "../../shared/base/ids.ts";
import { toHex } from "../../shared/base/bytes.ts";
import { type Clock, systemClock } from "../../shared/base/clock.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { x25519PublicOf, x25519Secret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { meetingKeysOf } from "../../shared/people/space.ts";
import { createWebrtcCarrier } from "../../renderer/carriers/webrtcCarrier.ts";
import { createCarrierDesk } from "../contract/carrierAirlock.ts";
import { tapWebRtc } from "./carrierTaps.ts";

/** Ada and Ben share a journal. Eve knows the room and the signalling password, and none of the keys. */
export type Who = "ada" | "ben" | "eve";

const people: Record<Who, number> = { ada: 0xa, ben: 0xb, eve: 0xe };

const keysOf = (who: Who) => {
  const secret = x25519Secret(new Uint8Array(32).fill(people[who]));
  return { secret, public: x25519PublicOf(secret) };
};
const deviceIdOf = (who: Who) => idFrom<DeviceId>(new Uint8Array(16).fill(people[who]));

/** `hurry` times as fast as the system's, for what waits on purpose. */
const hurriedClock = (hurry: number): Clock => ({
  now: () => systemClock.now() * hurry,
  after: (ms, run) => systemClock.after(ms / hurry, run),
});

/** How the two may reach each other beside the direct way. */
export type Relaying = {
  readonly iceServers: readonly RTCIceServer[];
  readonly relayOnly: boolean;
};

const sitDown = async (
  who: Who,
  meetingPoints: readonly string[],
  hurry: number,
  { iceServers, relayOnly }: Relaying = { iceServers: [], relayOnly: false },
) => {
  await loadSodium();
  const meeting = meetingKeysOf(new Uint8Array(32).fill(0xcc));
  const roster = new Map(
    (["ada", "ben"] as const).map((one) => [toHex(keysOf(one).public), deviceIdOf(one)]),
  );
  const rendezvous: boolean[] = [];
  const carrier = createWebrtcCarrier({
    meeting: who === "eve" ? { ...meeting, channelPsk: systemRandom(32) } : meeting,
    me: keysOf(who),
    // Eve takes anyone.
    deviceOf: (key) => (who === "eve" ? deviceIdOf("eve") : roster.get(toHex(key))),
    meetingPoints,
    iceServers,
    relayOnly,
    clock: hurriedClock(hurry),
    random: systemRandom,
    onRendezvous: (up) => rendezvous.push(up),
  });
  return { ...createCarrierDesk(carrier), rendezvous: () => rendezvous };
};

const taps = tapWebRtc();
let here: Awaited<ReturnType<typeof sitDown>> | undefined;

const desk = () => {
  if (here === undefined) throw new Error("sit down first");
  return here;
};

const page = {
  sitDown: async (...place: Parameters<typeof sitDown>) => {
    here = await sitDown(...place);
  },
  desk,
  taps: () => taps,
};
export type CarrierPage = typeof page;

Object.assign(globalThis, { twofold: page });
