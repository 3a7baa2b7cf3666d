import type { Brand } from "../base/brand.ts";
import type { Random } from "../base/random.ts";
import { enc } from "./hash.ts";
import { sodium } from "./sodium.ts";

/**
 * The group ristretto255 (RFC 9496): of prime order, so that every element but the identity makes all of it. libsodium's
 * multiplication throws where the result is the identity; here that is an element like the others, because a proof
 * that somebody else sent may lead there.
 */
export type Point = Brand<Uint8Array, "Point">;

/** A number below the order of the group. 32 bytes, little-endian. */
export type Scalar = Brand<Uint8Array, "Scalar">;

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

const identity = (): Point => new Uint8Array(32) as Point;

/** 32 bytes from outside: an element in its one encoding, and not the identity. */
export const readPoint = (bytes: Uint8Array): Point | undefined =>
  bytes.length === 32 && !isZero(bytes) && sodium().crypto_core_ristretto255_is_valid_point(bytes)
    ? (bytes.slice() as Point)
    : undefined;

/** 32 bytes from outside: a number in its one encoding. */
export const readScalar = (bytes: Uint8Array): Scalar | undefined => {
  if (bytes.length !== 32) return undefined;
  const wide = new Uint8Array(64);
  wide.set(bytes);
  const reduced = sodium().crypto_core_ristretto255_scalar_reduce(wide);
  return reduced.every((byte, at) => byte === bytes[at]) ? (reduced as Scalar) : undefined;
};

/** Evenly from all numbers but zero. */
export const randomScalar = (random: Random): Scalar => {
  const scalar = sodium().crypto_core_ristretto255_scalar_reduce(random(64)) as Scalar;
  return isZero(scalar) ? randomScalar(random) : scalar;
};

export const hashToScalar = (label: string, ...parts: readonly Uint8Array[]): Scalar =>
  sodium().crypto_core_ristretto255_scalar_reduce(
    sodium().crypto_generichash(64, enc(label, ...parts), null),
  ) as Scalar;

export const addScalars = (one: Scalar, other: Scalar): Scalar =>
  sodium().crypto_core_ristretto255_scalar_add(one, other) as Scalar;

export const subtractScalars = (one: Scalar, other: Scalar): Scalar =>
  sodium().crypto_core_ristretto255_scalar_sub(one, other) as Scalar;

export const multiplyScalars = (one: Scalar, other: Scalar): Scalar =>
  sodium().crypto_core_ristretto255_scalar_mul(one, other) as Scalar;

export const addPoints = (one: Point, other: Point): Point =>
  sodium().crypto_core_ristretto255_add(one, other) as Point;

export const subtractPoints = (one: Point, other: Point): Point =>
  sodium().crypto_core_ristretto255_sub(one, other) as Point;

export const timesBase = (scalar: Scalar): Point =>
  isZero(scalar) ? identity() : (sodium().crypto_scalarmult_ristretto255_base(scalar) as Point);

export const times = (scalar: Scalar, point: Point): Point =>
  isZero(scalar) || isZero(point)
    ? identity()
    : (sodium().crypto_scalarmult_ristretto255(scalar, point) as Point);

/** The element that the others are multiples of. */
export const basePoint = (): Point => {
  const one = new Uint8Array(32);
  one[0] = 1;
  return timesBase(one as Scalar);
};
