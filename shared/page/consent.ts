import type { PageId } from "../base/ids.ts";
import { byTime, type Card } from "./card.ts";

/**
 * How something stands that needs two yeses. proposed: waits for the other's yes · agreed: both have said yes ·
 * ended: one of the two has ended it · declined: it was ended before there was a yes · changed: its words are not those
 * any more that were proposed, which no Twofold does.
 */
export type Consent =
  | { readonly state: "proposed" }
  | { readonly state: "agreed"; readonly since: number }
  | {
      readonly state: "ended" | "declined";
      readonly at: number;
      readonly by: Card["author"];
    }
  | { readonly state: "changed" };

/** What was said to each page by a yes or an end, oldest first. */
export type SaidTo = Readonly<Record<"yes" | "end", ReadonlyMap<PageId, readonly Card[]>>>;

export const readSaidTo = (cards: readonly Card[]): SaidTo => {
  const of = (kind: "yes" | "end"): ReadonlyMap<PageId, readonly Card[]> => {
    const said = new Map<PageId, Card[]>();
    for (const card of cards.filter((one) => one.kind === kind && isThere(one)).toSorted(byTime))
      if (card.of !== undefined) said.set(card.of, [...(said.get(card.of) ?? []), card]);
    return said;
  };
  return { yes: of("yes"), end: of("end") };
};

const isThere = ({ place, withdrawnAt }: Card): boolean =>
  place === "shared" && withdrawnAt === undefined;

/**
 * It follows from what lies on the page of each alone, in whatever order it came: an end that crosses with a yes ends
 * it. Whoever proposes has said yes with that.
 */
export const consentTo = (card: Card, said: SaidTo): Consent => {
  const end = said.end.get(card.id)?.[0];
  const yes = said.yes.get(card.id)?.find(({ author }) => author !== card.author);
  if (card.changedAt !== undefined) return { state: "changed" };
  if (end !== undefined)
    return {
      state: yes === undefined ? "declined" : "ended",
      at: end.writtenAt,
      by: end.author,
    };
  return yes === undefined ? { state: "proposed" } : { state: "agreed", since: yes.writtenAt };
};
