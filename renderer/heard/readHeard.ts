import type { PageId } from "../../shared/base/ids.ts";
import { byTime, type Card, type Fits, isNewDraft } from "../../shared/page/card.ts";

/** Words that say back a page, and what the one whose words they were said to them last. */
export type Reflection = { readonly card: Card; readonly fits: Fits | undefined };

type Reflections = {
  /** Oldest first; withdrawn ones stand as a trace. */
  readonly said: readonly Reflection[];
  /** Mine that is not sent; never the copy in which one is being changed. */
  readonly draft: Card | undefined;
};

/** Only the reader of a page reflects it, and only its writer nods: whatever else claims to belong here is left out. */
export const readHeard = (cards: readonly Card[], about: Card): Reflections => {
  const heard = cards.filter(
    ({ kind, of, author }) => kind === "heard" && of === about.id && author !== about.author,
  );
  return {
    said: heard
      .filter(({ place }) => place === "shared")
      .toSorted(byTime)
      .map((card) => ({ card, fits: latestNod(cards, card.id, about.author) })),
    draft: heard.find(isNewDraft),
  };
};

const latestNod = (
  cards: readonly Card[],
  heard: PageId,
  author: Card["author"],
): Fits | undefined =>
  cards
    .filter(
      (card) =>
        card.kind === "nod" &&
        card.of === heard &&
        card.author === author &&
        card.place === "shared" &&
        card.withdrawnAt === undefined,
    )
    .toSorted(byTime)
    .at(-1)?.fits;
