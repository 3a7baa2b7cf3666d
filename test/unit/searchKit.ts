import * as Y from "yjs";
import { createCell } from "../../shared/base/live.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { createEntryFind } from "../../shared/journal/find/entryFind.ts";
import { indexHere, type OpenIndex } from "../../shared/journal/find/entryIndex.ts";
import type { Card } from "../../shared/page/card.ts";
import { createManualClock } from "../support/manualClock.ts";
import { makeCard, page } from "./arrivalsKit.ts";

/** A page with these words, as its record keeps it. */
export const stateOf = (words: string): Uint8Array => {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(words)]);
  doc.getXmlFragment("body").push([paragraph]);
  return Y.encodeStateAsUpdate(doc);
};

/** Every index that was opened, and whether it still holds anything. */
export const watchIndexes = (): {
  readonly open: OpenIndex;
  readonly running: () => number;
  readonly opened: () => number;
} => {
  let running = 0;
  let opened = 0;
  return {
    open: () => {
      const index = indexHere();
      running += 1;
      opened += 1;
      return {
        ...index,
        end: () => {
          running -= 1;
          index.end();
        },
      };
    },
    running: () => running,
    opened: () => opened,
  };
};

export type ShelvedEntry = { readonly card: Card; readonly words: string };

export const entry = (number: number, words: string, part: Partial<Card> = {}): ShelvedEntry => ({
  card: makeCard(number, { excerpt: words.slice(0, 200), ...part }),
  words,
});

/** Entries on a shelf, and whoever looks for words in them. */
export const createBookcase = (entries: readonly ShelvedEntry[]) => {
  const words = new Map(entries.map(({ card, words: text }) => [card.id, text]));
  const cards = createCell<readonly Card[]>(entries.map(({ card }) => card));
  const clock = createManualClock(1_700_000_000_000);
  const indexes = watchIndexes();
  const read: PageId[] = [];
  const state: { open: boolean; slow: (page: PageId) => Promise<void> } = {
    open: true,
    slow: async () => {},
  };
  const find = createEntryFind({
    cards,
    isOpen: () => state.open,
    readState: async ({ id }) => {
      read.push(id);
      const text = words.get(id);
      await state.slow(id);
      return text === undefined ? undefined : stateOf(text);
    },
    openIndex: indexes.open,
    clock,
  });
  const change = (number: number, edit: (card: Card) => Card | undefined): void =>
    cards.set(
      cards.read().flatMap((card) => (card.id === page(number) ? (edit(card) ?? []) : [card])),
    );
  return {
    ...{ cards, clock, indexes, read, state, find, change },
    look: async (typed: string): Promise<readonly number[]> =>
      (await find.find(typed))
        .map((found) => Number.parseInt(found.page, 16))
        .toSorted((one, other) => one - other),
    rewrite: (number: number, text: string): void => {
      words.set(page(number), text);
      change(number, (card) => ({ ...card, excerpt: text.slice(0, 200) }));
    },
  };
};
