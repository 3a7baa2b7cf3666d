import { eachWord, foldLetters, isUnspaced, toSearchable } from "./searchWords.ts";

/** Where in a text, in its own characters: from here up to there. */
export type Hit = { readonly from: number; readonly to: number };

/**
 * The words of a text that were looked for, from its beginning on; a word that only begins so counts whole.
 * @param wanted what `searchWords` gave
 */
export const hitsIn = (text: string, wanted: readonly string[], most = 200): readonly Hit[] => {
  const hits: Hit[] = [];
  if (wanted.length === 0) return hits;
  for (const { 0: word, index } of text.matchAll(eachWord)) {
    if (hits.length >= most) break;
    if (isUnspaced(word)) hits.push(...partsIn(word, index, wanted));
    else if (beginsAny(word, wanted)) hits.push({ from: index, to: index + word.length });
  }
  return hits;
};

/** Some words before and after the first hit; the beginning of the text where there is none in it. */
export const wordsAround = (text: string, wanted: readonly string[]): string => {
  const at = (plain.test(text) ? firstPlain(text, wanted) : hitsIn(text, wanted, 1)[0]?.from) ?? 0;
  const from = at <= charactersBefore ? 0 : afterSpace(text, at - charactersBefore, at);
  const to = from + charactersShown;
  const end = to >= text.length ? text.length : beforeSpace(text, to, at);
  return `${from > 0 ? "…" : ""}${text.slice(from, end).trim()}${end < text.length ? "…" : ""}`;
};

/** Nothing in it comes apart or has marks: its words can be looked for as they stand. */
const plain = /^[\p{ASCII}\u2000-\u206f]*$/u;

const firstPlain = (text: string, wanted: readonly string[]): number | undefined => {
  const low = text.toLowerCase();
  const places = wanted.flatMap((each) => {
    if (!each.startsWith(" ")) return [];
    const word = each.slice(1);
    let at = low.indexOf(word);
    while (at > 0 && /[a-z0-9]/.test(low.charAt(at - 1))) at = low.indexOf(word, at + 1);
    return at < 0 ? [] : [at];
  });
  return places.length === 0 ? undefined : Math.min(...places);
};

const charactersBefore = 48;
const charactersShown = 200;

const beginsAny = (word: string, wanted: readonly string[]): boolean => {
  const letters = foldLetters(word);
  // One that comes apart ("½", "x²y") is rare: only then is it read as a text of its own.
  const read = simple.test(letters) ? ` ${letters}` : toSearchable(word);
  return wanted.some((each) => each.startsWith(" ") && read.includes(each));
};

const simple = /^[\p{L}\p{N}\p{M}]*$/u;

const partsIn = (run: string, at: number, wanted: readonly string[]): readonly Hit[] => {
  /** For each folded character, which one of the run it came from. */
  const origins: number[] = [];
  let folded = "";
  let place = 0;
  for (const letter of run) {
    const letters = foldLetters(letter);
    for (let index = 0; index < letters.length; index++) origins.push(place);
    folded += letters;
    place += letter.length;
  }
  const hits: Hit[] = [];
  let reached = 0;
  for (let index = 0; index < folded.length; index++) {
    const part = wanted
      .filter((each) => !each.startsWith(" ") && folded.startsWith(each, index))
      .toSorted((one, other) => other.length - one.length)[0];
    if (part === undefined || index < reached) continue;
    reached = index + part.length;
    hits.push({ from: at + (origins[index] ?? 0), to: at + (origins[reached] ?? run.length) });
  }
  return hits;
};

/** Never in the middle of a word, unless it has no end, nor of a character. */
const afterSpace = (text: string, from: number, latest: number): number => {
  const space = text.indexOf(" ", from);
  return space >= 0 && space < latest ? space + 1 : wholeCharacter(text, from);
};

const beforeSpace = (text: string, to: number, earliest: number): number => {
  const space = text.lastIndexOf(" ", to);
  return space > earliest ? space : wholeCharacter(text, to);
};

const wholeCharacter = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
};
