import { concatBytes, equalBytes } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { hash } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";
import { headerLength } from "./header.ts";
import { parseVault } from "./parseVault.ts";
import { passphraseSlot, recoverySlot, slotLength } from "./slotLayout.ts";
import {
  openVault,
  sealVault,
  type NewVault,
  type VaultCode,
  type VaultParts,
} from "./vaultFile.ts";
import { vaultCost } from "./vaultCost.ts";

/**
 * A vault that opens on any computer, for a backup: 32 zero bytes stand for the keychain's secret. Its half that the
 * passphrase opens is made once, when the passphrase is at hand, and kept:
 * `H("TF/1 portable", header and slot 1 of the vault that it was made for) ‖ header32 ‖ slot105`.
 */
const markLength = 32;
const halfLength = markLength + headerLength + slotLength;

/** Two derivations long. Opens the vault with the passphrase first, so a wrong one is WRONG_SECRET. */
export const makePortableHalf = async (
  parts: VaultParts,
  vault: Uint8Array,
  passphrase: string,
): Promise<Result<Uint8Array, VaultCode>> => {
  const cost = vaultCost(vault);
  if (!cost.ok) return cost;
  const opened = await openVault(parts, vault, passphrase);
  if (!opened.ok) return opened;
  const masterKey = opened.value;
  const sealed = await sealVault(
    { ...parts, deviceSecret: portableSecret() },
    { masterKey, passphrase, cost: cost.value },
  );
  wipe(masterKey);
  if (!sealed.ok) return sealed;
  const front = frontOf(sealed.value);
  const mark = markOf(vault);
  return front === undefined || mark === undefined
    ? refuse("BAD_SLOT")
    : accept(concatBytes(mark, front));
};

/**
 * The whole portable vault: the half, and the recovery slot of the vault as it is now, byte for byte, so that the
 * words in force open it. Undefined where the half was made for another passphrase than the vault's, or is damaged.
 */
export const joinPortable = (half: Uint8Array, vault: Uint8Array): Uint8Array | undefined => {
  const mark = markOf(vault);
  const words = slotsOf(vault)?.get(recoverySlot);
  if (half.length !== halfLength || mark === undefined || words === undefined) return undefined;
  if (!equalBytes(half.subarray(0, markLength), mark)) return undefined;
  const headerEnd = markLength + headerLength;
  return concatBytes(
    half.subarray(markLength, headerEnd),
    Uint8Array.of(2),
    half.subarray(headerEnd),
    words,
  );
};

/** Header and passphrase slot: what a change of passphrase makes anew, and new words leave alone. */
const frontOf = (vault: Uint8Array): Uint8Array | undefined => {
  const slot = slotsOf(vault)?.get(passphraseSlot);
  return slot === undefined ? undefined : concatBytes(vault.slice(0, headerLength), slot);
};

const markOf = (vault: Uint8Array): Uint8Array | undefined => {
  const front = frontOf(vault);
  return front === undefined ? undefined : hash("TF/1 portable", front);
};

const slotsOf = (vault: Uint8Array) => {
  const parsed = parseVault(vault);
  return parsed.ok ? parsed.value.slots : undefined;
};

/** A vault of this computer for what a portable one held: under its own secret, opened by the same words. */
export const sealFromPortable = async (
  parts: VaultParts,
  fresh: Pick<NewVault, "masterKey" | "passphrase" | "cost">,
  portable: Uint8Array,
): Promise<Result<Uint8Array, VaultCode>> => {
  const words = slotsOf(portable)?.get(recoverySlot);
  if (words === undefined) return refuse("BAD_SLOT");
  const sealed = await sealVault(parts, fresh);
  if (!sealed.ok) return sealed;
  return accept(concatBytes(sealed.value.subarray(0, sealed.value.length - slotLength), words));
};

/** What stands for the keychain's secret in a portable vault. */
export const portableSecret = (): Uint8Array => new Uint8Array(32);
