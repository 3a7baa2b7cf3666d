import { beforeAll, describe, expect, test } from "vitest";
import { fromHex, toHex, u32, utf8 } from "../../shared/base/bytes.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  newRecoveryEntropy,
  readRecoveryWords,
  recoveryEntropy,
  recoveryKek,
  recoveryWords,
} from "../../shared/vault/recovery.ts";
import type { Derive } from "../../shared/vault/kdf.ts";
import { newMasterKey } from "../../shared/vault/masterKey.ts";
import {
  changeRecovery,
  openVault,
  openVaultByRecovery,
  sealVault,
} from "../../shared/vault/vaultFile.ts";
import tf1 from "../vectors/data/tf1.json" with { type: "json" };

beforeAll(loadSodium);

const { entropy, mnemonic, kek } = tf1.recovery;

describe("the protocol's recovery words", () => {
  test("come from their entropy and lead back to it", () => {
    expect(recoveryWords(recoveryEntropy(fromHex(entropy))).join(" ")).toBe(mnemonic);
    const read = readRecoveryWords(mnemonic);
    expect(read.ok && toHex(read.value)).toBe(entropy);
  });

  test("give the protocol's key", () => {
    expect(toHex(recoveryKek(recoveryEntropy(fromHex(entropy))))).toBe(kek);
  });
});

test("fresh words are twelve, and are read back", () => {
  const fresh = newRecoveryEntropy(systemRandom);
  const words = recoveryWords(fresh);
  expect(words.length).toBe(12);
  expect(readRecoveryWords(words.join(" "))).toEqual({ ok: true, value: fresh });
});

test.each([
  ["capitals", mnemonic.toUpperCase()],
  ["spaces and line ends", `\n  ${mnemonic.replaceAll(" ", "  \r\n\t")} `],
  ["commas", mnemonic.replaceAll(" ", ", ")],
  [
    "numbers before them",
    mnemonic
      .split(" ")
      .map((word, index) => `${index + 1}. ${word}`)
      .join("\n"),
  ],
  ["wide letters", mnemonic.replaceAll("a", "ａ")],
])("%s do not matter", (_, text) => {
  const read = readRecoveryWords(text);
  expect(read.ok && toHex(read.value)).toBe(entropy);
});

test.each([
  ["nothing", ""],
  ["eleven words", mnemonic.split(" ").slice(1).join(" ")],
  ["thirteen words", `${mnemonic} diary`],
  ["twenty-four words", `${"abandon ".repeat(23)}art`],
  ["a word that is not of the list", mnemonic.replace("diary", "dairyx")],
  ["two words swapped", mnemonic.replace("section marble", "marble section")],
  ["another word of the list", mnemonic.replace("minimum", "ocean")],
  ["words of another language", "ábaco ".repeat(12)],
])("%s are refused", (_, text) => {
  expect(readRecoveryWords(text)).toMatchObject({ ok: false, code: "BAD_WORDS" });
});

describe("making new words", () => {
  const slotTwo = 32 + 1 + 105;

  const newVault = async () => {
    const asked: string[] = [];
    const derive: Derive = async ({ passphrase, salt, ops, memKiB }) => {
      asked.push(passphrase);
      return hash("test derive", utf8(passphrase), salt, u32(ops), u32(memKiB));
    };
    const parts = { derive, random: systemRandom, deviceSecret: new Uint8Array(32).fill(7) };
    const [mk, old, fresh] = [
      newMasterKey(systemRandom),
      newRecoveryEntropy(systemRandom),
      newRecoveryEntropy(systemRandom),
    ];
    const cost = { ops: 3, memKiB: 64 * 1024 };
    const passphrase = "blue kettle north";
    const sealed = await sealVault(parts, { masterKey: mk, passphrase, cost, recovery: old });
    if (!sealed.ok) throw new Error(sealed.code);
    return { parts, mk, old, fresh, asked, passphrase, file: sealed.value };
  };

  const changed = async (vault: Awaited<ReturnType<typeof newVault>>): Promise<Uint8Array> => {
    const made = await changeRecovery(vault.parts, vault.file, vault.passphrase, vault.fresh);
    if (!made.ok) throw new Error(made.code);
    return made.value;
  };

  test("the new ones open, the old ones do not, the passphrase still does", async () => {
    const vault = await newVault();
    const { parts, mk, old, fresh, passphrase } = vault;
    const file = await changed(vault);
    expect(openVaultByRecovery(file, fresh)).toEqual({ ok: true, value: mk });
    expect(openVaultByRecovery(file, old)).toMatchObject({ ok: false, code: "WRONG_SECRET" });
    expect(await openVault(parts, file, passphrase)).toEqual({ ok: true, value: mk });
  });

  test("touches nothing but the words' own slot", async () => {
    const vault = await newVault();
    const file = await changed(vault);
    expect(file.length).toBe(vault.file.length);
    expect(toHex(file.slice(0, slotTwo))).toBe(toHex(vault.file.slice(0, slotTwo)));
    expect(toHex(file.slice(slotTwo))).not.toBe(toHex(vault.file.slice(slotTwo)));
  });

  test("a wrong passphrase changes nothing", async () => {
    const { parts, mk, old, fresh, file } = await newVault();
    const before = toHex(file);
    expect(await changeRecovery(parts, file, "blue kettle south", fresh)).toEqual({
      ok: false,
      code: "WRONG_SECRET",
    });
    expect(toHex(file)).toBe(before);
    expect(openVaultByRecovery(file, old)).toEqual({ ok: true, value: mk });
  });

  test("the old file still opens with the old words, until it has been replaced", async () => {
    const vault = await newVault();
    await changed(vault);
    expect(openVaultByRecovery(vault.file, vault.old)).toEqual({ ok: true, value: vault.mk });
  });

  test.each([
    ["another magic", "BAD_MAGIC", (file: Uint8Array) => file.fill(0x55, 3, 4)],
    ["another suite", "BAD_SUITE", (file: Uint8Array) => file.fill(2, 4, 5)],
    ["a byte missing", "BAD_SLOT", (file: Uint8Array) => file.slice(0, -1)],
    [
      "a cost of 100 GiB",
      "KDF_TOO_STRONG",
      (file: Uint8Array) => (file.set(u32(100 * 1024 * 1024), 12), file),
    ],
    ["a cost under the floor", "KDF_TOO_WEAK", (file: Uint8Array) => (file.set(u32(1), 8), file)],
  ])("%s is refused before anything is derived", async (_, code, damage) => {
    const { parts, fresh, asked, passphrase, file } = await newVault();
    const derivedBefore = asked.length;
    expect(await changeRecovery(parts, damage(file), passphrase, fresh)).toMatchObject({
      ok: false,
      code,
    });
    expect(asked.length).toBe(derivedBefore);
  });

  test("a damaged passphrase slot is seen, and no words are put beside it", async () => {
    const { parts, fresh, passphrase, file } = await newVault();
    file.fill(0, slotTwo - 1, slotTwo);
    expect(await changeRecovery(parts, file, passphrase, fresh)).toMatchObject({
      ok: false,
      code: "VAULT_TAMPERED",
    });
  });

  test("a vault that had no words gets them", async () => {
    const { parts, mk, fresh, passphrase, file } = await newVault();
    const single = Uint8Array.from([...file.slice(0, 32), 1, ...file.slice(33, slotTwo)]);
    const made = await changeRecovery(parts, single, passphrase, fresh);
    if (!made.ok) throw new Error(made.code);
    expect(openVaultByRecovery(made.value, fresh)).toEqual({ ok: true, value: mk });
  });
});
