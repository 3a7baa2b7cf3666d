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

/** Said for one moment, or about another page, or kept where no button sends it: nothing that is brought anywhere. */
const staying: readonly (PageKind | "newer")[] = [
  ...wordlessKinds,
  "newer",
  "bring",
  "hand",
  "plan",
  "truce",
  "talkBegins",
  "talkRests",
  "talkEnds",
  "cue",
  "helps",
  "supporter",
  "pace",
  "paceAnswer",
  "paceShown",
  "paceKey",
];

/** Its words are here to be read, by whoever wrote them. */
export const hasWordsToBring = (card: Card): boolean =>
  card.opened &&
  card.place !== "room" &&
  card.withdrawnAt === undefined &&
  card.trashedAt === undefined &&
  card.draft?.changes === undefined &&
  !staying.includes(card.kind) &&
  (card.title !== "" || card.excerpt !== "" || card.hasPhotos);

/** Whoever proposes words of the vision to agree to sends what both wrote on it. */
export const isOfBoth = ({ kind }: Card): boolean => kind === "visionVersion";

/** Words of the partner's stand on it, so that bringing it takes their yes. */
export const holdsTheirs = (card: Card): boolean => card.author === "partner" || isOfBoth(card);

const holdsMine = (card: Card): boolean => card.author === "me" || isOfBoth(card);

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
    (!holdsTheirs(card) || (card.place === "shared" && agreed.has(card.id)));
};

/** Of the partner's asking: the pages that it is about with words of mine. */
export const askedOfMine = ({ pages }: BringAsk, cards: readonly Card[]): readonly Card[] =>
  cards.filter(
    (card) =>
      holdsMine(card) &&
      card.place === "shared" &&
      card.withdrawnAt === undefined &&
      pages.includes(card.id),
  );
