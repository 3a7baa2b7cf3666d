/**
 * Text as searching sees it: without case and without the marks of Latin, Greek, Cyrillic, Hebrew and Arabic;
 * every word after one space. Other scripts keep their marks: there they are vowels.
 */
export const toSearchable = (text: string): string => {
  const words = foldLetters(text)
    .replaceAll(unspaced, " $& ")
    .split(betweenWords)
    .filter((word) => word !== "");
  return words.map((word) => ` ${word}`).join("");
};

/**
 * What is looked for: each as it has to stand in a searchable text. With a space before it, it begins a word;
 * without one it stands anywhere: a word of a language that writes none between them.
 */
export const searchWords = (typed: string): readonly string[] => [
  ...new Set(
    toSearchable(typed)
      .split(" ")
      .filter((word) => word !== "")
      .flatMap((word) => (isUnspaced(word) ? splitUnspaced(word) : [` ${word}`])),
  ),
];

export const matches = (searchable: string, wanted: readonly string[]): boolean =>
  wanted.every((word) => searchable.includes(word));

/** Whether these letters are of a script without spaces between words. */
export const isUnspaced = (text: string): boolean => text.search(unspaced) >= 0;

/** Marks of other scripts are left where they are, and letters that are one in most keyboards become it. */
export const foldLetters = (text: string): string => {
  if (isPlain.test(text)) return text.toLowerCase();
  return (
    text
      .normalize("NFKD")
      .replaceAll(looseMarks, "")
      // Twice, so that ß meets ss and every sigma meets the others.
      .toUpperCase()
      .toLowerCase()
      .replaceAll(ownLetters, (letter) => plainLetters[letter] ?? letter)
  );
};

/** Words of a text one by one, as they stand there. */
export const eachWord =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}\p{M}])+/gu;

/**
 * Calls `take` with each word that `eachWord` would find, in order. Texts of letters that most keyboards of Europe
 * have are read by their codes: a first search reads millions of words.
 */
export const forEachWord = (text: string, take: (word: string) => void): void => {
  let from = -1;
  for (let at = 0; at < text.length; at++) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === "other") {
      const begun = from < 0 ? at : from;
      for (const [word] of text.slice(begun).matchAll(eachWord)) take(word);
      return;
    }
    if (kind === "letter" && from < 0) from = at;
    else if (kind === "between" && from >= 0) {
      take(text.slice(from, at));
      from = -1;
    }
  }
  if (from >= 0) take(text.slice(from));
};

const kindOf = (code: number): "letter" | "between" | "other" => {
  if (code < 0x80)
    return (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0x30 && code <= 0x39)
      ? "letter"
      : "between";
  if (code >= 0xc0 && code <= 0x24f) return code === 0xd7 || code === 0xf7 ? "between" : "letter";
  return code >= 0x2000 && code <= 0x206f ? "between" : "other";
};

const splitUnspaced = (run: string): readonly string[] =>
  [...segmenter.segment(run)].map(({ segment }) => segment).filter((part) => part !== "");

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** What no normal form takes apart. */
const plainLetters: Readonly<Record<string, string>> = {
  ς: "σ",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ħ: "h",
  ŧ: "t",
  ı: "i",
};
const ownLetters = /[ςøłđðþæœħŧı]/gu;

const isPlain = /^\p{ASCII}*$/u;

const looseMarks =
  /(?=\p{M})[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]|\u{640}/gu;

/** Written without spaces between words: there a part of a word is looked for. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

const betweenWords = /[^\p{L}\p{N}\p{M}]+/u;
