import type { PageId } from "../base/ids.ts";
import { byTime, type Card } from "./card.ts";
import { type Consent, consentTo, readSaidTo } from "./consent.ts";

/** replaced: another one that was to stand in its place is agreed to. */
export type VisionState = Consent | { readonly state: "replaced"; readonly by: PageId };

/** Words of the vision that one of the two proposed to agree to. */
export type VisionVersion = { readonly card: Card; readonly standing: VisionState };

export type Visions = {
  /** What both have said yes to, and neither has ended. */
  readonly agreed: VisionVersion | undefined;
  /** What waits for a yes, newest first. */
  readonly proposed: readonly VisionVersion[];
  /** Everything else, newest first. */
  readonly past: readonly VisionVersion[];
};

/**
 * It follows from what lies on the pages of each. Clocks may be a day apart, so which of two is the later one follows
 * from which was to stand in the other's place; where neither was, from their days.
 */
export const readVisions = (cards: readonly Card[]): Visions => {
  const said = readSaidTo(cards);
  const newestFirst = cards
    .filter(
      ({ kind, place, withdrawnAt, excerpt }) =>
        kind === "visionVersion" &&
        place === "shared" &&
        withdrawnAt === undefined &&
        excerpt !== "",
    )
    .toSorted((one, other) => byTime(other, one));
  const alone = newestFirst.map((card) => ({ card, standing: consentTo(card, said) }));
  const isAgreed = ({ standing }: { readonly standing: Consent }): boolean =>
    standing.state === "agreed";
  const replacedBy = new Map(
    alone.filter(isAgreed).flatMap(({ card: { id, of } }) => (of === undefined ? [] : [[of, id]])),
  );
  const agreed = alone.filter(isAgreed);
  const stands = agreed.find(({ card }) => !replacedBy.has(card.id)) ?? agreed[0];
  const proposed = alone.filter(({ standing }) => standing.state === "proposed");
  const past = alone
    .filter((one) => one !== stands && !proposed.includes(one))
    .map((one): VisionVersion => {
      const by = replacedBy.get(one.card.id) ?? stands?.card.id;
      return isAgreed(one) && by !== undefined
        ? { card: one.card, standing: { state: "replaced", by } }
        : one;
    });
  return { agreed: stands, proposed, past };
};
