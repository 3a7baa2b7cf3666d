import type { Brand } from "../base/brand.ts";
import type { Random } from "../base/random.ts";
import { keyedHash } from "../crypto/hash.ts";

/** MK: the 32 bytes that a vault holds. Everything of one key tree hangs on it. */
export type MasterKey = Brand<Uint8Array, "MasterKey">;

const masterKeyLength = 32;

/** Throws on anything but 32 bytes. */
export const masterKey = (bytes: Uint8Array): MasterKey => {
  if (bytes.length !== masterKeyLength) throw new RangeError("a master key has 32 bytes");
  return bytes as MasterKey;
};

export const newMasterKey = (random: Random): MasterKey => masterKey(random(masterKeyLength));

/** `K(MK, label)`, 32 bytes: one key for one purpose, so MK itself never seals anything. */
export const subKey = (mk: MasterKey, label: string): Uint8Array => keyedHash(mk, label);
