import { paceCards } from "./paceDeck.ts";

/** Bytes that each card takes in a message: a pair of elements, and the proof of what it hides. */
export const pacedLength = 64 + 128;

/** Bytes of each message. */
export const paceLengths = {
  laid: 32 + paceCards.length * pacedLength,
  answer: paceCards.length * pacedLength,
  shown: paceCards.length + 64,
  key: 32,
} as const;

export const lettersFor = (bytes: number): number => Math.ceil((bytes * 4) / 3);

/** Letters of each message, and of the key, as they stand in a page. */
export const paceLetters = {
  laid: lettersFor(paceLengths.laid),
  answer: lettersFor(paceLengths.answer),
  shown: lettersFor(paceLengths.shown),
  key: lettersFor(paceLengths.key),
} as const;
