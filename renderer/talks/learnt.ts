import type { Clock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Live } from "../../shared/base/live.ts";
import type { Card } from "../../shared/page/card.ts";
import type { Learnt } from "../../shared/page/talkTime.ts";

type LearntParts = { readonly cards: Live<readonly Card[]>; readonly clock: Clock };

/**
 * When this app first learnt that a talk begins, rests or goes on, for as long as the journal stands open; nothing of it
 * is kept. What was there before can only be dated by its writer's clock.
 */
export const createLearnt = ({
  cards,
  clock,
}: LearntParts): { readonly learnt: Learnt; readonly follow: () => () => void } => {
  const known = new Map<PageId, number | undefined>();
  const look = (dated: boolean): void => {
    const now = clock.now();
    for (const { id, kind, writtenAt, place } of cards.read()) {
      if (place !== "shared" || (kind !== "talkBegins" && kind !== "talkRests")) continue;
      if (known.has(id)) continue;
      known.set(id, dated ? (writtenAt <= now ? writtenAt : undefined) : now);
    }
  };
  look(true);
  return {
    learnt: (page) => {
      // A screen may be drawn before whoever follows the cards has been told.
      if (!known.has(page)) look(false);
      return known.get(page);
    },
    follow: () => {
      look(false);
      return cards.subscribe(() => look(false));
    },
  };
};
