import { beforeAll, expect, test } from "vitest";
import { toHex, utf8 } from "../../shared/base/bytes.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { sealXChaCha } from "../../shared/crypto/aead.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { openKeyring, sealKeyring } from "../../shared/vault/keyring.ts";
import { masterKey, subKey } from "../../shared/vault/masterKey.ts";

beforeAll(loadSodium);

const mk = masterKey(new Uint8Array(32).fill(3));
const content = utf8('{"name":"Ana"}');
const damaged = { ok: false, code: "KEYRING_DAMAGED" };

test("a keyring opens under its master key, and its size tells nothing of a small change", () => {
  const file = sealKeyring(mk, content, systemRandom);
  expect(toHex(file.slice(0, 8))).toBe("54464b3101000000");
  expect(file.length).toBe(8 + 24 + 512 + 16);
  expect(sealKeyring(mk, new Uint8Array(400), systemRandom).length).toBe(file.length);
  expect(openKeyring(mk, file)).toEqual({ ok: true, value: content });
});

test("another master key does not open it", () => {
  const file = sealKeyring(mk, content, systemRandom);
  expect(openKeyring(masterKey(new Uint8Array(32)), file)).toMatchObject(damaged);
});

test("every shorter piece, and a byte more, is refused", () => {
  const file = sealKeyring(mk, content, systemRandom);
  for (let length = 0; length < file.length; length++) {
    expect(openKeyring(mk, file.slice(0, length))).toMatchObject(damaged);
  }
  expect(openKeyring(mk, Uint8Array.from([...file, 0]))).toMatchObject(damaged);
});

test("sealed without its padding it is refused", () => {
  const file = sealKeyring(mk, content, systemRandom);
  const nonce = file.slice(8, 32);
  const bare = sealXChaCha(subKey(mk, "TF/1 keyring"), nonce, content, file.slice(0, 8));
  const unpadded = Uint8Array.from([...file.slice(0, 32), ...bare]);
  expect(openKeyring(mk, unpadded)).toMatchObject(damaged);
});
