import { concatBytes } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import {
  addPoints,
  addScalars,
  hashToScalar,
  multiplyScalars,
  type Point,
  randomScalar,
  readScalar,
  type Scalar,
  subtractPoints,
  subtractScalars,
  times,
  timesBase,
} from "./ristretto.ts";

/**
 * Proofs that tell nothing beside what they prove: Chaum and Pedersen's of equal logarithms, one of two after Cramer,
 * Damgård and Schoenmakers, made to need no talk by hashing all that was said (Fiat and Shamir, strong form). In the
 * model of a random oracle they are sound against anybody and say nothing of the secret.
 */
export type Pair = { readonly left: Point; readonly right: Point };

type OneOf = {
  /** `P`. */
  readonly key: Point;
  readonly pairs: readonly [Pair, Pair];
  /** What the proof belongs to: it is worth nothing anywhere else. */
  readonly context: Uint8Array;
};

/** Bytes of a proof that one of two pairs is `(w·G, w·P)`. */
const oneOfLength = 128;

/** `secret`: the `w` of the pair `which`. Throws nothing, and proves nothing where that is not so. */
export const proveOneOf = (
  claim: OneOf,
  which: 0 | 1,
  secret: Scalar,
  random: Random,
): Uint8Array => {
  const { key, pairs } = claim;
  const hidden = randomScalar(random);
  const [feigned, answer] = [randomScalar(random), randomScalar(random)];
  const real: Pair = { left: timesBase(hidden), right: times(hidden, key) };
  const other = committed(key, pairs[which === 0 ? 1 : 0], feigned, answer);
  const challenge = challengeOf(claim, which === 0 ? [real, other] : [other, real]);
  const own = subtractScalars(challenge, feigned);
  const ownAnswer = addScalars(hidden, multiplyScalars(own, secret));
  return which === 0
    ? concatBytes(own, feigned, ownAnswer, answer)
    : concatBytes(feigned, own, answer, ownAnswer);
};

export const provesOneOf = (claim: OneOf, proof: Uint8Array): boolean => {
  if (proof.length !== oneOfLength) return false;
  const [first, second, firstAnswer, secondAnswer] = [0, 32, 64, 96].map((from) =>
    readScalar(proof.subarray(from, from + 32)),
  );
  if (
    first === undefined ||
    second === undefined ||
    firstAnswer === undefined ||
    secondAnswer === undefined
  )
    return false;
  const { key, pairs } = claim;
  const challenge = challengeOf(claim, [
    committed(key, pairs[0], first, firstAnswer),
    committed(key, pairs[1], second, secondAnswer),
  ]);
  return isSame(addScalars(first, second), challenge);
};

/** What must have been committed to before this challenge, if the answer to it is right. */
const committed = (key: Point, pair: Pair, challenge: Scalar, answer: Scalar): Pair => ({
  left: subtractPoints(timesBase(answer), times(challenge, pair.left)),
  right: subtractPoints(times(answer, key), times(challenge, pair.right)),
});

const challengeOf = ({ key, pairs, context }: OneOf, said: readonly [Pair, Pair]): Scalar =>
  hashToScalar(
    "TF/1 pace one of two",
    context,
    key,
    ...[...pairs, ...said].flatMap(({ left, right }) => [left, right]),
  );

type AllOf = {
  /** `x·G`. */
  readonly key: Point;
  readonly pairs: readonly Pair[];
  readonly context: Uint8Array;
};

/** Bytes of a proof that `right` is `x·left` in every pair, with the `x` of the key. */
const allOfLength = 64;

export const proveAllOf = (claim: AllOf, secret: Scalar, random: Random): Uint8Array => {
  const hidden = randomScalar(random);
  const challenge = allChallenge(
    claim,
    timesBase(hidden),
    claim.pairs.map(({ left }) => times(hidden, left)),
  );
  return concatBytes(challenge, addScalars(hidden, multiplyScalars(challenge, secret)));
};

export const provesAllOf = (claim: AllOf, proof: Uint8Array): boolean => {
  if (proof.length !== allOfLength) return false;
  const [challenge, answer] = [readScalar(proof.subarray(0, 32)), readScalar(proof.subarray(32))];
  if (challenge === undefined || answer === undefined) return false;
  const said = claim.pairs.map(({ left, right }) =>
    subtractPoints(times(answer, left), times(challenge, right)),
  );
  const first = subtractPoints(timesBase(answer), times(challenge, claim.key));
  return isSame(allChallenge(claim, first, said), challenge);
};

const allChallenge = (
  { key, pairs, context }: AllOf,
  first: Point,
  said: readonly Point[],
): Scalar =>
  hashToScalar(
    "TF/1 pace all of them",
    context,
    key,
    ...pairs.flatMap(({ left, right }) => [left, right]),
    first,
    ...said,
  );

/** Both are public. */
const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.every((byte, at) => byte === other[at]);

export const addPair = (one: Pair, other: Pair): Pair => ({
  left: addPoints(one.left, other.left),
  right: addPoints(one.right, other.right),
});

export const subtractPair = (one: Pair, other: Pair): Pair => ({
  left: subtractPoints(one.left, other.left),
  right: subtractPoints(one.right, other.right),
});
