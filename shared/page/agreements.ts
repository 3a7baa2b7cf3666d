import type { PageId } from "../base/ids.ts";
import { byTime, type Card, type Day } from "./card.ts";
import { dayAt } from "./day.ts";

/**
 * proposed: waits for the other's yes · agreed: both have said yes · over: its day has passed · ended: one of the two
 * has ended it · declined: it was ended before there was a yes · replaced: another that revises it is agreed ·
 * changed: its words are not those any more that were proposed, which no Twofold does.
 */
export type AgreementState =
  | { readonly state: "proposed" }
  | { readonly state: "agreed"; readonly since: number }
  | { readonly state: "over"; readonly wasAgreed: boolean }
  | { readonly state: "ended" | "declined"; readonly at: number; readonly by: Card["author"] }
  | { readonly state: "replaced"; readonly by: PageId }
  | { readonly state: "changed" };

export type Agreement = {
  readonly card: Card;
  readonly reviewBy: Day;
  readonly standing: AgreementState;
};

/**
 * What the two have agreed, as far as it is here, newest first. It follows from what lies on the page of each alone,
 * in whatever order it came: an end that crosses with a yes ends it. Whoever proposes has said yes with that.
 */
export const readAgreements = (cards: readonly Card[], now: number): readonly Agreement[] => {
  const shared = cards.filter(
    ({ place, withdrawnAt }) => place === "shared" && withdrawnAt === undefined,
  );
  const proposals = shared.filter(({ agreement }) => agreement !== undefined);
  const saidOf = (kind: "yes" | "end"): ReadonlyMap<PageId, readonly Card[]> => {
    const said = new Map<PageId, Card[]>();
    for (const card of shared.filter((one) => one.kind === kind).toSorted(byTime))
      if (card.of !== undefined) said.set(card.of, [...(said.get(card.of) ?? []), card]);
    return said;
  };
  const said = { yes: saidOf("yes"), end: saidOf("end") };
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

type Said = Readonly<Record<"yes" | "end", ReadonlyMap<PageId, readonly Card[]>>>;

const standingOf = (card: Card, said: Said, today: Day): AgreementState => {
  const end = said.end.get(card.id)?.[0];
  const yes = said.yes.get(card.id)?.find(({ author }) => author !== card.author);
  if (card.changedAt !== undefined) return { state: "changed" };
  if (end !== undefined)
    return {
      state: yes === undefined ? "declined" : "ended",
      at: end.writtenAt,
      by: end.author,
    };
  if (card.agreement !== undefined && today > card.agreement.reviewBy)
    return { state: "over", wasAgreed: yes !== undefined };
  return yes === undefined ? { state: "proposed" } : { state: "agreed", since: yes.writtenAt };
};
