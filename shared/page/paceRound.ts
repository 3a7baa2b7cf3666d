import { concatBytes, fromBase64Url, toBase64Url } from "../base/bytes.ts";
import { idBytes, type PageId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import {
  addPair,
  type Pair,
  proveAllOf,
  proveOneOf,
  provesAllOf,
  provesOneOf,
  subtractPair,
} from "../crypto/choiceProofs.ts";
import { hash } from "../crypto/hash.ts";
import {
  basePoint,
  type Point,
  randomScalar,
  readPoint,
  readScalar,
  type Scalar,
  subtractPoints,
  times,
  timesBase,
} from "../crypto/ristretto.ts";
import { type PaceCard, paceCards } from "./paceDeck.ts";
import { lettersFor, pacedLength, paceLengths } from "./paceLetters.ts";

/**
 * A round of pace cards in three messages (docs/protocol.md §12). Both learn which cards both chose, and of the others
 * nothing but what follows from that. Every message is about every card, and as long whatever was chosen.
 */

/** A round's page, what was laid there, and what was answered to it. */
export type PaceRound = { readonly page: PageId; readonly laid: string; readonly answer: string };

export type Laid = { readonly message: string; readonly key: string };

/** The first message, and the key that alone can open what comes back. */
export const layCards = (page: PageId, chosen: readonly PaceCard[], random: Random): Laid => {
  const secret = randomScalar(random);
  const key = timesBase(secret);
  const context = contextOf(page);
  const pairs = paceCards.map((card, at) => {
    const chance = randomScalar(random);
    const yes = chosen.includes(card);
    const pair = yes ? addPair(hidden(chance, key), yesPair()) : hidden(chance, key);
    const claim = { key, pairs: eitherChoice(pair), context: numbered(context, at) };
    return [pair.left, pair.right, proveOneOf(claim, yes ? 1 : 0, chance, random)];
  });
  return {
    message: toBase64Url(concatBytes(key, ...pairs.flat())),
    key: toBase64Url(secret),
  };
};

/** Whether this can be answered: every card is a yes or a no, and nothing else. */
export const isLaid = (page: PageId, laid: string): boolean => readLaid(page, laid).ok;

/** The second message. Danger: one round is answered once; of two answers the other could learn two choices. */
export const answerCards = (
  page: PageId,
  laid: string,
  chosen: readonly PaceCard[],
  random: Random,
): Result<string, "PACE_DAMAGED"> => {
  const read = readLaid(page, laid);
  if (!read.ok) return read;
  const { key, pairs, context } = read.value;
  const answers = pairs.map((theirs, at) => {
    const chance = randomScalar(random);
    const card = paceCards[at];
    const yes = card !== undefined && chosen.includes(card);
    // A no is hidden anew from nothing, a yes from what the other laid; to its reader both look like chance.
    const pair = yes ? addPair(hidden(chance, key), theirs) : hidden(chance, key);
    const claim = { key, pairs: eitherAnswer(pair, theirs), context: numbered(context, at) };
    return [pair.left, pair.right, proveOneOf(claim, yes ? 1 : 0, chance, random)];
  });
  return accept(toBase64Url(concatBytes(...answers.flat())));
};

/** Whether there is anything to show of it: every answer is a no of its own, or what was laid. */
export const isAnswer = (round: PaceRound): boolean => readAnswer(round).ok;

/** The third message, with what whoever laid the cards learns by it. */
export const showCards = (
  round: PaceRound,
  key: string,
  random: Random,
): Result<string, "PACE_DAMAGED"> => {
  const read = readAnswer(round);
  const secret = readKey(key);
  if (!read.ok || secret === undefined) return refuse("PACE_DAMAGED");
  if (!isEqual(timesBase(secret), read.value.key)) return refuse("PACE_DAMAGED");
  const both = read.value.pairs.map(({ left, right }) =>
    isEqual(subtractPoints(right, times(secret, left)), basePoint()),
  );
  const proof = proveAllOf(openedPairs(read.value, both), secret, random);
  return accept(toBase64Url(concatBytes(Uint8Array.from(both, Number), proof)));
};

/** The cards that both chose. All three messages are judged, and nothing is believed. */
export const readShown = (
  round: PaceRound,
  shown: string,
): Result<readonly PaceCard[], "PACE_DAMAGED"> => {
  const read = readAnswer(round);
  const bytes = bytesOf(shown, paceLengths.shown);
  if (!read.ok || bytes === undefined) return refuse("PACE_DAMAGED");
  const said = [...bytes.subarray(0, paceCards.length)];
  if (said.some((one) => one > 1)) return refuse("PACE_DAMAGED");
  const both = said.map((one) => one === 1);
  return provesAllOf(openedPairs(read.value, both), bytes.subarray(paceCards.length))
    ? accept(paceCards.filter((_, at) => both[at] === true))
    : refuse("PACE_DAMAGED");
};

type Read = {
  readonly key: Point;
  readonly pairs: readonly Pair[];
  /** What the next message belongs to. */
  readonly context: Uint8Array;
};

const readLaid = (page: PageId, laid: string): Result<Read, "PACE_DAMAGED"> => {
  const bytes = bytesOf(laid, paceLengths.laid);
  const key = bytes === undefined ? undefined : readPoint(bytes.subarray(0, 32));
  if (bytes === undefined || key === undefined) return refuse("PACE_DAMAGED");
  const context = contextOf(page);
  const pairs = readPairs(bytes.subarray(32), (pair, at, proof) =>
    provesOneOf({ key, pairs: eitherChoice(pair), context: numbered(context, at) }, proof),
  );
  return pairs === undefined
    ? refuse("PACE_DAMAGED")
    : accept({ key, pairs, context: hash("TF/1 pace answer", context, bytes) });
};

const readAnswer = ({ page, laid, answer }: PaceRound): Result<Read, "PACE_DAMAGED"> => {
  const read = readLaid(page, laid);
  if (!read.ok) return read;
  const { key, pairs: theirs, context } = read.value;
  const bytes = bytesOf(answer, paceLengths.answer);
  if (bytes === undefined) return refuse("PACE_DAMAGED");
  const pairs = readPairs(bytes, (pair, at, proof) => {
    const laidPair = theirs[at];
    return (
      laidPair !== undefined &&
      provesOneOf(
        { key, pairs: eitherAnswer(pair, laidPair), context: numbered(context, at) },
        proof,
      )
    );
  });
  return pairs === undefined
    ? refuse("PACE_DAMAGED")
    : accept({ key, pairs, context: hash("TF/1 pace shown", context, bytes) });
};

const readPairs = (
  bytes: Uint8Array,
  proves: (pair: Pair, at: number, proof: Uint8Array) => boolean,
): readonly Pair[] | undefined => {
  const pairs: Pair[] = [];
  for (const at of paceCards.keys()) {
    const from = at * pacedLength;
    const left = readPoint(bytes.subarray(from, from + 32));
    const right = readPoint(bytes.subarray(from + 32, from + 64));
    if (left === undefined || right === undefined) return undefined;
    if (!proves({ left, right }, at, bytes.subarray(from + 64, from + pacedLength)))
      return undefined;
    pairs.push({ left, right });
  }
  return pairs;
};

/** `(r·G, r·P)`: a no. */
const hidden = (chance: Scalar, key: Point): Pair => ({
  left: timesBase(chance),
  right: times(chance, key),
});

/** What makes a yes of a no. */
const yesPair = (): Pair => ({ left: new Uint8Array(32) as Point, right: basePoint() });

/** A laid card hides a no, or else a yes. */
const eitherChoice = (pair: Pair): readonly [Pair, Pair] => [pair, subtractPair(pair, yesPair())];

/** An answer hides a no of its own, or else what was laid. */
const eitherAnswer = (pair: Pair, laid: Pair): readonly [Pair, Pair] => [
  pair,
  subtractPair(pair, laid),
];

const openedPairs = ({ key, pairs, context }: Read, both: readonly boolean[]) => ({
  key,
  context,
  pairs: pairs.map(({ left, right }, at) => ({
    left,
    right: both[at] === true ? subtractPoints(right, basePoint()) : right,
  })),
});

const contextOf = (page: PageId): Uint8Array =>
  hash("TF/1 pace", idBytes(page), Uint8Array.of(paceCards.length));

const numbered = (context: Uint8Array, at: number): Uint8Array =>
  concatBytes(context, Uint8Array.of(at));

const bytesOf = (text: string, length: number): Uint8Array | undefined => {
  if (text.length !== lettersFor(length)) return undefined;
  const bytes = fromBase64Url(text);
  return bytes.ok && bytes.value.length === length ? bytes.value : undefined;
};

const readKey = (key: string): Scalar | undefined => {
  const bytes = bytesOf(key, paceLengths.key);
  return bytes === undefined ? undefined : readScalar(bytes);
};

const isEqual = (one: Point, other: Point): boolean => one.every((byte, at) => byte === other[at]);
