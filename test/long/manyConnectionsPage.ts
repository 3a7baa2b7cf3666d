import { toHex } from "../../shared/base/bytes.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { idFrom, type DeviceId } from "../../shared/base/ids.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { x25519PublicOf, x25519Secret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { meetingKeysOf } from "../../shared/people/space.ts";
import { createWebrtcCarrier } from "../../renderer/carriers/webrtcCarrier.ts";
import { createCarrierDesk } from "../contract/carrierAirlock.ts";

/** As test/browser/carrierPage.ts, but nothing is written down of what passes: that alone would grow. */
const people = { ada: 0xa, ben: 0xb } as const;
export type Who = keyof typeof people;

const keysOf = (who: Who) => {
  const secret = x25519Secret(new Uint8Array(32).fill(people[who]));
  return { secret, public: x25519PublicOf(secret) };
};

await loadSodium();
const sitDown = (who: Who, meetingPoint: string) => {
  const roster = new Map(
    (["ada", "ben"] as const).map((one) => [
      toHex(keysOf(one).public),
      idFrom<DeviceId>(new Uint8Array(16).fill(people[one])),
    ]),
  );
  const carrier = createWebrtcCarrier({
    meeting: meetingKeysOf(new Uint8Array(32).fill(0xcc)),
    me: keysOf(who),
    deviceOf: (key) => roster.get(toHex(key)),
    meetingPoints: [meetingPoint],
    iceServers: [],
    relayOnly: false,
    clock: systemClock,
    random: systemRandom,
  });
  here = createCarrierDesk(carrier);
};

let here: ReturnType<typeof createCarrierDesk> | undefined;
const page = {
  sitDown,
  carry: () => here?.carry(),
  put: (name: string) => here?.put({ name, count: 1, bytes: 700 }),
  stop: () => here?.stop(),
  /** Resolves when something has arrived: no timer of the test's own runs meanwhile. */
  arrived: async () => {
    while (here?.summary().count === 0) await new Promise((over) => setTimeout(over, 10));
  },
};
export type ManyConnectionsPage = typeof page;

Object.assign(globalThis, { many: page });
