import SearchableMap from "minisearch/SearchableMap";
import type { PageId } from "../../base/ids.ts";
import { foldLetters, forEachWord, isUnspaced, matches, toSearchable } from "./searchWords.ts";

/** What can be found of a page, in the clear. `labels`: its tags and feelings. `at`: newer ones come first. */
export type IndexRow = {
  readonly page: PageId;
  readonly title: string;
  readonly labels: readonly string[];
  readonly text: string;
  readonly at: number;
};

export type Scored = { readonly row: IndexRow; readonly score: number };

/**
 * Words of pages, in memory alone. MiniSearch's dictionary finds every word that begins so; which pages have it,
 * and how often, is kept beside it as plain numbers: MiniSearch's own lists make an object of each occurrence, and
 * 20,000 entries have millions (test/bench/search.test.ts).
 */
export type WordIndex = {
  readonly put: (row: IndexRow) => void;
  /** Takes it out with every word of it, so that no list names a word that only it had. */
  readonly drop: (page: PageId) => void;
  readonly has: (page: PageId) => boolean;
  /** Those in which everything that is wanted stands, in no order. */
  readonly find: (wanted: readonly string[]) => readonly Scored[];
};

/** A word, and for each page that has it its place among the rows and the weight of the word there; ascending. */
type Term = {
  readonly word: string;
  readonly entries: number[];
  /** While a row is being weighed: which one, and how much so far. */
  weighed: number;
  weight: number;
};

export const createWordIndex = (): WordIndex => {
  const terms = new Map<string, Term>();
  const dictionary = new SearchableMap<Term>();
  const rows: (IndexRow | undefined)[] = [];
  const places = new Map<PageId, number>();
  /** As they are written. The same words come again and again, and reading one costs more than all the rest. */
  const written = new Map<string, readonly Term[]>();
  let weighings = 0;

  const termOf = (word: string): Term => {
    const known = terms.get(word);
    if (known !== undefined) return known;
    const term = { word, entries: [], weighed: 0, weight: 0 };
    terms.set(word, term);
    dictionary.set(word, term);
    return term;
  };

  const termsOf = (raw: string): readonly Term[] => {
    const known = written.get(raw);
    if (known !== undefined) return known;
    const made = readWord(raw).map(termOf);
    if (written.size >= mostWritten) written.clear();
    written.set(raw, made);
    return made;
  };

  const weigh = (row: IndexRow): readonly Term[] => {
    const met: Term[] = [];
    weighings += 1;
    const add = (text: string, each: number, most: number): void =>
      forEachWord(text, (raw) => {
        for (const term of termsOf(raw)) {
          if (term.weighed !== weighings) {
            term.weighed = weighings;
            term.weight = 0;
            met.push(term);
          }
          if (term.weight < most) term.weight += each;
        }
      });
    add(row.text, 1, 4);
    for (const label of row.labels) add(label, 4, 5);
    add(row.title, 6, 9);
    return met;
  };

  const drop = (page: PageId): void => {
    const place = places.get(page);
    const row = place === undefined ? undefined : rows[place];
    if (place === undefined || row === undefined) return;
    for (const { word, entries } of weigh(row)) {
      const at = findPlace(entries, place);
      if (at >= 0) entries.splice(at, 1);
      if (entries.length > 0) continue;
      terms.delete(word);
      dictionary.delete(word);
    }
    // It may name words that only this page had.
    written.clear();
    places.delete(page);
    rows[place] = undefined;
  };

  return {
    has: (page) => places.has(page),
    drop,
    put: (row) => {
      drop(row.page);
      const place = rows.push(row) - 1;
      places.set(row.page, place);
      for (const { entries, weight } of weigh(row)) entries.push((place << weightBits) | weight);
    },
    find: (wanted) => {
      const scores = new Float32Array(rows.length);
      let asked = 0;
      for (const word of stepsOf(wanted)) {
        const gains = new Float32Array(rows.length);
        for (const { word: found, entries } of termsFor(dictionary, word)) {
          const rarity =
            Math.log(1 + places.size / entries.length) * (` ${found}` === word ? 2 : 1);
          for (const entry of entries) {
            const place = entry >> weightBits;
            const gain = rarity * (entry & mostWeight);
            if (gain > (gains[place] ?? 0)) gains[place] = gain;
          }
        }
        for (let place = 0; place < scores.length; place++) {
          const gain = gains[place] ?? 0;
          const before = scores[place] ?? 0;
          scores[place] = gain > 0 && (asked === 0 || before > 0) ? before + gain : 0;
        }
        asked += 1;
      }
      const parts = wanted.filter((word) => !word.startsWith(" "));
      const found: Scored[] = [];
      for (const [place, row] of rows.entries()) {
        const score = scores[place] ?? 0;
        if (row === undefined || score === 0) continue;
        if (parts.length === 0 || matches(searchableOf(row), parts)) found.push({ row, score });
      }
      return found;
    },
  };
};

/** An entry of a list is a place among the rows and, in its last bits, a weight. */
const weightBits = 4;
const mostWeight = (1 << weightBits) - 1;
/** Ways of writing that are remembered. */
const mostWritten = 50_000;

/** A word as the dictionary has it; of a script without spaces each character, because any may be looked for. */
const readWord = (raw: string): readonly string[] => {
  const letters = foldLetters(raw);
  if (isUnspaced(letters)) return [...new Set(letters)];
  return simple.test(letters)
    ? [letters]
    : toSearchable(raw)
        .split(" ")
        .filter((word) => word !== "");
};

const simple = /^[\p{L}\p{N}\p{M}]*$/u;

/** Which lists narrow it down: words, and the characters of parts, which are looked at more closely at the end. */
const stepsOf = (wanted: readonly string[]): readonly string[] => [
  ...new Set(wanted.flatMap((word) => (word.startsWith(" ") ? [word] : [...word]))),
];

const termsFor = (dictionary: SearchableMap<Term>, word: string): Iterable<Term> => {
  if (word.startsWith(" ")) return dictionary.atPrefix(word.slice(1)).values();
  const term = dictionary.get(word);
  return term === undefined ? [] : [term];
};

const searchableOf = ({ title, labels, text }: IndexRow): string =>
  toSearchable([title, ...labels, text].join(" "));

/** In an ascending list. */
const findPlace = (list: readonly number[], place: number): number => {
  let from = 0;
  let to = list.length - 1;
  while (from <= to) {
    const middle = (from + to) >> 1;
    const there = (list[middle] ?? 0) >> weightBits;
    if (there === place) return middle;
    if (there < place) from = middle + 1;
    else to = middle - 1;
  }
  return -1;
};
