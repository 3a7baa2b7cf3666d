import { byTime, type Card } from "./card.ts";
import { saidOf } from "./said.ts";

/** More than these are no choice any more. */
const mostHelped = 8;

/** What I have said helped on other hard days, the newest first and each once. The partner's are theirs. */
export const helpedBefore = (cards: readonly Card[], besides: Card): readonly string[] => {
  const all = cards
    .filter(
      ({ kind, author, id, draft }) =>
        kind === "setback" && author === "me" && id !== besides.id && draft?.changes === undefined,
    )
    .toSorted((one, other) => byTime(other, one))
    .flatMap(({ said }) => saidOf("setback", said)?.helped ?? []);
  return [...new Set(all)].slice(0, mostHelped);
};
