/// <reference path="./nspell.d.ts" />
import nspell from "nspell";

export type Speller = {
  /** Of these, those that are no words of the language and none of the writer's own. */
  readonly wrong: (words: readonly string[]) => readonly string[];
  /** A few that come near; none where there is none. */
  readonly suggest: (word: string) => readonly string[];
  /** Replaces the writer's own words. */
  readonly setOwn: (words: readonly string[]) => void;
};

export type Dictionary = { readonly aff: string; readonly dic: string };

const mostSuggestions = 5;
/** Looking for what comes near grows with the length, and nothing comes near to what is this long, in letters. */
const longestWord = 40;

/** Building it takes hundreds of ms, and a suggestion tens: for a worker. */
export const createSpeller = (dictionary: Dictionary): Speller => {
  const speller = nspell(dictionary);
  let own: ReadonlySet<string> = new Set();
  const isRight = (word: string): boolean => {
    const plain = asWritten(word);
    if (plain === "" || plain.length > longestWord || /[\d@_/]/.test(plain)) return true;
    return own.has(plain.toLowerCase()) || speller.correct(plain);
  };
  return {
    wrong: (words) => words.filter((word) => !isRight(word)),
    suggest: (word) => {
      const plain = asWritten(word);
      if (plain.length > longestWord) return [];
      return speller.suggest(plain).slice(0, mostSuggestions);
    },
    setOwn: (words) => {
      own = new Set(words.map((word) => asWritten(word).toLowerCase()));
    },
  };
};

/** The dictionaries know the plain apostrophe; people, and this editor, write the other one. */
const asWritten = (word: string): string =>
  word
    .normalize("NFC")
    .replaceAll(/[\u2018\u2019\u02BC]/g, "'")
    .replaceAll(/^'+|'+$/g, "");
