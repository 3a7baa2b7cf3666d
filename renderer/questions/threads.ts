import { groupBy } from "../../shared/base/group.ts";
import type { PageId } from "../../shared/base/ids.ts";
import {
  type AnswerCard,
  byTime,
  type Card,
  isNewDraft,
  type QuestionCard,
} from "../../shared/page/card.ts";

export type AskedCard = Card & { readonly question: QuestionCard };
export type AnsweredCard = Card & { readonly answer: AnswerCard };

/** A question with what belongs to it. Answers by round, then in the order they were written, oldest first. */
export type Thread = {
  readonly question: AskedCard;
  /** Of whoever was asked. Withdrawn ones too: they stand as a trace. */
  readonly answers: readonly AnsweredCard[];
  /** My new answer that is not sent; never the copy in which an answer is being changed. */
  readonly draft: AnsweredCard | undefined;
  /** "I'll answer by …" of whoever was asked, unless it was taken back: a `byDay` card with at least one day. */
  readonly said: Card | undefined;
};

/** Lists keep the order of the cards, newest first. Nothing is ordered or counted by how long it waits. */
type Threads = {
  /** Questions of mine that are not sent; never the copy in which one is being changed. */
  readonly drafts: readonly AskedCard[];
  readonly mine: readonly Thread[];
  readonly theirs: readonly Thread[];
};

export const readThreads = (cards: readonly Card[]): Threads => {
  const threads = [...indexOf(cards).values()];
  const asked = threads.filter(({ question }) => question.place === "shared");
  return {
    drafts: threads.map(({ question }) => question).filter(isNewDraft),
    mine: asked.filter(({ question }) => question.author === "me"),
    theirs: asked.filter(({ question }) => question.author === "partner"),
  };
};

export const findThread = (cards: readonly Card[], id: PageId): Thread | undefined =>
  indexOf(cards).get(id);

/** The latest asking: its index into `askedAt`. */
const latestRound = ({ question }: AskedCard): number => question.askedAt.length - 1;

/** An answer that was withdrawn answers nothing any more, nor does one to an asking that never was. */
export const isAnswered = ({ question, answers }: Thread): boolean =>
  answers.some(
    ({ answer, withdrawnAt }) =>
      withdrawnAt === undefined && answer.round === latestRound(question),
  );

type Index = ReadonlyMap<PageId, Thread>;

/** A list of cards never changes, so its threads are gathered once, however many screens ask. */
const indices = new WeakMap<readonly Card[], Index>();

const indexOf = (cards: readonly Card[]): Index => {
  const known = indices.get(cards);
  if (known !== undefined) return known;
  const index = gather(cards);
  indices.set(cards, index);
  return index;
};

/** A few walks over the cards, however many questions there are. */
const gather = (cards: readonly Card[]): Index => {
  const answers = groupBy(cards.filter(isAnswer), ({ answer }) => answer.question);
  const days = groupBy(cards.filter(saysDay), ({ of }) => of);
  return new Map(
    cards.filter(isAsked).map((question) => {
      const given = (answers.get(question.id) ?? []).filter(
        ({ author }) => author !== question.author,
      );
      const named = days.get(question.id) ?? [];
      return [
        question.id,
        {
          question,
          answers: given.filter(({ place }) => place === "shared").toSorted(inOrder),
          draft: given.find(isNewDraft),
          said: named
            .filter(({ author }) => author !== question.author)
            .toSorted(byTime)
            .at(-1),
        },
      ];
    }),
  );
};

const inOrder = (one: AnsweredCard, other: AnsweredCard): number =>
  one.answer.round - other.answer.round || byTime(one, other);

const isAsked = (card: Card): card is AskedCard => card.question !== undefined;
const isAnswer = (card: Card): card is AnsweredCard => card.answer !== undefined;
const saysDay = (card: Card): card is Card & { readonly of: PageId } =>
  card.kind === "byDay" &&
  card.place === "shared" &&
  card.of !== undefined &&
  card.withdrawnAt === undefined &&
  card.days.length > 0;
