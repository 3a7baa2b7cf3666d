import { sharedFileLimit } from "../../base/files.ts";
import { padmeRounded } from "../../crypto/padme.ts";
import { capsuleHeadLength, capsulePieceLength, sealedCapsulePiece } from "../capsule/head.ts";
import { mostWanted } from "../capsule/records.ts";

/** Milliseconds, all of them. */
export const folderTimes = {
  /** Own words that come within it go into one file. */
  gather: 2_000,
  /** From one file of words to the next, at the least. */
  between: 8_000,
  /** Changes in the folder that are told of within it are looked at together. */
  hint: 1_500,
  /** The next look comes by itself after so long and up to half as much more. */
  slow: 60_000,
  /** What lies in own files and was not offered goes once nothing was offered for so long. */
  quiet: 20_000,
  /** Photos, and what is said of one's own state, wait until nothing about them has changed for so long. */
  steady: 15_000,
  /** From one file that says nothing but one's state to the next. */
  betweenStates: 60_000,
  /** What may be half there is read again though it looks the same; at first, then doubling. */
  readAgain: 15_000,
  /** What was taken away comes back, or what was put is taken away, again and again: at first, then doubling. */
  yield: { first: 60_000, most: 24 * 60 * 60_000 },
  /** The folder does not answer for so long: it is not there. */
  answer: 30_000,
  /** On stopping, what waits has so long to be put. */
  farewell: 1_000,
} as const;

/** Pieces in the largest file, and the bytes of records that they hold beside heads and an end. */
const mostPieces = ((): number => {
  let pieces = Math.floor((sharedFileLimit - capsuleHeadLength) / sealedCapsulePiece);
  while (capsuleHeadLength + padmeRounded(pieces) * sealedCapsulePiece > sharedFileLimit) pieces--;
  return pieces;
})();
export const contentBytes = mostPieces * capsulePieceLength - 8 * 1024;

export const folderSizes = {
  /** Own files up to this size are put together. */
  small: 1024 * 1024,
  /** The same of photos. */
  smallPhotos: 4 * 1024 * 1024,
  /** Of the partner's words, taken into one airlock at one time: several windows (AirlockLimits). */
  lying: 96 * 1024 * 1024,
  /** Read within a minute. */
  readBytes: 384 * 1024 * 1024,
} as const;

/** Files, all of them. */
export const folderCounts = {
  /** More than that and the folder counts as crowded: so many new ones are read at one look, the newest first. */
  looked: 512,
  /** So many names, and those that are missing may just not be told. */
  listed: 1_900,
  /** Names of photos, in all that the partner says at one time. */
  wanted: 16 * mostWanted,
  /** Small own ones; then they are put together. */
  small: 8,
  /** Own ones with photos, at one time. */
  photos: 2,
  /** Read within a minute. */
  readFiles: 1_200,
  /** Looks at one go because something changed there; then one every ten seconds. */
  hints: 10,
  /** What may be half there is read so often. */
  tries: 6,
  /** So often at once without giving way; see `yield`. */
  patience: 3,
} as const;
