import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { equalBytes, toHex } from "../../shared/base/bytes.ts";
import { idFrom, type DeviceId } from "../../shared/base/ids.ts";
import { systemRandom } from "../../shared/base/random.ts";
import type { CarrierCode } from "../../shared/carry/carrier.ts";
import {
  channelTimes,
  openSealedChannel,
  type SealedChannel,
} from "../../shared/carry/sealedChannel.ts";
import { keyedHash } from "../../shared/crypto/hash.ts";
import {
  type KeyPair,
  type X25519Public,
  type X25519Secret,
  x25519PublicOf,
  x25519Secret,
} from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { createWirePair, type Meddler, type TestWire } from "./carrierWires.ts";

type Keys = KeyPair<X25519Secret, X25519Public>;
type Heard = {
  readonly opened: DeviceId[];
  readonly messages: Uint8Array[];
  readonly troubles: CarrierCode[];
  closes: number;
};

const day = 24 * 60 * 60 * 1000;
const room = new Uint8Array(16).fill(7);
const rootKey = new Uint8Array(32).fill(1);
const pskOf = (root: Uint8Array) => keyedHash(root, "TF/1 chan");
const deviceA = idFrom<DeviceId>(new Uint8Array(16).fill(0xa));
const deviceB = idFrom<DeviceId>(new Uint8Array(16).fill(0xb));

let keysA: Keys;
let keysB: Keys;
let keysC: Keys;
const newKeys = (): Keys => {
  const secret = x25519Secret(systemRandom(32));
  return { secret, public: x25519PublicOf(secret) };
};
beforeAll(async () => {
  await loadSodium();
  [keysA, keysB, keysC] = [newKeys(), newKeys(), newKeys()];
});

const deviceOf = (key: Uint8Array): DeviceId | undefined =>
  new Map([
    [toHex(keysA.public), deviceA],
    [toHex(keysB.public), deviceB],
  ]).get(toHex(key));

type Change = {
  readonly me?: Keys;
  readonly root?: Uint8Array;
  readonly room?: Uint8Array;
  readonly fingerprint?: string;
};

const openEnd = (wire: TestWire, clock: ManualClock, me: Keys, change: Change = {}) => {
  const heard: Heard = { opened: [], messages: [], troubles: [], closes: 0 };
  const fingerprints =
    change.fingerprint === undefined
      ? wire.fingerprints
      : { ...wire.fingerprints, local: change.fingerprint };
  const channel: SealedChannel = openSealedChannel({
    wire: { ...wire, fingerprints },
    keys: {
      room: change.room ?? room,
      psk: pskOf(change.root ?? rootKey),
      me: change.me ?? me,
      deviceOf,
    },
    clock,
    random: systemRandom,
    events: {
      onOpen: (device) => heard.opened.push(device),
      onMessage: (message) => heard.messages.push(message),
      onTrouble: (code) => heard.troubles.push(code),
      onClose: () => (heard.closes += 1),
    },
  });
  return { channel, heard, wire };
};

const openPair = (changes: { a?: Change; b?: Change; meddle?: Meddler } = {}) => {
  const clock = createManualClock(1_000);
  const pair = createWirePair(changes.meddle);
  // The answering end listens first: the offering end speaks as soon as it is made.
  const b = openEnd(pair.answering, clock, keysB, changes.b);
  const a = openEnd(pair.offering, clock, keysA, changes.a);
  pair.settle();
  return { a, b, clock, settle: pair.settle };
};

const refused = (end: { heard: Heard }, code: CarrierCode) => {
  expect(end.heard.opened).toEqual([]);
  expect(end.heard.troubles).toEqual([code]);
};

describe("the sealed channel", () => {
  test("two who hold the keys meet, and each knows which device the other is", () => {
    const { a, b } = openPair();
    expect(a.heard.opened).toEqual([deviceB]);
    expect(b.heard.opened).toEqual([deviceA]);
    expect([...a.heard.troubles, ...b.heard.troubles]).toEqual([]);
  });

  test("any messages arrive whole and in order, both ways", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.uint8Array({ minLength: 1, maxLength: 500 })), {
          maxLength: 20,
        }),
        (script) => {
          const { a, b, settle } = openPair();
          for (const [fromA, message] of script) (fromA ? a : b).channel.send(message);
          settle();
          expect(b.heard.messages).toEqual(
            script.flatMap(([fromA, message]) => (fromA ? [message] : [])),
          );
          expect(a.heard.messages).toEqual(
            script.flatMap(([fromA, message]) => (fromA ? [] : [message])),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  test("three megabytes arrive as they were", () => {
    const { a, b, settle } = openPair();
    const message = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7) & 0xff);
    a.channel.send(message);
    settle();
    expect(b.heard.messages.length).toBe(1);
    expect(equalBytes(b.heard.messages[0] ?? new Uint8Array(0), message)).toBe(true);
  });

  test("nothing that is sent shows on the wire, and no wire message is over 65,535 bytes", () => {
    const { a, settle } = openPair();
    const canary = new TextEncoder().encode("the words that nobody else reads");
    a.channel.send(canary);
    settle();
    expect(a.wire.sent.some((bytes) => toHex(bytes).includes(toHex(canary)))).toBe(false);
    expect(a.wire.sent.every((bytes) => bytes.length <= 65_535)).toBe(true);
  });

  test("no byte of a message leaves before the handshake is done", () => {
    const clock = createManualClock();
    const pair = createWirePair();
    const a = openEnd(pair.offering, clock, keysA);
    expect(a.channel.send(Uint8Array.of(1))).toMatchObject({ ok: false, code: "NOT_OPEN" });
    expect(pair.offering.sent.length).toBe(1);
  });

  test("someone who is not in the roster is not known, whoever made the offer, and never learns more", () => {
    const asAnswering = openPair({ b: { me: keysC } });
    refused(asAnswering.a, "NOT_KNOWN");
    expect(asAnswering.a.wire.sent.length).toBe(1);
    const asOffering = openPair({ a: { me: keysC } });
    refused(asOffering.b, "NOT_KNOWN");
  });

  test("the right device without the couple's key is not known", () => {
    const { a, b, clock, settle } = openPair({ b: { root: new Uint8Array(32).fill(2) } });
    expect(a.heard.opened).toEqual([]);
    refused(b, "NOT_KNOWN");
    clock.advance(channelTimes.handshake);
    settle();
    expect(a.heard.troubles).toEqual(["STALLED"]);
  });

  test("another room and a connection with someone in the middle are not known", () => {
    refused(openPair({ b: { room: new Uint8Array(16) } }).b, "NOT_KNOWN");
    refused(openPair({ b: { fingerprint: "sha-256 CC:03" } }).b, "NOT_KNOWN");
  });

  test("a copy of our own device is not known", () => {
    refused(openPair({ b: { me: keysA } }).a, "NOT_KNOWN");
  });

  test("junk instead of a handshake is junk", () => {
    const clock = createManualClock();
    const pair = createWirePair();
    const b = openEnd(pair.answering, clock, keysB);
    pair.answering.receive(Uint8Array.of(1, 2, 3));
    refused(b, "JUNK");
    expect(pair.answering.sent).toEqual([]);
  });

  test("one flipped bit anywhere in the handshake and nobody opens", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 }), fc.nat(), fc.nat({ max: 7 }), (which, where, bit) => {
        let count = 0;
        const { a, b } = openPair({
          meddle: (message) => {
            if (count++ === which) flip(message, where, bit);
            return message;
          },
        });
        expect(b.heard.opened).toEqual([]);
        expect(a.heard.opened).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("one flipped bit in a message, or one left out or repeated, is junk and ends it", () => {
    for (const harm of ["flip", "drop", "repeat"] as const) {
      const { a, b, settle } = openPair();
      const sentBefore = a.wire.sent.length;
      a.channel.send(Uint8Array.of(1, 2, 3));
      a.channel.send(Uint8Array.of(4, 5, 6));
      const [first, second] = a.wire.sent.slice(sentBefore).map((bytes) => bytes.slice());
      if (first === undefined || second === undefined) throw new Error("two messages were sent");
      if (harm === "flip") flip(first, 3, 1);
      if (harm !== "drop") b.wire.receive(first);
      b.wire.receive(harm === "repeat" ? first : second);
      expect(b.heard.troubles).toEqual(["JUNK"]);
      settle();
      expect(b.heard.messages.length).toBe(harm === "repeat" ? 1 : 0);
    }
  });

  test("no bytes of any kind make it throw, in any state", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
        (opened, junk) => {
          const clock = createManualClock();
          const pair = createWirePair();
          const end = opened ? openPair().b : openEnd(pair.answering, clock, keysB);
          expect(() => junk.forEach((bytes) => end.wire.receive(bytes))).not.toThrow();
          expect(end.heard.messages).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("no handshake within five seconds closes it, one just in time does not", () => {
    const clock = createManualClock();
    const a = openEnd(createWirePair().offering, clock, keysA);
    clock.advance(4_999);
    expect(a.heard.closes).toBe(0);
    clock.advance(1);
    expect(a.heard.troubles).toEqual(["STALLED"]);
    expect(a.wire.closed()).toBe(true);
    const met = openPair();
    met.clock.advance(10_000);
    expect(met.a.wire.closed()).toBe(false);
  });

  test("a stranger is kept on a wire that says nothing, and only then let go", () => {
    const { a, clock } = openPair({ b: { me: keysC } });
    const said = a.wire.sent.length;
    clock.advance(channelTimes.hold - 1);
    expect(a.wire.closed()).toBe(false);
    clock.advance(1);
    expect(a.wire.closed()).toBe(true);
    expect(a.wire.sent.length).toBe(said);
    expect(a.heard.closes).toBe(1);
  });

  test("after a day both ends part, to meet again with new keys", () => {
    const { a, b, clock, settle } = openPair();
    for (let past = 0; past < day - 10_000; past += 10_000) {
      clock.advance(10_000);
      settle();
    }
    expect(a.wire.closed() || b.wire.closed()).toBe(false);
    clock.advance(10_000);
    settle();
    expect([a.heard.closes, b.heard.closes]).toEqual([1, 1]);
    expect([...a.heard.troubles, ...b.heard.troubles]).toEqual([]);
    expect(clock.waiting()).toBe(0);
  });

  test("a link that carries nothing is noticed, a quiet one stays", () => {
    const { a, clock } = openPair();
    clock.advance(channelTimes.silence + channelTimes.keepAlive);
    expect(a.heard.troubles).toEqual(["STALLED"]);
    expect(a.heard.closes).toBe(1);
  });

  test("closing ends both, tells the other once, and leaves no timer", () => {
    const { a, b, clock, settle } = openPair();
    a.channel.close();
    settle();
    expect(a.heard.closes).toBe(0);
    expect(b.heard.closes).toBe(1);
    expect(clock.waiting()).toBe(0);
    expect(b.channel.send(Uint8Array.of(1))).toMatchObject({ ok: false, code: "NOT_OPEN" });
  });

  test("a message over 64 MiB is not sent at all", () => {
    const { a, settle } = openPair();
    const before = a.wire.sent.length;
    expect(a.channel.send(new Uint8Array(64 * 1024 * 1024 + 1))).toMatchObject({
      ok: false,
      code: "TOO_MUCH",
    });
    settle();
    expect(a.wire.sent.length).toBe(before);
  });

  test("a wire that is full gets nothing more until it has room", () => {
    const clock = createManualClock();
    const pair = createWirePair();
    const b = openEnd(pair.answering, clock, keysB);
    let space = 3;
    let whenRoom: (() => void) | undefined;
    const channel = openSealedChannel({
      wire: { ...pair.offering, send: (message) => (space--, pair.offering.send(message)) },
      pace: { hasRoom: () => space > 0, whenRoom: (run) => (whenRoom = run) },
      keys: { room, psk: pskOf(rootKey), me: keysA, deviceOf },
      clock,
      random: systemRandom,
      events: { onOpen: () => {}, onMessage: () => {}, onTrouble: () => {}, onClose: () => {} },
    });
    pair.settle();
    const handshake = pair.offering.sent.length;
    channel.send(new Uint8Array(300_000));
    expect(pair.offering.sent.length).toBe(handshake + 1);
    expect(channel.waiting()).toBe(240_000);
    space = 100;
    whenRoom?.();
    pair.settle();
    expect(channel.waiting()).toBe(0);
    expect(b.heard.messages.map((message) => message.length)).toEqual([300_000]);
  });
});

const flip = (bytes: Uint8Array, where: number, bit: number): void => {
  const index = where % bytes.length;
  bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
};
