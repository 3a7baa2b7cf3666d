import { concatBytes } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { keyedHash } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";
import {
  checkCost,
  type Cost,
  type CostCode,
  encodeHeader,
  saltLength,
  type VaultHeader,
} from "./header.ts";
import { type Derive, passphraseKek } from "./kdf.ts";
import { type MasterKey, subKey } from "./masterKey.ts";
import { parseVault } from "./parseVault.ts";
import { recoveryKek, type RecoveryEntropy } from "./recovery.ts";
import { passphraseSlot, recoverySlot, slotLength, type SlotType } from "./slotLayout.ts";
import { type SlotCode, unwrapMasterKey, wrapMasterKey } from "./slots.ts";

/** PROTOCOL §3: header ‖ u8 slot count ‖ slots of 105 bytes, the passphrase's first. */
export type VaultParts = {
  readonly derive: Derive;
  readonly random: Random;
  /** 32 bytes; zeros where there is no keychain. Recovery works without it. */
  readonly deviceSecret: Uint8Array;
  /** Those of before it was renewed: a vault that is not sealed anew yet opens with one of them. Nothing is sealed under them. */
  readonly earlierSecrets?: readonly Uint8Array[];
};

export type VaultCode = "BAD_MAGIC" | "BAD_SUITE" | "BAD_SLOT" | CostCode | SlotCode;

export type NewVault = {
  readonly masterKey: MasterKey;
  readonly passphrase: string;
  readonly cost: Cost;
  /** Without it the second slot is noise that nothing opens, so that every vault has the same size. */
  readonly recovery?: RecoveryEntropy;
};

/** Refuses a cost outside the bounds, or (KDF_TOO_STRONG) one for which this computer lacks the memory. */
export const sealVault = async (
  parts: VaultParts,
  { masterKey, passphrase, cost, recovery }: NewVault,
): Promise<Result<Uint8Array, CostCode>> => {
  const first = await newPassphraseSlot(parts, masterKey, passphrase, cost);
  if (!first.ok) return first;
  const { header, slot } = first.value;
  if (recovery === undefined)
    return accept(assemble(header, [slot, noiseSlot(recoverySlot, parts.random)]));
  return accept(
    assemble(header, [slot, newRecoverySlot(masterKey, recovery, header, parts.random)]),
  );
};

/**
 * WRONG_SECRET never tells whether the passphrase or the device secret was wrong. Never rejects or throws,
 * whatever the bytes. A header outside the bounds is refused before anything is derived.
 * What it cannot see: damage in the other slot, which only that slot's secret shows.
 */
export const openVault = async (
  parts: Pick<VaultParts, "derive" | "deviceSecret" | "earlierSecrets">,
  file: Uint8Array,
  passphrase: string,
): Promise<Result<MasterKey, VaultCode>> => {
  const parsed = parseVault(file);
  if (!parsed.ok) return parsed;
  const slot = parsed.value.slots.get(passphraseSlot);
  if (slot === undefined) return refuse("BAD_SLOT");
  const derived = await deriveWithin(parts.derive, passphrase, parsed.value.header);
  if (!derived.ok) return derived;
  let opened: Result<MasterKey, SlotCode> = refuse("WRONG_SECRET");
  for (const secret of [parts.deviceSecret, ...(parts.earlierSecrets ?? [])]) {
    const kek = passphraseKek(derived.value, secret);
    opened = unwrapMasterKey(passphraseSlot, slot, kek, parsed.value.headerBytes);
    wipe(kek);
    if (opened.ok || opened.code !== "WRONG_SECRET") break;
  }
  wipe(derived.value);
  return opened;
};

/**
 * Derives nothing and needs no device secret: it still opens where the header's cost or salt is damaged, which
 * is what recovery is for. A vault made without recovery says WRONG_SECRET to any words.
 */
export const openVaultByRecovery = (
  file: Uint8Array,
  recovery: RecoveryEntropy,
): Result<MasterKey, VaultCode> => {
  const parsed = parseVault(file);
  if (!parsed.ok) return parsed;
  const slot = parsed.value.slots.get(recoverySlot);
  if (slot === undefined) return refuse("BAD_SLOT");
  const kek = recoveryKek(recovery);
  const opened = unwrapMasterKey(recoverySlot, slot, kek, parsed.value.headerBytes);
  wipe(kek);
  return opened;
};

/** What opens the vault while its passphrase is changed. */
export type CurrentSecret =
  | { readonly passphrase: string }
  | { readonly recovery: RecoveryEntropy };

/**
 * Gives the whole new file: slot 1 under a new salt, the recovery slot byte for byte as it was. The old file stays
 * valid until the caller has replaced it, atomically.
 */
export const changePassphrase = async (
  parts: VaultParts,
  file: Uint8Array,
  current: CurrentSecret,
  next: { readonly passphrase: string; readonly cost: Cost },
): Promise<Result<Uint8Array, VaultCode>> => {
  const opened =
    "recovery" in current
      ? openVaultByRecovery(file, current.recovery)
      : await openVault(parts, file, current.passphrase);
  if (!opened.ok) return opened;
  const first = await newPassphraseSlot(parts, opened.value, next.passphrase, next.cost);
  wipe(opened.value);
  if (!first.ok) return first;
  const parsed = parseVault(file);
  if (!parsed.ok) return parsed;
  const kept = parsed.value.slots.get(recoverySlot);
  return accept(
    assemble(
      first.value.header,
      kept === undefined ? [first.value.slot] : [first.value.slot, kept],
    ),
  );
};

/**
 * Gives the whole new file: the recovery slot under other words, header and passphrase slot byte for byte as they
 * were. Once it has replaced the old file, the old words open nothing.
 */
export const changeRecovery = async (
  parts: VaultParts,
  file: Uint8Array,
  passphrase: string,
  recovery: RecoveryEntropy,
): Promise<Result<Uint8Array, VaultCode>> => {
  const opened = await openVault(parts, file, passphrase);
  if (!opened.ok) return opened;
  const parsed = parseVault(file);
  if (!parsed.ok) return parsed;
  const { headerBytes, slots } = parsed.value;
  const kept = slots.get(passphraseSlot);
  if (kept === undefined) return refuse("BAD_SLOT");
  const fresh = newRecoverySlot(opened.value, recovery, headerBytes, parts.random);
  wipe(opened.value);
  return accept(assemble(headerBytes, [kept, fresh]));
};

/**
 * A vault that nothing opens, of the size of every other: on the disk a room that was never set up looks like one
 * that was (PRODUCT, what keeps people safe, 7). Take the cost of the other vault, and the master key of the shared
 * side: who has that, and nobody else, can tell it from one that somebody made (`isUnopenableVault`).
 */
export const sealUnopenableVault = (mk: MasterKey, cost: Cost, random: Random): Uint8Array => {
  const salt = random(saltLength);
  const slot = noiseSlot(passphraseSlot, random);
  slot.set(unusedMark(mk, salt), 1);
  return assemble(encodeHeader({ ...cost, salt }), [slot, noiseSlot(recoverySlot, random)]);
};

/** Whether it is one of `sealUnopenableVault`'s. Never true of a vault that opens; not true of bytes that are damaged. */
export const isUnopenableVault = (mk: MasterKey, file: Uint8Array): boolean => {
  const parsed = parseVault(file);
  const slot = parsed.ok ? parsed.value.slots.get(passphraseSlot) : undefined;
  if (!parsed.ok || slot === undefined) return false;
  const mark = unusedMark(mk, parsed.value.header.salt);
  return constantTimeEqual(mark, slot.subarray(1, 1 + mark.length));
};

/** In the place of slot 1's commitment, which is a keyed hash as well. */
const unusedMark = (mk: MasterKey, salt: Uint8Array): Uint8Array => {
  const key = subKey(mk, "TF/1 unused room");
  const mark = keyedHash(key, "TF/1 unused room", salt);
  wipe(key);
  return mark;
};

/** A slot without its secret is indistinguishable from random bytes, and so is this one. */
const noiseSlot = (type: SlotType, random: Random): Uint8Array =>
  concatBytes(Uint8Array.of(type), random(slotLength - 1));

const assemble = (header: Uint8Array, slots: readonly Uint8Array[]): Uint8Array =>
  concatBytes(header, Uint8Array.of(slots.length), ...slots);

const newRecoverySlot = (
  mk: MasterKey,
  recovery: RecoveryEntropy,
  header: Uint8Array,
  random: Random,
): Uint8Array => {
  const kek = recoveryKek(recovery);
  const slot = wrapMasterKey(recoverySlot, mk, kek, header, random);
  wipe(kek);
  return slot;
};

const newPassphraseSlot = async (
  parts: VaultParts,
  mk: MasterKey,
  passphrase: string,
  cost: Cost,
): Promise<Result<{ header: Uint8Array; slot: Uint8Array }, CostCode>> => {
  const fields = { ops: cost.ops, memKiB: cost.memKiB, salt: parts.random(saltLength) };
  const derived = await deriveWithin(parts.derive, passphrase, fields);
  if (!derived.ok) return derived;
  const kek = passphraseKek(derived.value, parts.deviceSecret);
  const header = encodeHeader(fields);
  const slot = wrapMasterKey(passphraseSlot, mk, kek, header, parts.random);
  wipe(derived.value, kek);
  return accept({ header, slot });
};

/** The bounds are checked here, so that no way leads to a derivation around them. */
const deriveWithin = async (
  derive: Derive,
  passphrase: string,
  header: VaultHeader,
): Promise<Result<Uint8Array, CostCode>> => {
  const cost = checkCost(header);
  if (!cost.ok) return cost;
  const derived = await tryDerive(derive, { passphrase, ...header });
  return derived === undefined
    ? refuse("KDF_TOO_STRONG", "the derivation did not finish")
    : accept(derived);
};

const tryDerive = async (
  derive: Derive,
  job: Parameters<Derive>[0],
): Promise<Uint8Array | undefined> => {
  try {
    return await derive(job);
  } catch {
    return undefined;
  }
};
