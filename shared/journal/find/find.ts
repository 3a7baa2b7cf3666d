import type { PageId } from "../../base/ids.ts";
import type { Live } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { type Card, wordlessKinds } from "../../page/card.ts";
import { pageWords } from "../../page/pageDoc.ts";
import type { Shelf } from "../../page/shelf.ts";
import { plainWords } from "../../page/words.ts";
import type { Journal } from "../journal.ts";
import { matches, searchWords, toSearchable } from "./searchWords.ts";
import { readPage } from "../pages/writing.ts";

export type FinderParts = {
  readonly cards: Live<readonly Card[]>;
  readonly shelfOf: (card: Card) => Shelf | undefined;
  readonly random: Random;
};

/**
 * Looks for words in pages, in memory only: nothing that could be found is kept. Pages are read when the first
 * search asks for them, some at a time, and again when their card is another one. Each call answers for its own
 * words; a later one takes over the reading that an earlier one began.
 */
export type Finder = Pick<Journal, "find"> & {
  /** For good: whatever is under way finds nothing. */
  readonly forget: () => void;
};

export const createFinder = ({ cards, shelfOf, random }: FinderParts): Finder => {
  const texts = new Map<PageId, { readonly card: Card; readonly text: string }>();
  const queue = createQueue();
  let asked = 0;
  let forgotten = false;

  /** What was withdrawn or closed again is not kept here either. */
  const dropChanged = (): void => {
    if (texts.size === 0) return;
    const searchable = new Set(cards.read().filter(isSearchable));
    for (const [page, { card }] of texts) if (!searchable.has(card)) texts.delete(page);
  };
  const stop = cards.subscribe(dropChanged);

  const readOne = async (card: Card): Promise<void> => {
    const shelf = shelfOf(card);
    if (shelf === undefined) return;
    const doc = await readPage(shelf, card.id, random);
    if (!doc.ok) return;
    const text = toSearchable(`${card.title} ${plainWords(pageWords(doc.value), mostCharacters)}`);
    doc.value.destroy();
    // While it was read, it may have become another, or the journal may have been locked.
    if (!forgotten && cards.read().includes(card)) texts.set(card.id, { card, text });
  };

  const unread = (): readonly Card[] =>
    cards.read().filter((card) => isSearchable(card) && texts.get(card.id)?.card !== card);

  /** Ends early where a later call has begun to ask: that one goes on from here. */
  const readAll = async (turn: number): Promise<void> => {
    // Again for what changed meanwhile; what cannot be read does not keep anyone waiting.
    for (let rounds = 0; rounds < 3; rounds++) {
      const left = unread();
      for (let from = 0; from < left.length; from += readAtOnce) {
        if (forgotten || turn !== asked) return;
        await Promise.all(left.slice(from, from + readAtOnce).map(readOne));
      }
    }
  };

  return {
    find: async (words) => {
      const wanted = searchWords(words);
      const found = new Set<PageId>();
      if (wanted.length === 0 || forgotten) return found;
      asked += 1;
      const turn = asked;
      await queue(() => readAll(turn));
      for (let waited = turn; waited !== asked;) {
        waited = asked;
        await queue(async () => {});
      }
      for (const card of cards.read()) {
        const text = texts.get(card.id);
        if (text?.card === card && matches(text.text, wanted)) found.add(card.id);
      }
      return found;
    },
    forget: () => {
      forgotten = true;
      stop();
      texts.clear();
    },
  };
};

/** Closed pages are never read, let alone searched; these kinds have no words. */
const isSearchable = ({ opened, withdrawnAt, kind }: Card): boolean =>
  opened && withdrawnAt === undefined && kind !== "newer" && !wordlessKinds.includes(kind);

/** Between two such slices the disk answers, and the screen with it. */
const readAtOnce = 16;
/** Of one page: more than a long evening writes, and no more than a hostile page may cost. */
const mostCharacters = 200_000;
