import { beforeAll, expect, test } from "vitest";
import { concatBytes, fromHex, toHex, utf8 } from "../../shared/base/bytes.ts";
import { enc, hash } from "../../shared/crypto/hash.ts";
import { ed25519Secret, sign, x25519Secret, xwingSecret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  certificateMark,
  makeCertificate,
  parseCertificate,
} from "../../shared/people/certificate.ts";
import { makePersonKeys, type PersonKeys, wipePersonKeys } from "../../shared/people/person.ts";
import { namedRandom } from "../support/pairingPeople.ts";
import tf1 from "../vectors/data/tf1.json" with { type: "json" };

beforeAll(loadSodium);

const keysOf = (letter: "A" | "B" | "C"): PersonKeys => {
  const device = tf1.devices[letter];
  return {
    identity: ed25519Secret(hash("test identity", utf8(letter))),
    ed25519: ed25519Secret(fromHex(device.ed25519_seed)),
    x25519: x25519Secret(fromHex(device.x25519_secret)),
    xwing: xwingSecret(fromHex(device.xwing_seed)),
  };
};

test("a device has the id that the protocol gives it", () => {
  for (const letter of ["A", "B", "C"] as const) {
    const certificate = makeCertificate(keysOf(letter));
    expect(certificate.device).toBe(tf1.devices[letter].device_id);
    expect(toHex(certificate.xwing)).toBe(tf1.devices[letter].xwing_public);
  }
});

test("a certificate is read as it was made, from bytes laid out as the protocol says", () => {
  const made = makeCertificate(keysOf("A"));
  expect(made.bytes).toHaveLength(1380);
  const { identity, ed25519, x25519, xwing } = made;
  const laidOut = concatBytes(utf8("TFC1"), identity, ed25519, x25519, xwing);
  expect(toHex(made.bytes.subarray(0, 1316))).toBe(toHex(laidOut));
  const parsed = parseCertificate(made.bytes);
  expect(parsed).toEqual({ ok: true, value: made });
  expect(toHex(certificateMark(made))).toBe(toHex(hash("TF/1 cert", made.bytes)).slice(0, 32));
});

test("one flipped bit anywhere in a certificate is refused", () => {
  const { bytes } = makeCertificate(keysOf("A"));
  for (let index = 0; index < bytes.length; index += index < 100 || index > 1300 ? 1 : 61) {
    const changed = bytes.slice();
    changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
    expect([index, parseCertificate(changed).ok]).toEqual([index, false]);
  }
});

test("a certificate that is cut, lengthened or empty is refused", () => {
  const { bytes } = makeCertificate(keysOf("A"));
  for (const wrong of [
    bytes.subarray(0, 1379),
    concatBytes(bytes, Uint8Array.of(0)),
    new Uint8Array(0),
  ]) {
    expect(parseCertificate(wrong)).toMatchObject({ ok: false, code: "BAD_CERTIFICATE" });
  }
});

test("a signature over the bytes alone, without what it is for, is refused", () => {
  const keys = keysOf("A");
  const signed = makeCertificate(keys).bytes.slice(0, 1316);
  expect(parseCertificate(concatBytes(signed, sign(keys.identity, signed))).ok).toBe(false);
  const right = sign(keys.identity, enc("TF/1 cert sig", signed));
  expect(parseCertificate(concatBytes(signed, right)).ok).toBe(true);
});

/** The points of small order on Curve25519 and its twist, and their spellings that are not canonical. */
const zeroPoints = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

/** Signed properly, with other bytes from `offset` on. */
const signedWith = (offset: number, replacement: Uint8Array): Uint8Array => {
  const keys = keysOf("A");
  const signed = makeCertificate(keys).bytes.slice(0, 1316);
  signed.set(replacement, offset);
  return concatBytes(signed, sign(keys.identity, enc("TF/1 cert sig", signed)));
};

test("an X25519 key that gives zeros is refused when it is met, in either place", () => {
  for (const point of zeroPoints.map(fromHex)) {
    expect(parseCertificate(signedWith(68, point))).toMatchObject({
      ok: false,
      detail: "x25519 of small order",
    });
    expect(parseCertificate(signedWith(1316 - 32, point))).toMatchObject({
      ok: false,
      detail: "xwing",
    });
  }
});

test("an X-Wing key with numbers out of range is refused when it is met", () => {
  expect(parseCertificate(signedWith(100, new Uint8Array(64).fill(0xff))).ok).toBe(false);
});

test("changing the bytes that were read changes nothing in the certificate", () => {
  const outside = makeCertificate(keysOf("A")).bytes.slice();
  const parsed = parseCertificate(outside);
  outside.fill(0);
  expect(parsed).toEqual({ ok: true, value: makeCertificate(keysOf("A")) });
});

test("a person's keys are four draws of 32 bytes, and are gone when wiped", () => {
  const drawn: Uint8Array[] = [];
  const keys = makePersonKeys(namedRandom("person", drawn));
  expect(drawn.map(({ length }) => length)).toEqual([32, 32, 32, 32]);
  expect(new Set(Object.values(keys).map(toHex)).size).toBe(4);
  wipePersonKeys(keys);
  for (const key of Object.values(keys)) expect(key.every((byte) => byte === 0)).toBe(true);
});
