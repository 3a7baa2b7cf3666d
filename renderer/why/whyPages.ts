import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { readWhys, type Why } from "../../shared/page/whys.ts";

const whyKinds = ["why", "whyReasons", "whyResponse"] as const;
type WhyKind = (typeof whyKinds)[number];
export type WhyCard = Card & { readonly kind: WhyKind };

export const isWhyCard = (card: Card): card is WhyCard =>
  whyKinds.some((kind) => kind === card.kind);

/** The why page that this page is, or lies on. */
export const findWhy = (cards: readonly Card[], id: PageId | undefined): Why | undefined =>
  id === undefined
    ? undefined
    : readWhys(cards).find(
        ({ card, rounds }) =>
          card.id === id ||
          rounds.some(
            ({ reasons, responses }) =>
              reasons.id === id || responses.some((response) => response.id === id),
          ),
      );

/** Whether something of the partner's on it was not opened yet. */
export const holdsClosed = ({ rounds }: Why): boolean =>
  rounds.some(({ reasons, responses }) =>
    [reasons, ...responses].some(({ opened, withdrawnAt }) => !opened && withdrawnAt === undefined),
  );
