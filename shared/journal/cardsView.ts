import type { Clock } from "../base/clock.ts";
import type { DeviceId, PageId } from "../base/ids.ts";
import { createCell, type Live } from "../base/live.ts";
import {
  closedKinds,
  type AnswerCard,
  type Card,
  type DraftCard,
  type LetterCard,
  type PutOff,
  type QuestionCard,
} from "../page/card.ts";
import type { PageFacts } from "../page/facts.ts";

/** Where the cards of one list come from. */
export type CardSource = {
  readonly facts: Live<ReadonlyMap<PageId, PageFacts>>;
  readonly place: Card["place"];
};

export type CardsParts = {
  readonly sources: readonly CardSource[];
  readonly isPartner: (device: DeviceId) => boolean;
  readonly opened: Live<ReadonlySet<PageId>>;
  readonly putOff: Live<ReadonlyMap<PageId, PutOff>>;
  readonly clock: Clock;
};

/** The cards of several ledgers as one list, newest first; follows them as they change. */
export const watchCards = ({
  sources,
  isPartner,
  opened,
  putOff,
  clock,
}: CardsParts): Live<readonly Card[]> & { readonly stop: () => void } => {
  const known = new WeakMap<PageFacts, Card>();
  /** The same card for as long as nothing about it changes. */
  const cardOf = (facts: PageFacts, place: Card["place"]): Card => {
    const card = toCard(facts, place, isPartner(facts.owner), opened.read(), putOff.read());
    const before = known.get(facts);
    if (before?.opened === card.opened && before.putOff === card.putOff) return before;
    known.set(facts, card);
    return card;
  };
  const read = (): readonly Card[] => {
    const now = clock.now();
    const sortedAt = (card: Card): number => Math.min(card.writtenAt, now);
    return sources
      .flatMap(({ facts, place }) =>
        [...facts.read().values()]
          .filter(({ whole, kind }) => place !== "shared" || whole || kind === "newer")
          .map((each) => cardOf(each, place)),
      )
      .toSorted((one, other) => sortedAt(other) - sortedAt(one) || (one.id < other.id ? -1 : 1));
  };
  const cell = createCell(read());
  const refresh = (): void => {
    const before = cell.read();
    const now = read();
    const same = now.length === before.length && now.every((card, at) => card === before[at]);
    if (!same) cell.set(now);
  };
  const stops = [
    ...sources.map(({ facts }) => facts.subscribe(refresh)),
    opened.subscribe(refresh),
    putOff.subscribe(refresh),
  ];
  return { ...cell, stop: () => stops.forEach((stop) => stop()) };
};

const toCard = (
  facts: PageFacts,
  place: Card["place"],
  fromPartner: boolean,
  openedPages: ReadonlySet<PageId>,
  putOff: ReadonlyMap<PageId, PutOff>,
): Card => {
  const closes = fromPartner && closedKinds.includes(facts.kind);
  const opened = !closes || openedPages.has(facts.id);
  return {
    id: facts.id,
    kind: facts.kind,
    author: fromPartner ? "partner" : "me",
    place,
    title: opened ? facts.title : "",
    excerpt: opened ? facts.excerpt : "",
    writtenAt: facts.writtenAt,
    changedAt: place === "shared" ? facts.changedAt : undefined,
    withdrawnAt: facts.withdrawnAt,
    dateDoubtful: facts.dateDoubtful,
    opened,
    putOff: opened ? undefined : putOff.get(facts.id),
    question: questionOf(facts),
    answer: answerOf(facts),
    letter: letterOf(facts),
    of: facts.of,
    fits: facts.kind === "nod" ? facts.fits : undefined,
    days: facts.kind === "byDay" ? facts.days : [],
    draft: place === "draft" ? draftOf(facts) : undefined,
  };
};

const questionOf = (facts: PageFacts): QuestionCard | undefined =>
  facts.kind === "question"
    ? {
        need: facts.need ?? "heard",
        depth: facts.depth ?? "meaning",
        askedAt: [facts.writtenAt, ...facts.asks],
        helpsBy: facts.helpsBy,
      }
    : undefined;

const answerOf = ({ kind, question, round, saw }: PageFacts): AnswerCard | undefined =>
  kind === "answer" && question !== undefined ? { question, round, saw } : undefined;

const letterOf = ({ kind, about, pauseHours }: PageFacts): LetterCard | undefined =>
  kind === "letter" ? { about: about ?? "responsibility", pauseHours } : undefined;

const draftOf = ({ changes, restsUntil, pausedUntil }: PageFacts): DraftCard => ({
  changes,
  restsUntil,
  pausedUntil,
});
