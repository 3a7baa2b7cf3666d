import { concatBytes } from "../base/bytes.ts";
import { type DeviceId, idBytes, idFrom } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { x25519Public, type X25519Public, x25519PublicOf } from "../crypto/keys.ts";
import type { ChainHead } from "../envelope/chain.ts";
import {
  count,
  keysFields,
  most,
  readKeys,
  readList,
  readVouched,
  vouchedFields,
} from "./beforeFields.ts";
import { readFields } from "./fields.ts";
import { paddedName, readPaddedName } from "./paddedName.ts";
import { type NotebookKeys, type VouchedUpTo, wipeKeys } from "./space.ts";
import type { Standing } from "./standing.ts";

/**
 * What a newcomer says that it knows, before the journal is handed over to it. As bytes:
 *   name: u16 length, UTF-8, zeros to 320
 *   | keys u8, each mine32 theirs32 ours32: of every epoch it holds, the oldest first, as the newcomer sees them
 *   | devices u8, each device16 x25519 32: its own, whatever it was and what stands beside it, the oldest first
 *   | heads u8, each device16 notebook16 seq u64: how far it knows that these have written
 * Keys and devices travel because a meeting may have been stored at the newcomer alone: what was written under it is
 * read nowhere else. Nothing of all this for `first`.
 */
export type Claims = {
  readonly name: string;
  readonly keys: readonly NotebookKeys[];
  readonly devices: readonly ClaimedDevice[];
  readonly heads: readonly VouchedUpTo[];
};

export type ClaimedDevice = { readonly device: DeviceId; readonly x25519: X25519Public };

/** Of a newcomer that has said that no couple is there, nothing but its name is taken. */
export const areOfNobody = ({ keys, devices, heads }: Claims): boolean =>
  keys.length + devices.length + heads.length === 0;

/** Its siblings are claimed as what it was itself: a meeting replaces them all. The keys are those of the standing, not copies. */
export const claimsOf = (
  standing: Standing,
  name: string,
  allHeads: readonly ChainHead[],
): Claims => {
  if (standing.kind !== "anew") return { name, keys: [], devices: [], heads: [] };
  const { couple, selfBefore } = standing;
  const beside = (areOlder: boolean): readonly ClaimedDevice[] =>
    (couple.beside ?? [])
      .filter(({ owner, older }) => owner === "me" && older === areOlder)
      .map(({ certificate }) => certificate);
  const devices = [
    ...(couple.before?.devices ?? []).filter(({ owner }) => owner === "me"),
    ...beside(true),
    { device: selfBefore.device, x25519: x25519PublicOf(selfBefore.secret) },
    ...beside(false),
  ].map(({ device, x25519 }) => ({ device, x25519 }));
  const own = new Set(devices.map(({ device }) => device));
  const { mine, theirs, ours } = couple.notebooks;
  return {
    name,
    keys: [...(couple.before?.keys ?? []), { mine: mine.key, theirs: theirs.key, ours: ours.key }],
    devices,
    heads: allHeads
      .filter(({ device }) => own.has(device))
      .map(({ device, notebook, seq }) => ({ device, notebook, seq })),
  };
};

const mostKeys = most.epochs + 1;

export const writeClaims = ({ name, keys, devices, heads }: Claims): Uint8Array =>
  concatBytes(
    paddedName(name),
    count(keys, mostKeys),
    ...keys.flatMap(keysFields),
    count(devices, most.devices),
    ...devices.flatMap(({ device, x25519 }) => [idBytes(device), x25519]),
    ...vouchedFields(heads),
  );

/** Each chain is named once; whose devices they are is for the holder to judge. */
export const parseClaims = (bytes: Uint8Array): Result<Claims, "JUNK"> => {
  const fields = readFields(bytes);
  const name = readPaddedName(fields);
  const keys = readList(fields, mostKeys, readKeys, wipeKeys);
  const devices = readList(fields, most.devices, (): ClaimedDevice | undefined => {
    const [device, key] = [fields.take(16), fields.take(32)];
    if (key.length < 32) return undefined;
    return { device: idFrom<DeviceId>(device), x25519: x25519Public(key) };
  });
  const heads = readVouched(fields);
  if (name && keys && devices && heads && fields.complete())
    return accept({ name, keys, devices, heads });
  wipeKeys(keys ?? []);
  return refuse("JUNK", "claims");
};
