import type { Card, PageKind } from "../../shared/page/card.ts";

/** A page that was begun and left without a word: writing goes on there instead of leaving one more behind. */
export const findEmptyDraft = (cards: readonly Card[], kind: PageKind): Card | undefined =>
  cards.find(
    (card) =>
      card.kind === kind && card.place !== "shared" && card.title === "" && card.excerpt === "",
  );
