import type { Card } from "./card.ts";
import { saidOf } from "./said.ts";

/** Somebody who is there for me: how they are reached, and a line. */
export type Supporter = {
  readonly card: Card;
  readonly name: string;
  readonly reach: string | undefined;
  readonly line: string | undefined;
};

/** What sets it off is its title; the first words of what helps then its excerpt. */
export type ForMe = {
  readonly helps: Card | undefined;
  readonly lines: readonly string[];
  readonly cues: readonly Card[];
  readonly people: readonly Supporter[];
};

/**
 * What somebody keeps for themselves alone. Danger: only drafts of this computer count. A changed app of the partner's
 * can send pages that call themselves the same, and whom to call is read in the worst hour.
 */
export const readForMe = (cards: readonly Card[]): ForMe => {
  const own = cards.filter(({ place, author }) => place === "draft" && author === "me");
  const of = (kind: Card["kind"]): readonly Card[] =>
    own.filter((card) => card.kind === kind).toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const [helps] = of("helps");
  return {
    helps,
    lines: saidOf("helps", helps?.said)?.lines ?? [],
    cues: of("cue").filter(({ title, excerpt, hasPhotos }) => title + excerpt !== "" || hasPhotos),
    people: of("supporter").flatMap((card) => {
      const { reach, line } = saidOf("supporter", card.said) ?? {};
      const name = card.title.trim();
      return name === "" && reach === undefined && line === undefined
        ? []
        : [{ card, name, reach, line }];
    }),
  };
};
