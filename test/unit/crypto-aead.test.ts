import { beforeAll, expect, test } from "vitest";
import { toHex, utf8 } from "../../shared/base/bytes.ts";
import {
  noiseNonce,
  openChaCha,
  openXChaCha,
  sealChaCha,
  sealXChaCha,
} from "../../shared/crypto/aead.ts";
import { constantTimeEqual } from "../../shared/crypto/compare.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { wipe } from "../../shared/crypto/wipe.ts";

beforeAll(loadSodium);

const key = new Uint8Array(32).fill(7);
const ad = utf8("header");
const words = utf8("I said I would call, and I did.");
const suites = [
  { name: "XChaCha20", seal: sealXChaCha, open: openXChaCha, nonce: new Uint8Array(24).fill(9) },
  { name: "ChaCha20", seal: sealChaCha, open: openChaCha, nonce: noiseNonce(5n) },
];

test.each(suites)("$name: what was sealed opens, 16 bytes longer", ({ seal, open, nonce }) => {
  const sealed = seal(key, nonce, words, ad);
  expect(sealed.length).toBe(words.length + 16);
  expect(open(key, nonce, sealed, ad)).toEqual({ ok: true, value: words });
});

test.each(suites)("$name: other key, nonce or header is refused", ({ seal, open, nonce }) => {
  const sealed = seal(key, nonce, words, ad);
  const otherNonce = new Uint8Array(nonce.length);
  const refused = { ok: false, code: "AEAD_FAIL" };
  expect(open(new Uint8Array(32), nonce, sealed, ad)).toMatchObject(refused);
  expect(open(key, otherNonce, sealed, ad)).toMatchObject(refused);
  expect(open(key, nonce, sealed, utf8("Header"))).toMatchObject(refused);
});

test.each(suites)("$name: every shorter piece is refused", ({ seal, open, nonce }) => {
  const sealed = seal(key, nonce, words, ad);
  for (let length = 0; length < sealed.length; length++) {
    expect(open(key, nonce, sealed.subarray(0, length), ad).ok).toBe(false);
  }
});

test.each(suites)("$name: a key or nonce of a wrong length is a bug", ({ seal, open, nonce }) => {
  expect(() => seal(key.subarray(1), nonce, words, ad)).toThrow(RangeError);
  expect(() => open(key, nonce.subarray(1), words, ad)).toThrow(RangeError);
});

test("Noise counts its nonce in little-endian after four zero bytes", () => {
  expect(toHex(noiseNonce(0x0102n))).toBe("000000000201000000000000");
});

test("comparing secrets tells equal from different, and lengths too", () => {
  expect(constantTimeEqual(words, words.slice())).toBe(true);
  expect(constantTimeEqual(words, words.slice(1))).toBe(false);
  expect(constantTimeEqual(words, new Uint8Array(words.length))).toBe(false);
});

test("wiping leaves zeros", () => {
  const one = Uint8Array.of(1, 2);
  const two = Uint8Array.of(3);
  wipe(one, two);
  expect([...one, ...two]).toEqual([0, 0, 0]);
});
