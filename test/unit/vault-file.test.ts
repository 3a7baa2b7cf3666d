import { beforeAll, describe, expect, test } from "vitest";
import { fromHex, toHex, u32, utf8 } from "../../shared/base/bytes.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { checkCost, decodeHeader, encodeHeader } from "../../shared/vault/header.ts";
import { type Derive, deriveKey, passphraseKek } from "../../shared/vault/kdf.ts";
import { masterKey, newMasterKey, subKey } from "../../shared/vault/masterKey.ts";
import { newRecoveryEntropy } from "../../shared/vault/recovery.ts";
import { passphraseSlot } from "../../shared/vault/slotLayout.ts";
import { unwrapMasterKey, wrapMasterKey } from "../../shared/vault/slots.ts";
import { vaultCost } from "../../shared/vault/vaultCost.ts";
import {
  changePassphrase,
  openVault,
  openVaultByRecovery,
  isUnopenableVault,
  sealUnopenableVault,
  sealVault,
  type VaultParts,
} from "../../shared/vault/vaultFile.ts";
import tf1 from "../vectors/data/tf1.json" with { type: "json" };

beforeAll(loadSodium);

const cost = { ops: 3, memKiB: 64 * 1024 };

/** As one-way as Argon2id for our purposes, and quick; it counts how often it was asked. */
const quickDerive = () => {
  const asked: string[] = [];
  const derive: Derive = async ({ passphrase, salt, ops, memKiB }) => {
    asked.push(passphrase);
    return hash("test derive", utf8(passphrase), salt, u32(ops), u32(memKiB));
  };
  return { derive, asked };
};

const partsOf = (change: Partial<VaultParts> = {}): VaultParts => ({
  derive: quickDerive().derive,
  random: systemRandom,
  deviceSecret: new Uint8Array(32).fill(7),
  ...change,
});

const newVault = async (parts = partsOf()) => {
  const [mk, recovery] = [newMasterKey(systemRandom), newRecoveryEntropy(systemRandom)];
  const sealed = await sealVault(parts, {
    masterKey: mk,
    passphrase: "blue kettle north",
    cost,
    recovery,
  });
  if (!sealed.ok) throw new Error(sealed.code);
  return { parts, mk, recovery, file: sealed.value };
};

describe("the protocol's vault", () => {
  const vector = tf1.vault;
  const header = fromHex(vector.header);
  const wrap = fromHex(vector.wrap);
  const file = Uint8Array.from([...header, 1, ...wrap]);
  const parts = {
    derive: async (job: Parameters<Derive>[0]) => deriveKey(job),
    deviceSecret: fromHex(vector.device_secret),
  };

  test("Argon2id, the device secret and the wrapping give its bytes", () => {
    const read = decodeHeader(header);
    if (!read.ok) throw new Error(read.code);
    expect(toHex(encodeHeader(read.value))).toBe(vector.header);
    const derived = deriveKey({ passphrase: vector.passphrase, ...read.value });
    expect(toHex(derived)).toBe(vector.argon2id);
    expect(toHex(passphraseKek(derived, new Uint8Array(32)))).toBe(
      vector.kek_without_device_secret,
    );
    const kek = passphraseKek(derived, parts.deviceSecret);
    expect(toHex(kek)).toBe(vector.kek);
    const mk = masterKey(fromHex(vector.master_key));
    const wrapped = wrapMasterKey(passphraseSlot, mk, kek, header, () => fromHex(vector.nonce));
    expect(toHex(wrapped)).toBe(vector.wrap);
    expect(unwrapMasterKey(passphraseSlot, wrap, kek, header)).toEqual({ ok: true, value: mk });
  });

  test("opens as a file, with Argon2id itself", async () => {
    const opened = await openVault(parts, file, vector.passphrase);
    expect(opened.ok && toHex(opened.value)).toBe(vector.master_key);
    expect(await openVault(parts, file, "correct horse publiC")).toMatchObject({
      code: "WRONG_SECRET",
    });
  });
});

test.each(tf1.kdf_bounds)(
  "$ops passes over $memKiB KiB are $code, before deriving",
  async (bound) => {
    expect(checkCost(bound)).toMatchObject({ ok: false, code: bound.code });
    const { file } = await newVault();
    const { derive, asked } = quickDerive();
    file.set(u32(bound.ops), 8);
    file.set(u32(bound.memKiB), 12);
    const parts = partsOf({ derive });
    expect(await openVault(parts, file, "x")).toMatchObject({ ok: false, code: bound.code });
    expect(
      await sealVault(parts, {
        masterKey: newMasterKey(systemRandom),
        passphrase: "x",
        cost: bound,
      }),
    ).toMatchObject({ ok: false, code: bound.code });
    expect(asked).toEqual([]);
  },
);

test("a header asking for 100 GiB is refused before anything is derived", async () => {
  const { file } = await newVault();
  const { derive, asked } = quickDerive();
  file.set(u32(100 * 1024 * 1024), 12);
  expect(await openVault(partsOf({ derive }), file, "blue kettle north")).toMatchObject({
    ok: false,
    code: "KDF_TOO_STRONG",
  });
  expect(asked).toEqual([]);
});

test.each([
  { ops: 3, memKiB: 65_536 },
  { ops: 10, memKiB: 2_097_152 },
])("exactly at the bound is allowed: %o", (bound) => {
  expect(checkCost(bound)).toEqual({ ok: true, value: bound });
});

test("a computer without the memory hears KDF_TOO_STRONG, and nothing is thrown", async () => {
  const { file } = await newVault();
  const parts = partsOf({ derive: async () => Promise.reject(new Error("no memory")) });
  expect(await openVault(parts, file, "x")).toMatchObject({ ok: false, code: "KDF_TOO_STRONG" });
});

test("both the passphrase and the words open it", async () => {
  const { parts, mk, recovery, file } = await newVault();
  expect(file.length).toBe(32 + 1 + 2 * 105);
  expect(await openVault(parts, file, "blue kettle north")).toEqual({ ok: true, value: mk });
  expect(openVaultByRecovery(file, recovery)).toEqual({ ok: true, value: mk });
});

test("a passphrase opens however its letters were written", async () => {
  const real: Derive = async (job) => deriveKey(job);
  const parts = partsOf({ derive: real });
  const mk = newMasterKey(systemRandom);
  const made = await sealVault(parts, { masterKey: mk, passphrase: "café ﬁn", cost });
  if (!made.ok) throw new Error(made.code);
  expect(await openVault(parts, made.value, "cafe\u0301 fin")).toEqual({ ok: true, value: mk });
});

test("a wrong passphrase and a wrong device secret are not told apart", async () => {
  const { parts, file } = await newVault();
  const wrongPassphrase = await openVault(parts, file, "blue kettle south");
  const elsewhere = { ...parts, deviceSecret: new Uint8Array(32) };
  expect(await openVault(elsewhere, file, "blue kettle north")).toEqual(wrongPassphrase);
  expect(wrongPassphrase).toEqual({ ok: false, code: "WRONG_SECRET" });
});

test("other recovery words do not open it", async () => {
  const { file } = await newVault();
  expect(openVaultByRecovery(file, newRecoveryEntropy(systemRandom))).toMatchObject({
    code: "WRONG_SECRET",
  });
});

describe("changing the passphrase", () => {
  const next = { passphrase: "seven windows", cost: { ops: 4, memKiB: 128 * 1024 } };

  test("the new one opens, the old one does not, the words still do", async () => {
    const { parts, mk, recovery, file } = await newVault();
    const changed = await changePassphrase(parts, file, { passphrase: "blue kettle north" }, next);
    if (!changed.ok) throw new Error(changed.code);
    expect(await openVault(parts, changed.value, "seven windows")).toEqual({ ok: true, value: mk });
    expect(await openVault(parts, changed.value, "blue kettle north")).toMatchObject({
      code: "WRONG_SECRET",
    });
    expect(openVaultByRecovery(changed.value, recovery)).toEqual({ ok: true, value: mk });
    expect(decodeHeader(changed.value)).toMatchObject({ value: next.cost });
    expect(changed.value.slice(16, 32)).not.toEqual(file.slice(16, 32));
    expect(await openVault(parts, file, "blue kettle north")).toEqual({ ok: true, value: mk });
  });

  test("the words alone set a new one, on another computer too", async () => {
    const { mk, recovery, file } = await newVault();
    const elsewhere = partsOf({ deviceSecret: new Uint8Array(32).fill(1) });
    const changed = await changePassphrase(elsewhere, file, { recovery }, next);
    if (!changed.ok) throw new Error(changed.code);
    expect(await openVault(elsewhere, changed.value, "seven windows")).toEqual({
      ok: true,
      value: mk,
    });
  });

  test("a wrong secret changes nothing", async () => {
    const { parts, file } = await newVault();
    const wrong = [{ passphrase: "no" }, { recovery: newRecoveryEntropy(systemRandom) }];
    for (const current of wrong) {
      expect(await changePassphrase(parts, file, current, next)).toMatchObject({
        ok: false,
        code: "WRONG_SECRET",
      });
    }
  });
});

test("a recovery slot opens though the header's cost and salt are damaged", async () => {
  const { mk, recovery, file } = await newVault();
  file.fill(0xff, 8, 32);
  expect(openVaultByRecovery(file, recovery)).toEqual({ ok: true, value: mk });
});

describe("a vault of another shape", () => {
  const shapes: readonly [string, string, (file: Uint8Array) => Uint8Array][] = [
    ["nothing", "BAD_MAGIC", () => new Uint8Array(0)],
    ["half a header", "BAD_MAGIC", (file) => file.slice(0, 16)],
    ["another magic", "BAD_MAGIC", (file) => file.fill(0x55, 3, 4)],
    ["another suite", "BAD_SUITE", (file) => file.fill(2, 4, 5)],
    ["another derivation", "BAD_SUITE", (file) => file.fill(1, 5, 6)],
    ["reserved bytes in use", "BAD_SUITE", (file) => file.fill(1, 7, 8)],
    ["a header alone", "BAD_SLOT", (file) => file.slice(0, 32)],
    ["no slots", "BAD_SLOT", (file) => file.slice(0, 33).fill(0, 32)],
    ["a slot missing", "BAD_SLOT", (file) => file.slice(0, 33 + 105)],
    ["a byte missing", "BAD_SLOT", (file) => file.slice(0, -1)],
    ["a byte more", "BAD_SLOT", (file) => Uint8Array.from([...file, 0])],
    ["an unknown slot", "BAD_SLOT", (file) => file.fill(3, 33 + 105, 34 + 105)],
    ["one slot twice", "BAD_SLOT", (file) => file.fill(1, 33 + 105, 34 + 105)],
    ["255 slots", "BAD_SLOT", (file) => file.fill(255, 32, 33)],
  ];
  test.each(shapes)("%s is %s", async (_, code, change) => {
    const { parts, recovery, file } = await newVault();
    const changed = change(file);
    expect(await openVault(parts, changed, "blue kettle north")).toMatchObject({ ok: false, code });
    expect(openVaultByRecovery(changed, recovery)).toMatchObject({ ok: false, code });
  });

  test("one with a single slot has no recovery to open it", async () => {
    const { parts, mk, recovery, file } = await newVault();
    const single = Uint8Array.from([...file.slice(0, 32), 1, ...file.slice(33, 33 + 105)]);
    expect(await openVault(parts, single, "blue kettle north")).toEqual({ ok: true, value: mk });
    expect(openVaultByRecovery(single, recovery)).toMatchObject({ ok: false, code: "BAD_SLOT" });
  });
});

test("a vault made without recovery has the size of every other, and no words open it", async () => {
  const { file, recovery } = await newVault();
  const parts = partsOf();
  const mk = newMasterKey(systemRandom);
  const made = await sealVault(parts, { masterKey: mk, passphrase: "x", cost });
  if (!made.ok) throw new Error(made.code);
  expect(made.value.length).toBe(file.length);
  expect(await openVault(parts, made.value, "x")).toEqual({ ok: true, value: mk });
  expect(openVaultByRecovery(made.value, recovery)).toMatchObject({ code: "WRONG_SECRET" });
});

test("what a vault costs is read without a secret, and a damaged one is seen", async () => {
  const { file } = await newVault();
  expect(vaultCost(file)).toEqual({ ok: true, value: cost });
  expect(vaultCost(file.slice(0, 200))).toMatchObject({ ok: false, code: "BAD_SLOT" });
  file.set(u32(1), 8);
  expect(vaultCost(file)).toMatchObject({ ok: false, code: "KDF_TOO_WEAK" });
});

test("a room that was never set up looks like a vault, and nothing opens it", async () => {
  const { parts, recovery, file } = await newVault();
  const shared = newMasterKey(systemRandom);
  const empty = sealUnopenableVault(shared, cost, systemRandom);
  expect(empty.length).toBe(file.length);
  expect(empty.slice(0, 16)).toEqual(file.slice(0, 16));
  expect(await openVault(parts, empty, "")).toMatchObject({ code: "WRONG_SECRET" });
  expect(openVaultByRecovery(empty, recovery)).toMatchObject({ code: "WRONG_SECRET" });
});

test("the noise of an unused room is known to the shared side's key, and to no other", async () => {
  const { file, mk: room } = await newVault();
  const shared = newMasterKey(systemRandom);
  const empty = sealUnopenableVault(shared, cost, systemRandom);
  expect(isUnopenableVault(shared, empty)).toBe(true);
  expect(isUnopenableVault(newMasterKey(systemRandom), empty)).toBe(false);
  // What somebody made is nobody's noise, and neither is what was damaged: nothing may replace it.
  for (const key of [shared, room]) expect(isUnopenableVault(key, file)).toBe(false);
  for (const bytes of [empty.slice(0, 200), new Uint8Array(0), new Uint8Array(243)])
    expect(isUnopenableVault(shared, bytes)).toBe(false);
  const other = sealUnopenableVault(shared, cost, systemRandom);
  expect(other.slice(33)).not.toEqual(empty.slice(33));
  empty[34] = (empty[34] ?? 0) ^ 1;
  expect(isUnopenableVault(shared, empty)).toBe(false);
});

test("each purpose has its own key", () => {
  const mk = newMasterKey(systemRandom);
  expect(subKey(mk, "TF/1 keyring")).not.toEqual(subKey(mk, "TF/1 cache"));
  expect(() => masterKey(new Uint8Array(31))).toThrow(RangeError);
});
