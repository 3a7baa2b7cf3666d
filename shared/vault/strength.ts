import { commonPasswords } from "./commonPasswords.ts";

export const shortestPassphrase = 10;

export type Strength = {
  readonly level: "short" | "weak" | "fair" | "strong";
  /** The one thing that would help most; the screen has a sentence for each. */
  readonly hint: "longer" | "common" | "digits" | "repeats" | "sequence" | "moreWords" | "good";
};

/** Counted as people count letters (code points, after NFKC), not in bytes. */
export const passphraseLength = (passphrase: string): number => letters(passphrase).length;

/** `false` is PASSPHRASE_SHORT: the only thing that is refused. All else is advice. */
export const longEnough = (passphrase: string): boolean =>
  passphraseLength(passphrase) >= shortestPassphrase;

/** Past so many letters the answer is known, and a pasted book does not hold up the screen. */
const enoughToJudge = 128;

/**
 * A guess, on purpose on the low side: people choose words, names and dates, so a letter is worth about two bits
 * and a word eleven. A list of leaked passwords would catch more; it would also be larger than the app.
 */
export const estimateStrength = (passphrase: string): Strength => {
  const all = letters(passphrase).slice(0, enoughToJudge);
  if (all.length < shortestPassphrase) return { level: "short", hint: "longer" };
  const text = all.join("").toLowerCase();
  if (isCommon(text)) return { level: "weak", hint: "common" };
  const bits = Math.min(bitsOfLetters(all), bitsOfWords(text));
  if (bits >= 50) return { level: "strong", hint: "good" };
  return { level: bits >= 35 ? "fair" : "weak", hint: hintFor(all, text) };
};

const letters = (passphrase: string): string[] => [...passphrase.normalize("NFKC")];

/** "Password2026!!" is still "password": digits and signs around it, and the usual swaps, do not hide it. */
const isCommon = (text: string): boolean => {
  const bare = (word: string): string => word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const unswapped = text.replace(/[@4310$5]/g, (sign) => swaps[sign] ?? sign);
  return [text, bare(text), bare(unswapped), unswapped].some((word) => commonPasswords.has(word));
};

const swaps: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "0": "o",
  $: "s",
  "5": "s",
};

const bitsOfLetters = (all: readonly string[]): number => {
  const perLetter = [2, 2, 2.8, 3.4, 3.6][kindsIn(all)] ?? 3.6;
  const bits = perLetter * fresh(all);
  return kindsIn(all) === 1 && /^\d+$/.test(all.join("")) ? bits * 0.8 : bits;
};

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}\s]/u];

/** How many of small letters, capitals, digits and signs are there. Spaces are no kind of their own. */
const kindsIn = (all: readonly string[]): number => {
  const text = all.join("");
  return kinds.filter((kind) => kind.test(text)).length;
};

/** How many letters add something: one that could be foretold from those before counts a quarter. */
const fresh = (all: readonly string[]): number => {
  let sum = 0;
  for (const [index, letter] of all.entries()) sum += foretold(all, index) ? 0.25 : weight(letter);
  return sum;
};

/** A sign of a script without small and capital letters (Chinese, Arabic …) tells more than a Latin one. */
const weight = (letter: string): number => (/\p{Lo}/u.test(letter) ? 2 : 1);

const foretold = (all: readonly string[], index: number): boolean =>
  continuesRun(all, index) || repeatsEarlier(all, index);

/** aaa, 123, cba, qwe: the same step as before, or a neighbour on the keyboard. */
const continuesRun = (all: readonly string[], index: number): boolean => {
  const [before, here] = [all[index - 1]?.toLowerCase(), all[index]?.toLowerCase()];
  if (before === undefined || here === undefined) return false;
  const step = (here.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
  return Math.abs(step) <= 1 || keyboardRows.some((row) => row.includes(before + here));
};

const keyboardRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop"];

/** The three letters that end here stood together earlier already. */
const repeatsEarlier = (all: readonly string[], index: number): boolean => {
  if (index < 3) return false;
  const ending = all.slice(index - 2, index + 1).join("");
  return all.slice(0, index).join("").includes(ending);
};

/** Eleven bits for each different word, for passphrases that are plainly words; no limit for others. */
const bitsOfWords = (text: string): number => {
  const words = text.split(/[\s\-_.,]+/u).filter((word) => word !== "");
  const plain = words.length >= 2 && words.every((word) => /^\p{L}{2,}$/u.test(word));
  return plain ? new Set(words).size * 11 : Number.POSITIVE_INFINITY;
};

const hintFor = (all: readonly string[], text: string): Strength["hint"] => {
  if (/^[\p{N}\s\-./]+$/u.test(text)) return "digits";
  const share = (count: number): boolean => count * 3 >= all.length;
  const indexes = all.map((_, index) => index);
  if (share(indexes.filter((index) => sameAsBefore(all, index)).length)) return "repeats";
  if (share(indexes.filter((index) => continuesRun(all, index)).length)) return "sequence";
  return "moreWords";
};

const sameAsBefore = (all: readonly string[], index: number): boolean =>
  (index > 0 && all[index] === all[index - 1]) || repeatsEarlier(all, index);
