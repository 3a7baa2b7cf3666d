/**
 * Text as searching sees it: without case and without the marks of Latin, Greek, Cyrillic, Hebrew and Arabic;
 * every word after one space. Other scripts keep their marks: there they are vowels.
 */
export const toSearchable = (text: string): string => {
  const words = text
    .normalize("NFKD")
    .replaceAll(looseMarks, "")
    // Twice, so that ß meets ss and every sigma meets the others.
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replaceAll(unspaced, " $& ")
    .split(betweenWords)
    .filter((word) => word !== "");
  return words.map((word) => ` ${word}`).join("");
};

/** What is looked for: each as it has to stand in a searchable text. */
export const searchWords = (typed: string): readonly string[] => [
  ...new Set(
    toSearchable(typed)
      .split(" ")
      .filter((word) => word !== "")
      .map((word) => (word.match(unspaced) === null ? ` ${word}` : word)),
  ),
];

export const matches = (searchable: string, wanted: readonly string[]): boolean =>
  wanted.every((word) => searchable.includes(word));

const looseMarks =
  /(?=\p{M})[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]|\u{640}/gu;

/** Written without spaces between words: there a part of a word is looked for. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

const betweenWords = /[^\p{L}\p{N}\p{M}]+/u;
