import type { PageId } from "../../shared/base/ids.ts";
import {
  byTime,
  type Card,
  isNewDraft,
  type LetterKind,
  type PageKind,
} from "../../shared/page/card.ts";

/** What lies in this place: letters, a disclosure, something you should know, and what belongs beside them. */
const paperKinds = ["told", "disclosure", "addition", "letter", "reply"] as const;
type PaperKind = (typeof paperKinds)[number];
export type Paper = Card & { readonly kind: PaperKind };

/** What one chooses to write; a letter is of one of two kinds. */
export const writeKinds = ["told", "responsibility", "impact", "disclosure", "addition"] as const;
export type WriteKind = (typeof writeKinds)[number];

type Papers = {
  readonly writing: readonly Paper[];
  readonly came: readonly Paper[];
  readonly sent: readonly Paper[];
};

const isPaper = (card: Card): card is Paper =>
  (paperKinds as readonly (PageKind | "newer")[]).includes(card.kind);

/** In the order of the cards, newest first: nothing is sorted by how long it waits. */
export const readPapers = (cards: readonly Card[]): Papers => {
  const papers = cards.filter(isPaper);
  return {
    writing: papers.filter(({ place }) => place === "draft"),
    came: papers.filter(({ place, author }) => place === "shared" && author === "partner"),
    sent: papers.filter(({ place, author }) => place === "shared" && author === "me"),
  };
};

export const findPaper = (cards: readonly Card[], id: PageId): Paper | undefined =>
  cards.filter(isPaper).find((card) => card.id === id);

/** Additions to a disclosure, replies to a letter: as they came, oldest first. */
export const readBeside = (cards: readonly Card[], page: PageId): readonly Paper[] =>
  cards
    .filter(isPaper)
    .filter(({ of, place }) => of === page && place === "shared")
    .toSorted(byTime);

/** The unsent addition or reply that belongs to this page. A change of one that was sent is none. */
export const findUnsent = (cards: readonly Card[], page: PageId): Paper | undefined =>
  cards.filter(isPaper).find((card) => card.of === page && isNewDraft(card));

/** One that was begun and left without a word: writing goes on there instead of leaving one more behind. */
export const findBegun = (
  cards: readonly Card[],
  kind: "told" | "letter",
  about?: LetterKind,
): Paper | undefined =>
  readPapers(cards).writing.find(
    (card) =>
      card.kind === kind &&
      card.letter?.about === about &&
      card.title === "" &&
      card.excerpt === "" &&
      isNewDraft(card),
  );

/** Mine: the draft that is under way, or what was delivered. There is one of a person. */
export const findMyDisclosure = (cards: readonly Card[]): Paper | undefined => {
  const mine = cards
    .filter(isPaper)
    .filter(
      ({ kind, author, draft }) =>
        kind === "disclosure" && author === "me" && draft?.changes === undefined,
    );
  return (
    mine.find(({ place, withdrawnAt }) => place === "shared" && withdrawnAt === undefined) ??
    mine.find(({ place }) => place === "draft") ??
    mine[0]
  );
};

/** Who can still change it: what was delivered as a whole is not changed afterwards. */
export const canChange = ({ kind }: Paper): boolean => kind !== "disclosure" && kind !== "addition";

/** What its writer has taken back is not replied to any more. */
export const isReplyToWithdrawn = (cards: readonly Card[], { kind, of }: Paper): boolean =>
  kind === "reply" && cards.some(({ id, withdrawnAt }) => id === of && withdrawnAt !== undefined);
