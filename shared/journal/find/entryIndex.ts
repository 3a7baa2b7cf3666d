import * as Y from "yjs";
import type { PageId } from "../../base/ids.ts";
import { pageWords } from "../../page/pageDoc.ts";
import { plainWords } from "../../page/words.ts";
import type { Found } from "../entryBook.ts";
import { wordsAround } from "./hits.ts";
import { searchWords } from "./searchWords.ts";
import { createWordIndex, type IndexRow, type Scored } from "./wordIndex.ts";

/**
 * Where entries are looked for: a worker of its own, which holds their words in the clear as long as it runs. It is
 * never stored: a kept index would be the journal in the clear.
 */
export type SearchIndex = {
  /** In place of what they said before. Resolves once they can be found. */
  readonly put: (pages: readonly IndexedPage[]) => Promise<void>;
  readonly drop: (pages: readonly PageId[]) => Promise<void>;
  /** Best first, and no more than anybody reads through. */
  readonly find: (words: string) => Promise<readonly Found[]>;
  /** Ends it at once, with everything that it holds; what is under way finds nothing. */
  readonly end: () => void;
};

export type OpenIndex = () => SearchIndex;

/** `state`: all of the page, as one Yjs update; undefined while only its card is at hand. */
export type IndexedPage = Omit<IndexRow, "text"> & {
  readonly excerpt: string;
  readonly state: Uint8Array | undefined;
};

/** The work itself, wherever it runs. */
export type EntryIndex = {
  readonly put: (pages: readonly IndexedPage[]) => void;
  readonly drop: (pages: readonly PageId[]) => void;
  readonly find: (words: string) => readonly Found[];
};

export const createEntryIndex = (): EntryIndex => {
  const whole = createWordIndex();
  /** Of what has not been read yet. Left behind all at once when there is nothing more: far quicker than one by one. */
  let brief = createWordIndex();
  const unread = new Set<PageId>();

  const take = ({ state, excerpt, ...row }: IndexedPage): void => {
    const text = state === undefined ? undefined : readText(state);
    if (text !== undefined) {
      whole.put({ ...row, text });
      unread.delete(row.page);
    } else if (!whole.has(row.page)) {
      brief.put({ ...row, text: excerpt });
      unread.add(row.page);
    }
  };
  const leaveBehind = (): void => {
    if (unread.size === 0) brief = createWordIndex();
  };

  return {
    put: (pages) => {
      for (const page of pages) take(page);
      leaveBehind();
    },
    drop: (pages) => {
      for (const page of pages) {
        whole.drop(page);
        brief.drop(page);
        unread.delete(page);
      }
      leaveBehind();
    },
    find: (words) => {
      const wanted = searchWords(words);
      if (wanted.length === 0) return [];
      const found: readonly Scored[] = [
        ...whole.find(wanted),
        ...brief.find(wanted).filter(({ row }) => unread.has(row.page)),
      ];
      return bestOf(found)
        .toSorted((one, other) => other.score - one.score || other.row.at - one.row.at)
        .slice(0, mostFound)
        .map(({ row }) => ({ page: row.page, around: wordsAround(row.text, wanted) }));
    },
  };
};

/** One letter is found nearly everywhere, and thousands need not be put in order to show a hundred. */
const bestOf = (found: readonly Scored[]): readonly Scored[] => {
  if (found.length <= 2 * mostFound) return found;
  const least = Float32Array.from(found, ({ score }) => score).toSorted()[found.length - mostFound];
  return found.filter(({ score }) => score >= (least ?? 0));
};

/** An index in this very thread. */
export const indexHere: OpenIndex = () => {
  let index: EntryIndex | undefined = createEntryIndex();
  return {
    put: async (pages) => index?.put(pages),
    drop: async (pages) => index?.drop(pages),
    find: async (words) => index?.find(words) ?? [],
    end: () => {
      index = undefined;
    },
  };
};

/** Of one page: more than a long evening writes, and no more than a hostile page may cost. */
const mostCharacters = 200_000;
/** Lines that are shown for one search; one word more brings another choice of them. */
const mostFound = 100;

const readText = (state: Uint8Array): string | undefined => {
  // Named, because Yjs draws a random name for every other one.
  const doc = new Y.Doc({ guid: "read" });
  try {
    Y.applyUpdate(doc, state);
    return plainWords(pageWords(doc), mostCharacters);
  } catch {
    return undefined;
  } finally {
    doc.destroy();
  }
};
