import type { Card } from "../../../shared/page/card.ts";

/** What of a book is looked at. In memory only, and forgotten at lock. */
export type Filters = {
  readonly whose: Whose;
  readonly tags: readonly string[];
  readonly feelings: readonly string[];
  readonly photos: boolean;
};

/** here: mine that nobody sees until they are shared. */
export const whoseValues = ["both", "mine", "theirs", "here"] as const;
export type Whose = (typeof whoseValues)[number];

export const noFilters: Filters = { whose: "both", tags: [], feelings: [], photos: false };

export const isNarrowed = ({ whose, tags, feelings, photos }: Filters): boolean =>
  whose !== "both" || tags.length > 0 || feelings.length > 0 || photos;

/** Everything that is chosen holds at once. */
export const narrow = (cards: readonly Card[], filters: Filters): readonly Card[] => {
  if (!isNarrowed(filters)) return cards;
  const tags = filters.tags.map(asHeard);
  const feelings = filters.feelings.map(asHeard);
  return cards.filter(
    (card) =>
      isWhose(card, filters.whose) &&
      (!filters.photos || card.hasPhotos) &&
      hasAll(card.tags, tags) &&
      hasAll(card.feelings, feelings),
  );
};

const isWhose = ({ author, place }: Card, whose: Whose): boolean => {
  switch (whose) {
    case "both":
      return true;
    case "mine":
      return author === "me";
    case "theirs":
      return author === "partner";
    case "here":
      return place !== "shared";
  }
};

const hasAll = (words: readonly string[], wanted: readonly string[]): boolean => {
  if (wanted.length === 0) return true;
  const heard = new Set(words.map(asHeard));
  return wanted.every((word) => heard.has(word));
};

/** Two spellings of one word: "Canal " and "canal". */
export const asHeard = (word: string): string => word.trim().normalize("NFC").toLowerCase();

/**
 * The words that cards hold, each once, as it was last written; those of the newest cards first.
 * @param of which words of a card, none for a card that does not count here
 */
export const wordsIn = (
  cards: readonly Card[],
  of: (card: Card) => readonly string[],
): readonly string[] => {
  const found = new Map<string, string>();
  for (const card of cards)
    for (const word of of(card)) {
      const heard = asHeard(word);
      if (heard !== "" && !found.has(heard)) found.set(heard, word.trim());
    }
  return [...found.values()];
};
