import { idFrom, type DeviceId } from "../../shared/base/ids.ts";
import { equalBytes } from "../../shared/base/bytes.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { x25519PublicOf, x25519Secret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { meetingKeysOf } from "../../shared/people/space.ts";
import { createWebrtcCarrier } from "../../renderer/carriers/webrtcCarrier.ts";
import { createCarrierDesk } from "../contract/carrierAirlock.ts";
import { rootOf, type Computer } from "./carrierRooms.ts";

const numbers: Record<Computer, number> = { laptop: 0xa, desk: 0xd, partner: 0xb };

const keysOf = (computer: Computer) => {
  const secret = x25519Secret(new Uint8Array(32).fill(numbers[computer]));
  return { secret, public: x25519PublicOf(secret) };
};

const sitDown = (me: Computer, other: Computer, meetingPoints: readonly string[]) =>
  createCarrierDesk(
    createWebrtcCarrier({
      meeting: meetingKeysOf(rootOf(me, other)),
      me: keysOf(me),
      deviceOf: (key) =>
        equalBytes(key, keysOf(other).public)
          ? idFrom<DeviceId>(new Uint8Array(16).fill(numbers[other]))
          : undefined,
      meetingPoints,
      iceServers: [],
      relayOnly: false,
      clock: systemClock,
      random: systemRandom,
    }),
  );

const desks = new Map<Computer, ReturnType<typeof sitDown>>();

const page = {
  /** One room for each of the others, over the same meeting points. */
  sitDown: async (me: Computer, others: readonly Computer[], meetingPoints: readonly string[]) => {
    await loadSodium();
    for (const other of others) desks.set(other, sitDown(me, other, meetingPoints));
  },
  with: (other: Computer) => {
    const desk = desks.get(other);
    if (desk === undefined) throw new Error("sit down first");
    return desk;
  },
};
export type CarrierRoomsPage = typeof page;

Object.assign(globalThis, { twofold: page });
