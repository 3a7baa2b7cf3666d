import { beforeAll, expect, test } from "vitest";
import { fromHex, toHex, utf8 } from "../../shared/base/bytes.ts";
import { enc, hash, keyedHash, keyedHash64 } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import tf1 from "../vectors/data/tf1.json" with { type: "json" };

beforeAll(loadSodium);

test("H gives the protocol's bytes", () => {
  const { label, parts, out } = tf1.hash.H;
  expect(toHex(hash(label, ...parts.map(fromHex)))).toBe(out);
});

test("K and K64 give the protocol's bytes", () => {
  const { key, label, parts, out, out64 } = tf1.hash.K;
  expect(toHex(keyedHash(fromHex(key), label, ...parts.map(fromHex)))).toBe(out);
  expect(toHex(keyedHash64(fromHex(key), label, ...parts.map(fromHex)))).toBe(out64);
});

test("parts cannot be moved across their borders", () => {
  expect(enc("a", utf8("bc"), utf8("d"))).not.toEqual(enc("a", utf8("b"), utf8("cd")));
  expect(enc("a")).not.toEqual(enc("a", new Uint8Array(0)));
  expect(enc("ab", utf8("c"))).not.toEqual(enc("a", utf8("bc")));
});

test("a key of another length than 32 bytes is a bug, not a hash", () => {
  expect(() => keyedHash(new Uint8Array(31), "TF/1 test")).toThrow(RangeError);
  expect(() => keyedHash64(new Uint8Array(0), "TF/1 test")).toThrow(RangeError);
  expect(() => enc("x".repeat(256))).toThrow(RangeError);
});
