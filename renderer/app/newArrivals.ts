import type { Live } from "../../shared/base/live.ts";
import type { Card } from "../../shared/page/card.ts";

type Watched = {
  /** What the screens show: quiet hours and the reader's pace have had their say. */
  readonly cards: Live<readonly Card[]>;
  readonly enough: Live<boolean>;
};

/**
 * Calls when something of the partner's comes to stand before the reader that did not stand there. It follows what
 * the screens show, so that it cannot tell more than they do; and nothing on a day that was "enough".
 */
export const watchArrivals = ({ cards, enough }: Watched, onArrival: () => void): (() => void) => {
  let before = namesOfTheirs(cards.read());
  return cards.subscribe(() => {
    const now = namesOfTheirs(cards.read());
    const isNew = [...now].some((name) => !before.has(name));
    before = now;
    if (isNew && !enough.read()) onArrival();
  });
};

/** Each page, and each asking again of a question. What was changed or withdrawn is nothing new. */
const namesOfTheirs = (cards: readonly Card[]): ReadonlySet<string> =>
  new Set(
    cards
      .filter(({ author, place }) => author === "partner" && place === "shared")
      .flatMap(({ id, question }) =>
        (question?.askedAt ?? [0]).map((_, round) => `${id}:${round}`),
      ),
  );
