import { byTime, type Card } from "./card.ts";

/** What one wrote of the why, and what the other wrote into it afterwards; each oldest first. */
export type WhyRound = { readonly reasons: Card; readonly responses: readonly Card[] };

/** A page on which one asks for the why. Whoever did not ask writes first. */
export type Why = { readonly card: Card; readonly rounds: readonly WhyRound[] };

/**
 * Newest first. Reasons count from whoever did not ask, and what is written into them from whoever did: nobody gives
 * the other's reasons, and nothing stands before them. Withdrawn pages keep their place.
 */
export const readWhys = (cards: readonly Card[]): readonly Why[] => {
  const shared = cards.filter(({ place }) => place === "shared");
  const under = (page: Card, kind: "whyReasons" | "whyResponse"): readonly Card[] =>
    shared
      .filter((card) => card.kind === kind && card.of === page.id && card.author !== page.author)
      .toSorted(byTime);
  return shared
    .filter(({ kind }) => kind === "why")
    .toSorted((one, other) => byTime(other, one))
    .map((card) => ({
      card,
      rounds: under(card, "whyReasons").map((reasons) => ({
        reasons,
        responses: under(reasons, "whyResponse"),
      })),
    }));
};

/** What I may write next: the reasons, where the other asked; into the newest of them that I have opened, where I did. */
export const nextOfWhy = ({
  card,
  rounds,
}: Why): { readonly kind: "whyReasons" | "whyResponse"; readonly of: Card["id"] } | undefined => {
  if (card.withdrawnAt !== undefined) return undefined;
  if (card.author === "partner") return { kind: "whyReasons", of: card.id };
  const newest = rounds.findLast(
    ({ reasons }) => reasons.opened && reasons.withdrawnAt === undefined,
  );
  return newest && { kind: "whyResponse", of: newest.reasons.id };
};
