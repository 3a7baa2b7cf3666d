import { fromHex, toHex } from "../../shared/base/bytes.ts";
import { checkCost, decodeHeader } from "../../shared/vault/header.ts";
import { deriveKey, passphraseKek } from "../../shared/vault/kdf.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import {
  readRecoveryWords,
  recoveryEntropy,
  recoveryKek,
  recoveryWords,
} from "../../shared/vault/recovery.ts";
import { passphraseSlot } from "../../shared/vault/slotLayout.ts";
import { unwrapMasterKey, wrapMasterKey } from "../../shared/vault/slots.ts";
import { compare, type Difference, type VectorCase } from "./tf1Case.ts";
import type { VectorFile } from "./tf1File.ts";

/** Vault, recovery words and the bounds of the derivation. */
export const vaultCases = (file: VectorFile): readonly VectorCase[] => {
  const { vault, recovery } = file;
  return [
    ...(vault === undefined ? [] : [{ name: "vault", differences: () => vaultDiffers(vault) }]),
    ...(recovery === undefined
      ? []
      : [{ name: "recovery", differences: () => recoveryDiffers(recovery) }]),
    ...file.kdf_bounds.map(({ ops, memKiB, code }) => ({
      name: `kdf_bounds: ${ops} passes over ${memKiB} KiB`,
      differences: () => {
        const checked = checkCost({ ops, memKiB });
        return compare([["code", code, checked.ok ? "allowed" : checked.code]]);
      },
    })),
  ];
};

/** The bounds come first here too: a file may ask for any amount of memory. */
const vaultDiffers = (vault: NonNullable<VectorFile["vault"]>): readonly Difference[] => {
  const headerBytes = fromHex(vault.header);
  const header = decodeHeader(headerBytes);
  if (!header.ok) return compare([["header", "a header", header.code]]);
  const cost = checkCost(header.value);
  if (!cost.ok) return compare([["header", "a cost within the bounds", cost.code]]);
  const derived = deriveKey({ ...header.value, passphrase: vault.passphrase });
  const kek = passphraseKek(derived, fromHex(vault.device_secret));
  const opened = unwrapMasterKey(passphraseSlot, fromHex(vault.wrap), kek, headerBytes);
  const again = wrapMasterKey(
    passphraseSlot,
    masterKey(fromHex(vault.master_key)),
    kek,
    headerBytes,
    () => fromHex(vault.nonce),
  );
  return compare([
    ["argon2id", vault.argon2id, toHex(derived)],
    ["kek", vault.kek, toHex(kek)],
    [
      "kek_without_device_secret",
      vault.kek_without_device_secret,
      toHex(passphraseKek(derived, new Uint8Array(32))),
    ],
    ["master_key out of the wrap", vault.master_key, opened.ok ? toHex(opened.value) : opened.code],
    ["wrap", vault.wrap, toHex(again)],
  ]);
};

const recoveryDiffers = (recovery: NonNullable<VectorFile["recovery"]>): readonly Difference[] => {
  const entropy = recoveryEntropy(fromHex(recovery.entropy));
  const read = readRecoveryWords(recovery.mnemonic);
  return compare([
    ["mnemonic", recovery.mnemonic, recoveryWords(entropy).join(" ")],
    ["entropy out of the mnemonic", recovery.entropy, read.ok ? toHex(read.value) : read.code],
    ["kek", recovery.kek, toHex(recoveryKek(entropy))],
  ]);
};
