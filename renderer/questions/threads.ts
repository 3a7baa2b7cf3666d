import type { PageId } from "../../shared/base/ids.ts";
import type { AnswerCard, Card, QuestionCard } from "../../shared/page/card.ts";

export type AskedCard = Card & { readonly question: QuestionCard };
export type AnsweredCard = Card & { readonly answer: AnswerCard };

/** A question with what belongs to it. Answers in the order they were written, oldest first. */
export type Thread = {
  readonly question: AskedCard;
  readonly answers: readonly AnsweredCard[];
  /** My answer that is not sent. */
  readonly draft: AnsweredCard | undefined;
};

/** Lists keep the order of the cards, newest first. Nothing is ordered or counted by how long it waits. */
type Threads = {
  readonly drafts: readonly AskedCard[];
  readonly mine: readonly Thread[];
  readonly theirs: readonly Thread[];
};

export const readThreads = (cards: readonly Card[]): Threads => {
  const asked = cards.filter(isAsked);
  const threads = asked
    .filter(({ place }) => place === "shared")
    .map((card) => gather(card, cards));
  return {
    drafts: asked.filter(({ place }) => place === "draft"),
    mine: threads.filter(({ question }) => question.author === "me"),
    theirs: threads.filter(({ question }) => question.author === "partner"),
  };
};

export const findThread = (cards: readonly Card[], id: PageId): Thread | undefined => {
  const card = cards.find((each) => each.id === id);
  return card !== undefined && isAsked(card) ? gather(card, cards) : undefined;
};

/** The latest asking: its index into `askedAt`. */
const latestRound = ({ question }: AskedCard): number => question.askedAt.length - 1;

export const isAnswered = ({ question, answers }: Thread): boolean =>
  answers.some(({ answer }) => answer.round >= latestRound(question));

const gather = (question: AskedCard, cards: readonly Card[]): Thread => {
  const answers = cards.filter(isAnswer).filter(({ answer }) => answer.question === question.id);
  return {
    question,
    answers: answers
      .filter(({ place }) => place === "shared")
      .toSorted(
        (one, other) => one.answer.round - other.answer.round || one.writtenAt - other.writtenAt,
      ),
    draft: answers.find(({ place }) => place === "draft"),
  };
};

const isAsked = (card: Card): card is AskedCard => card.question !== undefined;
const isAnswer = (card: Card): card is AnsweredCard => card.answer !== undefined;
