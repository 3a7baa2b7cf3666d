import type { Clock } from "../base/clock.ts";
import type { DeviceId, PageId } from "../base/ids.ts";
import { createCell, type Live } from "../base/live.ts";
import type { AnswerCard, Card, QuestionCard } from "../page/card.ts";
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
  readonly clock: Clock;
};

/** The cards of several ledgers as one list, newest first; follows them as they change. */
export const watchCards = ({
  sources,
  isPartner,
  opened,
  clock,
}: CardsParts): Live<readonly Card[]> & { readonly stop: () => void } => {
  const read = (): readonly Card[] => {
    const now = clock.now();
    const sortedAt = (card: Card): number => Math.min(card.writtenAt, now);
    return sources
      .flatMap(({ facts, place }) =>
        [...facts.read().values()]
          .filter(({ whole, kind }) => place !== "shared" || whole || kind === "newer")
          .map((known) => toCard(known, place, isPartner(known.owner), opened.read())),
      )
      .toSorted((one, other) => sortedAt(other) - sortedAt(one) || (one.id < other.id ? -1 : 1));
  };
  const cell = createCell(read());
  const refresh = (): void => cell.set(read());
  const stops = [
    ...sources.map(({ facts }) => facts.subscribe(refresh)),
    opened.subscribe(refresh),
  ];
  return { ...cell, stop: () => stops.forEach((stop) => stop()) };
};

const toCard = (
  facts: PageFacts,
  place: Card["place"],
  fromPartner: boolean,
  opened: ReadonlySet<PageId>,
): Card => {
  const answer = answerOf(facts, fromPartner, opened);
  const closed = answer !== undefined && !answer.opened;
  return {
    id: facts.id,
    kind: facts.kind,
    author: fromPartner ? "partner" : "me",
    place,
    title: closed ? "" : facts.title,
    excerpt: closed ? "" : facts.excerpt,
    writtenAt: facts.writtenAt,
    changedAt: place === "shared" ? facts.changedAt : undefined,
    dateDoubtful: facts.dateDoubtful,
    question: questionOf(facts),
    answer,
  };
};

const questionOf = (facts: PageFacts): QuestionCard | undefined =>
  facts.kind === "question"
    ? {
        need: facts.need ?? "heard",
        depth: facts.depth ?? "meaning",
        askedAt: [facts.writtenAt, ...facts.asks],
      }
    : undefined;

const answerOf = (
  facts: PageFacts,
  fromPartner: boolean,
  opened: ReadonlySet<PageId>,
): AnswerCard | undefined =>
  facts.kind === "answer" && facts.question !== undefined
    ? { question: facts.question, round: facts.round, opened: !fromPartner || opened.has(facts.id) }
    : undefined;
