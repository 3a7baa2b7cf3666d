import type { Live } from "../../shared/base/live.ts";
import type { Arrivals } from "../../shared/journal/journal.ts";
import type { Card } from "../../shared/page/card.ts";

type Watched = {
  /** What the screens show: quiet hours and the reader's pace have had their say. */
  readonly cards: Live<readonly Card[]>;
  readonly enough: Live<boolean>;
  readonly arrivals: Live<Arrivals>;
};

/**
 * Calls when something of the partner's comes to stand before the reader that did not stand there. It follows what
 * the screens show, so that it cannot tell more than they do; and nothing on a day that was "enough", in quiet hours, or
 * while the person has stepped away, when an end still shows itself.
 */
export const watchArrivals = (
  { cards, enough, arrivals }: Watched,
  onArrival: () => void,
): (() => void) => {
  let before = namesOfTheirs(cards.read());
  return cards.subscribe(() => {
    const now = namesOfTheirs(cards.read());
    const isNew = [...now].some((name) => !before.has(name));
    before = now;
    const { quietUntil, away } = arrivals.read();
    const rests = enough.read() || quietUntil !== undefined || away !== undefined;
    if (isNew && !rests) onArrival();
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
