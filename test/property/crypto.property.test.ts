import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { equalBytes, toHex } from "../../shared/base/bytes.ts";
import { openXChaCha, sealXChaCha } from "../../shared/crypto/aead.ts";
import { enc, keyedHash } from "../../shared/crypto/hash.ts";
import { x25519PublicOf, x25519Secret } from "../../shared/crypto/keys.ts";
import { createHandshake, type Handshake } from "../../shared/crypto/noise.ts";
import { pad, padmeLength, unpad } from "../../shared/crypto/padme.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { systemRandom } from "../../shared/base/random.ts";

beforeAll(loadSodium);

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const flip = (whole: Uint8Array, bit: number): Uint8Array => {
  const altered = whole.slice();
  const at = (bit >> 3) % whole.length;
  altered[at] = (altered[at] ?? 0) ^ (1 << (bit & 7));
  return altered;
};

test("what is padded is exactly what is unpadded", () => {
  fc.assert(
    fc.property(bytes(3000), (message) => {
      const padded = pad(message);
      expect(unpad(padded)).toEqual({ ok: true, value: message });
      expect(padded.length).toBe(padmeLength(message.length + 1));
    }),
  );
});

test("whatever is unpadded pads to the same bytes again", () => {
  fc.assert(
    fc.property(bytes(1200), fc.nat(600), (start, zeros) => {
      const plaintext = Uint8Array.from([...start, 0x80, ...new Uint8Array(zeros)]);
      const unpadded = unpad(plaintext);
      expect(!unpadded.ok || equalBytes(pad(unpadded.value), plaintext)).toBe(true);
    }),
  );
});

test("a padded length grows, costs at most an eighth, and is its own padded length", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (length) => {
      const padded = padmeLength(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      expect(padded).toBeGreaterThanOrEqual(padmeLength(Math.max(1, length - 1)));
      expect(padded).toBeLessThanOrEqual(Math.max(512, length * 1.125));
      expect(padmeLength(Math.min(padded, 2 ** 31))).toBe(padded);
    }),
  );
});

test("two different lists of parts are never encoded alike", () => {
  const parts = fc.array(bytes(4), { maxLength: 3 });
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const same = JSON.stringify(one.map(toHex)) === JSON.stringify(other.map(toHex));
      expect(equalBytes(enc("x", ...one), enc("x", ...other))).toBe(same);
    }),
  );
});

test("one flipped bit in key, nonce, header or ciphertext is refused", () => {
  fc.assert(
    fc.property(
      exactly(32),
      exactly(24),
      bytes(100),
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc.nat(),
      (key, nonce, plaintext, ad, bit) => {
        const sealed = sealXChaCha(key, nonce, plaintext, ad);
        expect(openXChaCha(key, nonce, sealed, ad)).toEqual({ ok: true, value: plaintext });
        expect(openXChaCha(flip(key, bit), nonce, sealed, ad).ok).toBe(false);
        expect(openXChaCha(key, flip(nonce, bit), sealed, ad).ok).toBe(false);
        expect(openXChaCha(key, nonce, flip(sealed, bit), ad).ok).toBe(false);
        expect(openXChaCha(key, nonce, sealed, flip(ad, bit)).ok).toBe(false);
      },
    ),
  );
});

test("another key gives another hash", () => {
  fc.assert(
    fc.property(exactly(32), fc.nat(), (key, bit) => {
      expect(keyedHash(key, "x")).not.toEqual(keyedHash(flip(key, bit), "x"));
    }),
  );
});

const person = (byte: number) => {
  const secret = x25519Secret(new Uint8Array(32).fill(byte));
  return { secret, public: x25519PublicOf(secret) };
};

const twoSides = (psk: Uint8Array): [Handshake, Handshake] => {
  const common = { pattern: "XXpsk3", prologue: psk, psk, random: systemRandom } as const;
  return [
    createHandshake({ ...common, initiator: true, staticKey: person(1) }),
    createHandshake({ ...common, initiator: false, staticKey: person(2) }),
  ];
};

test("one flipped bit anywhere in a handshake ends it: nobody finishes unless both agree", () => {
  fc.assert(
    fc.property(exactly(32), fc.nat(2), fc.nat(), bytes(50), (psk, which, bit, payload) => {
      const [a, b] = twoSides(psk);
      for (let index = 0; index < which; index++) {
        const [writer, reader] = index % 2 === 0 ? [a, b] : [b, a];
        expect(reader.read(writer.write(payload))).toEqual({ ok: true, value: payload });
      }
      const [writer, reader] = which % 2 === 0 ? [a, b] : [b, a];
      const taken = reader.read(flip(writer.write(payload), bit));
      // Not even the top bit of a public key passes, which X25519 itself ignores: the transcript holds it.
      expect(taken.ok).toBe(false);
      expect(reader.finished).toBe(false);
      expect(reader.read(payload)).toMatchObject({ code: "DEAD" });
    }),
  );
});

test("whatever bytes arrive, a handshake answers with a value", () => {
  fc.assert(
    fc.property(bytes(300), fc.boolean(), (junk, second) => {
      const [a, b] = twoSides(new Uint8Array(32));
      if (second) a.write(junk);
      const taken = (second ? a : b).read(junk);
      expect(taken.ok).toBe(false);
    }),
  );
});
