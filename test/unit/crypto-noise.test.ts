import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes, utf8 } from "../../shared/base/bytes.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { x25519Public, x25519PublicOf, x25519Secret } from "../../shared/crypto/keys.ts";
import {
  createHandshake,
  type Handshake,
  type HandshakeParts,
  noisePayloadLimit,
} from "../../shared/crypto/noise.ts";
import { createCipher, noisePlaintextLimit } from "../../shared/crypto/noiseCipher.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";

beforeAll(loadSodium);

const psk = new Uint8Array(32).fill(8);
const hello = utf8("hello");

const staticKey = (byte: number) => {
  const secret = x25519Secret(new Uint8Array(32).fill(byte));
  return { secret, public: x25519PublicOf(secret) };
};

const side = (initiator: boolean, change: Partial<HandshakeParts> = {}): Handshake =>
  createHandshake({
    pattern: "XXpsk3",
    initiator,
    prologue: utf8("context"),
    staticKey: staticKey(initiator ? 1 : 2),
    random: systemRandom,
    ...(change.pattern === "XX" ? {} : { psk }),
    ...change,
  });

const read = (reader: Handshake, message: Uint8Array): Uint8Array => {
  const payload = reader.read(message);
  if (!payload.ok) throw new Error(payload.code);
  return payload.value;
};

const shakeHands = () => {
  const [a, b] = [side(true), side(false)];
  read(b, a.write(hello));
  read(a, b.write(hello));
  read(b, a.write(hello));
  return { a, b };
};

/** How each of the three messages was taken, up to the first refusal. */
const talk = (a: Handshake, b: Handshake): string[] => {
  const outcomes: string[] = [];
  for (const index of [0, 1, 2]) {
    const [writer, reader] = index % 2 === 0 ? [a, b] : [b, a];
    const taken = reader.read(writer.write(hello));
    outcomes.push(taken.ok ? "ok" : taken.code);
    if (!taken.ok) break;
  }
  return outcomes;
};

/** Carries on until message `index` (0 to 2) is due, and gives it with the side that will read it. */
const untilMessage = (index: number) => {
  let [writer, reader] = [side(true), side(false)];
  for (let done = 0; done < index; done++) {
    read(reader, writer.write(hello));
    [writer, reader] = [reader, writer];
  }
  return { message: writer.write(hello), reader };
};

test("both end with the same hash, know each other's key, and talk", () => {
  const { a, b } = shakeHands();
  expect(a.finished && b.finished).toBe(true);
  expect(a.split().hash64).toEqual(b.split().hash64);
  expect(a.split().hash64.length).toBe(64);
  expect(a.remoteStatic()).toEqual(staticKey(2).public);
  expect(b.remoteStatic()).toEqual(staticKey(1).public);
  for (const text of ["one", "two"]) {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const sealed = from.split().send.seal(utf8(text));
      expect(sealed.ok && to.split().receive.open(sealed.value)).toEqual({
        ok: true,
        value: utf8(text),
      });
    }
  }
});

test("two handshakes of the same two people share no hash", () => {
  expect(shakeHands().a.split().hash64).not.toEqual(shakeHands().a.split().hash64);
});

test("nobody is named before the message that names them is whole", () => {
  const { reader, message } = untilMessage(1);
  expect(reader.remoteStatic()).toBeUndefined();
  const altered = message.slice();
  altered[message.length - 1] = (altered[message.length - 1] ?? 0) ^ 1;
  expect(reader.read(altered).ok).toBe(false);
  expect(reader.remoteStatic()).toBeUndefined();
});

describe.each([0, 1, 2])("handshake message %i", (index) => {
  test("every truncation is refused, and then everything is", () => {
    const { message } = untilMessage(index);
    for (let length = 0; length < message.length; length++) {
      const { message: fresh, reader } = untilMessage(index);
      const refused = reader.read(fresh.subarray(0, length));
      expect(refused.ok, `${length}`).toBe(false);
      expect(reader.read(fresh)).toMatchObject({ ok: false, code: "DEAD" });
      expect(() => reader.write(hello)).toThrow("dead");
      expect(reader.finished).toBe(false);
    }
  });

  test("too long is refused", () => {
    const { reader } = untilMessage(index);
    expect(reader.read(new Uint8Array(65_536))).toMatchObject({ ok: false, code: "TOO_LONG" });
  });
});

test("the longest payload fits every message, and one byte more is a bug", () => {
  let [writer, reader] = [side(true), side(false)];
  for (let index = 0; index < 3; index++) {
    const [sender, receiver] = [writer, reader];
    expect(() => sender.write(new Uint8Array(noisePayloadLimit + 1))).toThrow(RangeError);
    const message = sender.write(new Uint8Array(noisePayloadLimit));
    expect(message.length).toBeLessThanOrEqual(65_535);
    expect(read(receiver, message).length).toBe(noisePayloadLimit);
    [writer, reader] = [reader, writer];
  }
});

test("another prologue ends at the first sealed bytes", () => {
  const other = { prologue: utf8("other") };
  expect(talk(side(true), side(false, other))).toEqual(["AEAD_FAIL"]);
  const [a, b] = [side(true, { pattern: "XX" }), side(false, { ...other, pattern: "XX" })];
  expect(talk(a, b)).toEqual(["ok", "AEAD_FAIL"]);
});

test("the psk decides: whoever lacks it reads no third message", () => {
  const [a, b] = [side(true), side(false, { psk: new Uint8Array(32) })];
  expect(talk(a, b)).toEqual(["ok", "ok", "AEAD_FAIL"]);
});

const keysGivingZeros = [
  { name: "0", key: new Uint8Array(32) },
  { name: "1", key: new Uint8Array(32).fill(1, 0, 1) },
  { name: "p", key: new Uint8Array(32).fill(0xff).fill(0xed, 0, 1).fill(0x7f, 31) },
];

test.each(keysGivingZeros)("the ephemeral key $name gives zeros and is refused", ({ key }) => {
  for (const pattern of ["XX", "XXpsk3"] as const) {
    const b = side(false, { pattern });
    const message = concatBytes(key, new Uint8Array(48));
    expect(b.read(message)).toMatchObject({ ok: false, code: "ZERO_SHARED" });
    expect(() => b.write(hello)).toThrow("dead");
  }
});

test("a static key that gives zeros is refused though it is sealed properly", () => {
  const zero = { secret: staticKey(1).secret, public: x25519Public(new Uint8Array(32)) };
  const [a, b] = [side(true), side(false, { staticKey: zero })];
  expect(talk(a, b)).toEqual(["ok", "ZERO_SHARED"]);
});

test("claiming another's static key without its secret is AEAD_FAIL", () => {
  const claimed = { secret: staticKey(9).secret, public: staticKey(1).public };
  const [a, b] = [side(true, { staticKey: claimed }), side(false)];
  expect(talk(a, b)).toEqual(["ok", "ok", "AEAD_FAIL"]);
});

test("a message when it is ours to write is refused", () => {
  const a = side(true);
  expect(a.read(side(true).write(hello))).toMatchObject({ ok: false, code: "OUT_OF_TURN" });
  expect(() => side(false).write(hello)).toThrow("not our turn");
});

test("what comes after the end is refused and harms nothing", () => {
  const { a, b } = shakeHands();
  expect(b.read(hello)).toMatchObject({ ok: false, code: "OUT_OF_TURN" });
  const sealed = a.split().send.seal(hello);
  expect(sealed.ok && b.split().receive.open(sealed.value).ok).toBe(true);
});

test("splitting before the end and a psk in the wrong pattern are bugs", () => {
  expect(() => side(true).split()).toThrow("not finished");
  expect(() => side(true, { pattern: "XX", psk })).toThrow(RangeError);
  expect(() => side(true, { psk: new Uint8Array(31) })).toThrow(RangeError);
});

describe("a finished direction", () => {
  const pair = () => {
    const key = new Uint8Array(32).fill(4);
    return { sender: createCipher(key), receiver: createCipher(key) };
  };
  const sealed = (cipher: ReturnType<typeof createCipher>, text: string): Uint8Array => {
    const made = cipher.seal(utf8(text));
    if (!made.ok) throw new Error(made.code);
    return made.value;
  };

  test.each(["repeated", "swapped", "lost", "altered", "cut", "empty"])(
    "a %s message is refused, and so is all that follows",
    (what) => {
      const { sender, receiver } = pair();
      const [first, second] = [sealed(sender, "first"), sealed(sender, "second")];
      if (what === "repeated") receiver.open(first);
      const altered = first.slice();
      altered[0] = (altered[0] ?? 0) ^ 1;
      const bad = { repeated: first, swapped: second, lost: second, altered }[what];
      const refused = receiver.open(bad ?? first.subarray(0, what === "cut" ? 20 : 0));
      expect(refused).toMatchObject({ ok: false, code: "AEAD_FAIL" });
      for (const message of [first, second]) {
        expect(receiver.open(message)).toMatchObject({ ok: false, code: "DEAD" });
      }
      expect(receiver.seal(hello)).toMatchObject({ ok: false, code: "DEAD" });
    },
  );

  test("a plaintext over 65,519 bytes is refused without harm; one of 65,519 goes", () => {
    const { sender, receiver } = pair();
    expect(sender.seal(new Uint8Array(noisePlaintextLimit + 1))).toMatchObject({
      code: "TOO_LONG",
    });
    const longest = sender.seal(new Uint8Array(noisePlaintextLimit));
    expect(longest.ok && longest.value.length).toBe(65_535);
    expect(longest.ok && receiver.open(longest.value).ok).toBe(true);
    expect(receiver.open(new Uint8Array(65_536))).toMatchObject({ code: "TOO_LONG" });
  });

  test("after 2^63 messages no more are sealed or opened", () => {
    const key = new Uint8Array(32);
    const last = createCipher(key, 2n ** 63n - 1n);
    expect(last.seal(hello).ok).toBe(true);
    expect(last.seal(hello)).toMatchObject({ code: "EXHAUSTED" });
    expect(createCipher(key, 2n ** 63n).open(hello)).toMatchObject({ code: "EXHAUSTED" });
  });

  test("a wiped one is dead, and the caller's key is left alone", () => {
    const key = new Uint8Array(32).fill(4);
    const cipher = createCipher(key);
    cipher.wipe();
    expect(cipher.seal(hello)).toMatchObject({ code: "DEAD" });
    expect(key[0]).toBe(4);
  });
});
