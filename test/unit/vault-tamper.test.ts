import { beforeAll, expect, test } from "vitest";
import { u32, utf8 } from "../../shared/base/bytes.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Derive } from "../../shared/vault/kdf.ts";
import { sealKeyring, openKeyring } from "../../shared/vault/keyring.ts";
import { newMasterKey } from "../../shared/vault/masterKey.ts";
import { newRecoveryEntropy } from "../../shared/vault/recovery.ts";
import { openVault, openVaultByRecovery, sealVault } from "../../shared/vault/vaultFile.ts";

beforeAll(loadSodium);

const passphrase = "blue kettle north";
const mk = newMasterKey(systemRandom);
const recovery = newRecoveryEntropy(systemRandom);
const deviceSecret = systemRandom(32);

const derive: Derive = async (job) =>
  hash("test derive", utf8(job.passphrase), job.salt, u32(job.ops), u32(job.memKiB));

const newFile = async (): Promise<Uint8Array> => {
  const parts = { derive, deviceSecret, random: systemRandom };
  const cost = { ops: 3, memKiB: 64 * 1024 };
  const made = await sealVault(parts, { masterKey: mk, passphrase, cost, recovery });
  if (!made.ok) throw new Error(made.code);
  return made.value;
};

/** Every copy of the file with one bit of the given bytes flipped. */
function* flipped(file: Uint8Array, from: number, to: number): Generator<Uint8Array> {
  for (let at = from; at < to; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const copy = file.slice();
      copy[at] = (copy[at] ?? 0) ^ (1 << bit);
      yield copy;
    }
  }
}

/** How often each outcome was met; "opened" where the right master key came out. */
const count = (outcomes: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

const byPassphrase = async (files: Iterable<Uint8Array>): Promise<Record<string, number>> => {
  const outcomes: string[] = [];
  for (const file of files) {
    const opened = await openVault({ derive, deviceSecret }, file, passphrase);
    outcomes.push(opened.ok ? "opened" : opened.code);
  }
  return count(outcomes);
};

const byWords = (files: Iterable<Uint8Array>): Record<string, number> =>
  count(
    [...files].map((file) => {
      const opened = openVaultByRecovery(file, recovery);
      return opened.ok ? "opened" : opened.code;
    }),
  );

const [slot1, slot2, end] = [33, 33 + 105, 33 + 210];
const bits = (bytes: number): number => bytes * 8;

test("one flipped bit in the header is refused, each with its code", async () => {
  const file = await newFile();
  expect(await byPassphrase(flipped(file, 0, 4))).toEqual({ BAD_MAGIC: bits(4) });
  expect(await byPassphrase(flipped(file, 4, 8))).toEqual({ BAD_SUITE: bits(4) });
  // Three passes with one bit flipped: 1 and 2 are too few, 7 derives another key, the rest are too many.
  expect(await byPassphrase(flipped(file, 8, 12))).toEqual({
    KDF_TOO_WEAK: 2,
    WRONG_SECRET: 1,
    KDF_TOO_STRONG: bits(4) - 3,
  });
  // 64 MiB with one bit more: up to 2 GiB it derives another key; without its one bit it is too little.
  expect(await byPassphrase(flipped(file, 12, 16))).toEqual({
    KDF_TOO_WEAK: 1,
    WRONG_SECRET: 20,
    KDF_TOO_STRONG: 11,
  });
  expect(await byPassphrase(flipped(file, 16, 32))).toEqual({ WRONG_SECRET: bits(16) });
  expect(await byPassphrase(flipped(file, 32, 33))).toEqual({ BAD_SLOT: 8 });
});

test("one flipped bit in the passphrase's slot is refused", async () => {
  const file = await newFile();
  expect(await byPassphrase(flipped(file, slot1, slot1 + 1))).toEqual({ BAD_SLOT: 8 });
  expect(await byPassphrase(flipped(file, slot1 + 1, slot1 + 57))).toEqual({
    WRONG_SECRET: bits(56),
  });
  expect(await byPassphrase(flipped(file, slot1 + 57, slot2))).toEqual({
    VAULT_TAMPERED: bits(48),
  });
});

test("one flipped bit in the recovery slot is refused by the words", async () => {
  const file = await newFile();
  expect(byWords(flipped(file, slot2, slot2 + 1))).toEqual({ BAD_SLOT: 8 });
  expect(byWords(flipped(file, slot2 + 1, slot2 + 57))).toEqual({ WRONG_SECRET: bits(56) });
  expect(byWords(flipped(file, slot2 + 57, end))).toEqual({ VAULT_TAMPERED: bits(48) });
});

test("damage in one slot does not lock out the other", async () => {
  const file = await newFile();
  expect(await byPassphrase(flipped(file, slot2 + 1, end))).toEqual({ opened: bits(104) });
  expect(byWords(flipped(file, slot1 + 1, slot2))).toEqual({ opened: bits(104) });
});

test("every truncation is refused both ways", async () => {
  const file = await newFile();
  const pieces = Array.from({ length: file.length }, (_, length) => file.slice(0, length));
  expect(await byPassphrase(pieces)).toEqual({ BAD_MAGIC: 32, BAD_SLOT: file.length - 32 });
  expect(byWords(pieces)).toEqual({ BAD_MAGIC: 32, BAD_SLOT: file.length - 32 });
});

test("slots of two vaults cannot be mixed: a slot belongs to its header", async () => {
  const [one, other] = [await newFile(), await newFile()];
  const mixed = Uint8Array.from([...one.slice(0, slot1), ...other.slice(slot1)]);
  expect(await byPassphrase([mixed])).toEqual({ WRONG_SECRET: 1 });
});

test("one flipped bit anywhere in a keyring is refused", () => {
  const file = sealKeyring(mk, utf8("keys"), systemRandom);
  for (const altered of flipped(file, 0, file.length)) {
    expect(openKeyring(mk, altered)).toMatchObject({ ok: false, code: "KEYRING_DAMAGED" });
  }
});
