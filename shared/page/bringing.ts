import type { PageId } from "../base/ids.ts";
import { byTime, type Card, type PageKind, wordlessKinds } from "./card.ts";
import { type Consent, consentTo, readSaidTo } from "./consent.ts";
import { saidOf } from "./said.ts";

/** One of the two asks whether words of the other may be brought to a session. */
export type BringAsk = {
  readonly card: Card;
  readonly pages: readonly PageId[];
  readonly standing: Consent;
};

/** Newest first. */
export const readBringAsks = (cards: readonly Card[]): readonly BringAsk[] => {
  const said = readSaidTo(cards);
  return cards
    .filter(
      ({ kind, place, withdrawnAt }) =>
        kind === "bring" && place === "shared" && withdrawnAt === undefined,
    )
    .toSorted((one, other) => byTime(other, one))
    .map((card) => ({
      card,
      pages: saidOf("bring", card.said)?.pages ?? [],
      standing: consentTo(card, said),
    }));
};

/** Said for one moment, or about another page: nothing that is brought anywhere. */
const passing: readonly (PageKind | "newer")[] = [
  ...wordlessKinds,
  "newer",
  "bring",
  "hand",
  "plan",
  "truce",
  "talkBegins",
  "talkRests",
  "talkEnds",
];

/** Its words are here to be read, by whoever wrote them. */
export const hasWordsToBring = (card: Card): boolean =>
  card.opened &&
  card.place !== "room" &&
  card.withdrawnAt === undefined &&
  card.trashedAt === undefined &&
  card.draft?.changes === undefined &&
  !passing.includes(card.kind) &&
  (card.title !== "" || card.excerpt !== "" || card.hasPhotos);

/**
 * Whether this page may go on the paper: my own, freely; the partner's only while their yes stands to my asking for
 * it. `together`: the journal has not ended; once it has, nobody could end that yes any more, and none counts.
 */
export const mayBring = (cards: readonly Card[], together: boolean): ((card: Card) => boolean) => {
  const agreed = new Set(
    (together ? readBringAsks(cards) : [])
      .filter(({ card, standing }) => card.author === "me" && standing.state === "agreed")
      .flatMap(({ pages }) => pages),
  );
  return (card) =>
    hasWordsToBring(card) &&
    (card.author === "me" || (card.place === "shared" && agreed.has(card.id)));
};

/** Of the partner's asking: the pages of mine that it is about. */
export const askedOfMine = ({ pages }: BringAsk, cards: readonly Card[]): readonly Card[] =>
  cards.filter(
    ({ id, author, place, withdrawnAt }) =>
      author === "me" && place === "shared" && withdrawnAt === undefined && pages.includes(id),
  );
