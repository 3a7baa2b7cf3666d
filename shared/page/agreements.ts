import type { PageId } from "../base/ids.ts";
import { byTime, type Card, type Day } from "./card.ts";
import { type Consent, consentTo, readSaidTo, type SaidTo } from "./consent.ts";
import { dayAt } from "./day.ts";

/** over: its day has passed · replaced: another that revises it is agreed. */
export type AgreementState =
  | Consent
  | { readonly state: "over"; readonly wasAgreed: boolean }
  | { readonly state: "replaced"; readonly by: PageId };

export type Agreement = {
  readonly card: Card;
  readonly reviewBy: Day;
  readonly standing: AgreementState;
};

/** What the two have agreed, as far as it is here, newest first. */
export const readAgreements = (cards: readonly Card[], now: number): readonly Agreement[] => {
  const proposals = cards.filter(
    ({ place, withdrawnAt, agreement }) =>
      place === "shared" && withdrawnAt === undefined && agreement !== undefined,
  );
  const said = readSaidTo(cards);
  const today = dayAt(now);
  const alone = new Map(proposals.map((card) => [card.id, standingOf(card, said, today)] as const));
  const replacedBy = new Map(
    proposals.flatMap(({ id, agreement }) => {
      const { state } = alone.get(id) ?? { state: "proposed" };
      return agreement?.revises !== undefined && state === "agreed"
        ? [[agreement.revises, id] as const]
        : [];
    }),
  );
  return proposals
    .toSorted((one, other) => byTime(other, one))
    .flatMap((card) => {
      const { agreement } = card;
      const standing = alone.get(card.id);
      if (agreement === undefined || standing === undefined) return [];
      const by = replacedBy.get(card.id);
      const { reviewBy } = agreement;
      return by !== undefined && isOpen(standing)
        ? [{ card, reviewBy, standing: { state: "replaced", by } }]
        : [{ card, reviewBy, standing }];
    });
};

const isOpen = ({ state }: AgreementState): boolean =>
  state === "proposed" || state === "agreed" || state === "over";

const standingOf = (card: Card, said: SaidTo, today: Day): AgreementState => {
  const consent = consentTo(card, said);
  const isOver = card.agreement !== undefined && today > card.agreement.reviewBy;
  return isOver && (consent.state === "proposed" || consent.state === "agreed")
    ? { state: "over", wasAgreed: consent.state === "agreed" }
    : consent;
};
