import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes, fromHex, toHex, utf8 } from "../../shared/base/bytes.ts";
import { hash } from "../../shared/crypto/hash.ts";
import {
  ed25519PublicOf,
  ed25519Secret,
  sign,
  verifySignature,
  x25519Public,
  x25519PublicOf,
  x25519Secret,
  x25519Shared,
  xwingCiphertext,
  xwingDecapsulate,
  xwingEncapsulate,
  xwingPublic,
  xwingPublicOf,
  xwingSecret,
} from "../../shared/crypto/keys.ts";
import { loadSodium, sodium } from "../../shared/crypto/sodium.ts";
import tf1 from "../vectors/data/tf1.json" with { type: "json" };

beforeAll(loadSodium);

describe.each(Object.entries(tf1.devices))("device %s of the protocol's vectors", (_, device) => {
  const ed = ed25519Secret(fromHex(device.ed25519_seed));
  const x = x25519Secret(fromHex(device.x25519_secret));
  const xw = xwingSecret(fromHex(device.xwing_seed));

  test("all three public keys come from their secrets", () => {
    expect(toHex(ed25519PublicOf(ed))).toBe(device.ed25519_public);
    expect(toHex(x25519PublicOf(x))).toBe(device.x25519_public);
    expect(toHex(xwingPublicOf(xw))).toBe(device.xwing_public);
  });

  test("its id is the hash of the three", () => {
    const id = hash("TF/1 device", ed25519PublicOf(ed), x25519PublicOf(x), xwingPublicOf(xw));
    expect(toHex(id.subarray(0, 16))).toBe(device.device_id);
  });
});

const seed = (byte: number) => new Uint8Array(32).fill(byte);

test("a signature holds for its key and bytes only", () => {
  const secret = ed25519Secret(seed(1));
  const key = ed25519PublicOf(secret);
  const made = sign(secret, utf8("certificate"));
  expect(verifySignature(key, utf8("certificate"), made)).toBe(true);
  expect(verifySignature(key, utf8("certificatf"), made)).toBe(false);
  expect(verifySignature(ed25519PublicOf(ed25519Secret(seed(2))), utf8("certificate"), made)).toBe(
    false,
  );
  expect(verifySignature(key, utf8("certificate"), made.subarray(1))).toBe(false);
});

test("signing leaves the secret as it was", () => {
  const secret = ed25519Secret(seed(1));
  sign(secret, utf8("one"));
  expect([...secret]).toEqual([...seed(1)]);
});

test("two people get the same shared secret", () => {
  const [mine, theirs] = [x25519Secret(seed(3)), x25519Secret(seed(4))];
  expect(x25519Shared(mine, x25519PublicOf(theirs))).toEqual(
    x25519Shared(theirs, x25519PublicOf(mine)),
  );
});

test("a public key of zeros is refused", () => {
  expect(x25519Shared(x25519Secret(seed(3)), x25519Public(seed(0)))).toMatchObject({
    ok: false,
    code: "ZERO_SHARED",
  });
});

describe("X-Wing", () => {
  const secret = xwingSecret(seed(5));
  const random = (length: number) => new Uint8Array(length).fill(6);
  const encapsulated = () => {
    const made = xwingEncapsulate(xwingPublicOf(secret), random);
    if (!made.ok) throw new Error(made.code);
    return made.value;
  };

  test("the owner of the key finds the secret in the ciphertext", () => {
    const { ciphertext, shared } = encapsulated();
    expect(xwingDecapsulate(secret, ciphertext)).toEqual({ ok: true, value: shared });
  });

  test("it is the published combination of ML-KEM-768 and X25519, put together here by hand", () => {
    const { ciphertext, shared } = encapsulated();
    const expanded = createHash("shake256", { outputLength: 96 }).update(secret).digest();
    const lattice = sodium().crypto_kem_mlkem768_seed_keypair(
      new Uint8Array(expanded.subarray(0, 64)),
    );
    const curve = x25519Secret(new Uint8Array(expanded.subarray(64)));
    const curvePublic = x25519PublicOf(curve);
    expect(concatBytes(lattice.publicKey, curvePublic)).toEqual(xwingPublicOf(secret));

    const theirCurve = x25519Public(ciphertext.slice(1088));
    const curveShared = x25519Shared(curve, theirCurve);
    if (!curveShared.ok) throw new Error(curveShared.code);
    const latticeShared = sodium().crypto_kem_mlkem768_dec(
      ciphertext.slice(0, 1088),
      lattice.privateKey,
    );
    const label = utf8("\\.//^\\");
    const combined = createHash("sha3-256")
      .update(concatBytes(latticeShared, curveShared.value, theirCurve, curvePublic, label))
      .digest("hex");
    expect(toHex(shared)).toBe(combined);
  });

  test("an altered ciphertext gives another secret or a refusal, never the same", () => {
    const { ciphertext, shared } = encapsulated();
    for (const at of [0, 500, 1087, 1088, 1119]) {
      const altered = ciphertext.slice();
      altered[at] = (altered[at] ?? 0) ^ 1;
      const opened = xwingDecapsulate(secret, xwingCiphertext(altered));
      expect(opened.ok && toHex(opened.value) === toHex(shared)).toBe(false);
    }
  });

  test("malformed keys and ciphertexts are refused, not thrown", () => {
    const noCurve = xwingPublicOf(secret).slice().fill(0, 1184);
    for (const bytes of [new Uint8Array(1216).fill(255), noCurve]) {
      expect(xwingEncapsulate(xwingPublic(bytes), random)).toMatchObject({ code: "BAD_KEY" });
    }
    const zeroCurve = encapsulated().ciphertext.slice().fill(0, 1088);
    expect(xwingDecapsulate(secret, xwingCiphertext(zeroCurve))).toMatchObject({
      code: "BAD_CIPHERTEXT",
    });
  });
});

test("bytes of another length are not a key", () => {
  for (const name of [ed25519Secret, x25519Secret, x25519Public, xwingSecret, xwingPublic]) {
    expect(() => name(new Uint8Array(33))).toThrow(RangeError);
  }
});
