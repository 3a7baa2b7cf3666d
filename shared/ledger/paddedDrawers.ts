import {
  concatBytes,
  fromBase64Url,
  readU32,
  readUtf8,
  toBase64Url,
  u32,
  utf8,
} from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { openXChaCha, sealXChaCha } from "../crypto/aead.ts";
import { keyedHash } from "../crypto/hash.ts";
import type { StoredDrawer } from "./stores.ts";

/**
 * The sealed records that my room's disk is made of (docs/protocol.md "My room on disk"):
 *   label    base64url of  nonce24 | AEAD( kind u8 | part u32 | n u8 | name n | zeros to 56 )
 *   content  nonce24 | AEAD( length u16 | next u16 | bytes | zeros to 8152 ),  associated data = the label
 * A filler is keystream under a key which nobody has any more, so that to tell it from another is to break the cipher.
 * All lengths are the same for all.
 */
export const drawerContent = 8_192;
/** 1 MiB of contents: the disk holds a whole number of these. */
export const drawersInStep = 128;
/** On the first day. */
export const firstSteps = 16;

const nonceLength = 24;
const tagLength = 16;
const labelPlain = 56;
const labelLength = nonceLength + labelPlain + tagLength;
const contentPlain = drawerContent - nonceLength - tagLength;
/** Of its bytes, so many may be used. */
export const drawerRoom = contentPlain - 4;
const longestName = labelPlain - 6;

const drawerKinds = ["words", "cache", "chunk"] as const;
export type DrawerKind = (typeof drawerKinds)[number];

/** A thing lies in as many drawers as it needs: part 0, 1, … */
export type Place = { readonly kind: DrawerKind; readonly name: string; readonly part: number };

/** `next`: where in these bytes the first entry begins, if one does; what was before belongs to the part before. */
export type Part = { readonly bytes: Uint8Array; readonly next: number | undefined };

export type DrawerKeys = { readonly label: Uint8Array; readonly content: Uint8Array };

/** `root`: 32 bytes, made from the room's master key for this alone. */
export const drawerKeys = (root: Uint8Array): DrawerKeys => ({
  label: keyedHash(root, "TF/1 drawer label"),
  content: keyedHash(root, "TF/1 drawer content"),
});

/** Throws on more than a drawer holds and on a name that is too long. */
export const sealDrawer = (
  keys: DrawerKeys,
  place: Place,
  { bytes, next }: Part,
  random: Random,
): StoredDrawer => {
  const name = utf8(place.name);
  if (bytes.length > drawerRoom || name.length > longestName)
    throw new RangeError("more than a drawer holds");
  const front = new Uint8Array(labelPlain);
  front[0] = drawerKinds.indexOf(place.kind);
  front.set(u32(place.part), 1);
  front[5] = name.length;
  front.set(name, 6);
  const label = seal(keys.label, front, labelUse, random);
  const inside = new Uint8Array(contentPlain);
  const sizes = new DataView(inside.buffer);
  sizes.setUint16(0, bytes.length);
  sizes.setUint16(2, next ?? nothingBegins);
  inside.set(bytes, 4);
  return { label: toBase64Url(label), content: seal(keys.content, inside, label, random) };
};

/** NOT_MINE: a filler, or sealed by somebody else: nothing tells which. */
export const readLabel = (keys: DrawerKeys, label: string): Result<Place, "NOT_MINE"> => {
  const sealed = fromBase64Url(label);
  const front = sealed.ok ? open(keys.label, sealed.value, labelUse) : sealed;
  if (!front.ok) return refuse("NOT_MINE");
  const [kindAt = drawerKinds.length, nameLength = 0] = [front.value[0], front.value[5]];
  const kind = drawerKinds[kindAt];
  const name = readUtf8(front.value.subarray(6, 6 + nameLength));
  return kind === undefined || !name.ok
    ? refuse("NOT_MINE")
    : accept({ kind, name: name.value, part: readU32(front.value, 1) });
};

/** Undefined: damaged, or moved under another label. */
export const readContent = (
  keys: DrawerKeys,
  label: string,
  content: Uint8Array,
): Part | undefined => {
  const bound = fromBase64Url(label);
  const inside = bound.ok ? open(keys.content, content, bound.value) : bound;
  if (!inside.ok) return undefined;
  const sizes = new DataView(inside.value.buffer, inside.value.byteOffset);
  const next = sizes.getUint16(2);
  return {
    bytes: inside.value.slice(4, 4 + sizes.getUint16(0)),
    next: next === nothingBegins ? undefined : next,
  };
};

/** Keystream under a key that nobody has any more: sealed bytes look no other. */
export const makeFillers = (count: number, random: Random): readonly StoredDrawer[] => {
  const fillers: StoredDrawer[] = [];
  while (fillers.length < count) {
    const some = Math.min(drawersInStep, count - fillers.length);
    const zeros = new Uint8Array(some * (labelLength + drawerContent));
    const noise = sealXChaCha(random(32), random(nonceLength), zeros, new Uint8Array());
    for (let index = 0; index < some; index++) {
      const at = index * (labelLength + drawerContent);
      fillers.push({
        label: toBase64Url(noise.subarray(at, at + labelLength)),
        content: noise.slice(at + labelLength, at + labelLength + drawerContent),
      });
    }
  }
  return fillers;
};

const nothingBegins = 0xffff;
const labelUse = utf8("TF/1 drawer label");

const seal = (
  key: Uint8Array,
  plain: Uint8Array,
  bound: Uint8Array,
  random: Random,
): Uint8Array => {
  const nonce = random(nonceLength);
  return concatBytes(nonce, sealXChaCha(key, nonce, plain, bound));
};

const open = (key: Uint8Array, sealed: Uint8Array, bound: Uint8Array) =>
  sealed.length < nonceLength
    ? refuse("AEAD_FAIL")
    : openXChaCha(key, sealed.subarray(0, nonceLength), sealed.subarray(nonceLength), bound);
