import { matches, searchWords, toSearchable } from "../../shared/journal/find/searchWords.ts";
import type { Card } from "../../shared/page/card.ts";

/** Every word that is typed begins a word of the name, or of the others that it goes by. */
export const matchNames = <Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  typed: string,
): readonly Item[] => {
  const wanted = searchWords(typed);
  return wanted.length === 0
    ? items
    : items.filter((item) => matches(toSearchable(nameOf(item)), wanted));
};

/** Entries whose title fits, newest first; nothing else of them is looked at. */
export const matchTitles = (
  cards: readonly Card[],
  typed: string,
  most: number,
): readonly Card[] => {
  const wanted = searchWords(typed);
  const found: Card[] = [];
  if (wanted.length === 0) return found;
  for (const card of cards) {
    if (found.length === most) break;
    if (card.kind !== "entry" || !card.opened || card.title === "") continue;
    if (matches(searchableTitle(card), wanted)) found.push(card);
  }
  return found;
};

const searchable = new WeakMap<Card, string>();

const searchableTitle = (card: Card): string => {
  const known = searchable.get(card);
  if (known !== undefined) return known;
  const title = toSearchable(card.title);
  searchable.set(card, title);
  return title;
};
