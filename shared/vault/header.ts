import { concatBytes, equalBytes, readU32, u32, utf8 } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";

/** What one derivation costs: `ops` passes over `memKiB` KiB. */
export type Cost = { readonly ops: number; readonly memKiB: number };

export type VaultHeader = Cost & { readonly salt: Uint8Array };

export const vaultMagic = utf8("TFV1");
export const vaultSuite = 0x01;
const argon2idKdf = 0x02;

export const headerLength = 32;
export const saltLength = 16;

/** PROTOCOL §3. The ceiling stops a planted header from eating the computer's memory. */
export const costFloor: Cost = { ops: 3, memKiB: 64 * 1024 };
const costCeiling: Cost = { ops: 10, memKiB: 2 * 1024 * 1024 };

const opening = concatBytes(vaultMagic, Uint8Array.of(vaultSuite, argon2idKdf, 0, 0));

export type CostCode = "KDF_TOO_WEAK" | "KDF_TOO_STRONG";

/** Both bounds are included in what is allowed. */
export const checkCost = ({ ops, memKiB }: Cost): Result<Cost, CostCode> => {
  if (ops > costCeiling.ops || memKiB > costCeiling.memKiB) return refuse("KDF_TOO_STRONG");
  if (ops < costFloor.ops || memKiB < costFloor.memKiB) return refuse("KDF_TOO_WEAK");
  return accept({ ops, memKiB });
};

/** `"TFV1" ‖ 0x01 suite ‖ 0x02 kdf ‖ 0x0000 ‖ ops u32 ‖ memKiB u32 ‖ salt16`: 32 bytes. */
export const encodeHeader = ({ ops, memKiB, salt }: VaultHeader): Uint8Array => {
  if (salt.length !== saltLength) throw new RangeError("a vault's salt has 16 bytes");
  return concatBytes(opening, u32(ops), u32(memKiB), salt);
};

/**
 * BAD_MAGIC: not a vault, or less than a header. BAD_SUITE: a vault of a kind that is not known here.
 * Does not look at the cost: that is `checkCost`'s, before anything is derived.
 */
export const decodeHeader = (bytes: Uint8Array): Result<VaultHeader, "BAD_MAGIC" | "BAD_SUITE"> => {
  if (bytes.length < headerLength) return refuse("BAD_MAGIC");
  if (!equalBytes(bytes.subarray(0, vaultMagic.length), vaultMagic)) return refuse("BAD_MAGIC");
  if (!equalBytes(bytes.subarray(0, opening.length), opening)) return refuse("BAD_SUITE");
  return accept({
    ops: readU32(bytes, 8),
    memKiB: readU32(bytes, 12),
    salt: bytes.slice(16, headerLength),
  });
};
