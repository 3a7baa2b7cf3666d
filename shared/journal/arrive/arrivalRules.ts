import type { PageId } from "../../base/ids.ts";
import type { Card, Day, QuestionCard } from "../../page/card.ts";
import { dayAt } from "../../page/day.ts";
import { settles } from "../../page/saidDay.ts";
import { isWithin, mayTellAt } from "./hours.ts";
import type { Away, Settings } from "../journal.ts";

/** What of a reader's settings decides when something of the partner's comes to stand before them. */
export type ArrivalRules = Pick<Settings, "questionsAtOnce" | "quietHours" | "tellTimes" | "away">;

export const restricts = (rules: ArrivalRules): boolean =>
  rules.questionsAtOnce > 0 ||
  rules.quietHours !== undefined ||
  rules.tellTimes !== undefined ||
  rules.away !== undefined;

/** Stepped away at this moment. */
export const awayAt = ({ away }: Pick<Settings, "away">, now: number): Away | undefined =>
  away === "open" || (away !== undefined && away > now) ? away : undefined;

/** My own pages and what is nobody's but mine never wait. */
const isTheirs = ({ place, author }: Card): boolean => place === "shared" && author === "partner";

/** What a page is let in under: its id; each asking again of a question comes in by itself. */
export const namesOf = (card: Card): readonly string[] =>
  isTheirs(card) ? (card.question?.askedAt ?? [0]).map((_, round) => nameOf(card.id, round)) : [];

const nameOf = (page: PageId, round: number): string => (round === 0 ? page : `${page}:${round}`);

export type Chosen = {
  /** Stand before the reader; a question with the askings that do. */
  readonly shown: readonly Card[];
  /** Names that come in now. */
  readonly fresh: readonly string[];
  readonly moreQuestions: boolean;
};

export type ChoiceParts = {
  readonly cards: readonly Card[];
  readonly rules: ArrivalRules;
  readonly isIn: (name: string) => boolean;
  /** ms */
  readonly now: number;
  /** The question as it stood when it had been asked so many times. */
  readonly cutQuestion: (card: Card, question: QuestionCard, rounds: number) => Card;
};

/** What was let in stays; of what waits, the rules say what comes in now. */
export const chooseArrivals = ({ cards, rules, isIn, now, cutQuestion }: ChoiceParts): Chosen => {
  const away = awayAt(rules, now) !== undefined;
  const quiet = away || (rules.quietHours !== undefined && isWithin(rules.quietHours, now));
  const telling = rules.tellTimes === undefined || mayTellAt(rules.tellTimes, now);
  const theirs = new Map(cards.filter(isTheirs).map((card) => [card.id, card]));
  const fresh: string[] = [];

  const questions = readQuestions(cards, isIn);
  const waiting = quiet ? [] : waitingRounds(questions.values());
  const openQuestions = new Set([...questions.values()].filter(isOpen).map(({ card }) => card.id));
  let moreQuestions = false;
  for (const { asked, round } of waiting) {
    const takenUp = asked.takenUpTo >= round;
    if (!takenUp && rules.questionsAtOnce > 0 && openQuestions.size >= rules.questionsAtOnce) {
      moreQuestions = true;
      continue;
    }
    // Those before it wait: it comes after them.
    if (asked.rounds !== round) continue;
    asked.rounds = round + 1;
    fresh.push(nameOf(asked.card.id, round));
    if (isOpen(asked)) openQuestions.add(asked.card.id);
  }

  /** What the other has ended has ended: nobody acts on a yes that stands no more because its end was held back. */
  const passes = ({ kind }: Card): boolean =>
    kind === "end" || (!quiet && (telling || (kind !== "told" && kind !== "addition")));
  const known = new Map<PageId, boolean>();
  /** Nothing dangles: what belongs to a page of theirs that waits, waits too. */
  const stands = (card: Card): boolean => {
    const line: Card[] = [];
    let above: boolean | undefined;
    for (let each: Card | undefined = card; each !== undefined; each = parentOf(each, theirs)) {
      const asked = questions.get(each.id);
      above = asked === undefined ? known.get(each.id) : asked.rounds > 0;
      if (above !== undefined) break;
      // Pages that name each other in a ring wait for nothing.
      known.set(each.id, true);
      line.push(each);
    }
    return line.reduceRight((standing, each) => {
      const stays = isIn(each.id) || (passes(each) && standing);
      known.set(each.id, stays);
      return stays;
    }, above ?? true);
  };

  const shown: Card[] = [];
  for (const card of cards) {
    if (!isTheirs(card)) shown.push(card);
    else if (!stands(card)) continue;
    else if (card.question === undefined) {
      shown.push(card);
      if (!isIn(card.id)) fresh.push(card.id);
    } else {
      const rounds = questions.get(card.id)?.rounds ?? 0;
      const whole = rounds === card.question.askedAt.length;
      shown.push(whole ? card : cutQuestion(card, card.question, rounds));
    }
  }
  return { shown, fresh, moreQuestions };
};

const parentOf = ({ answer, of }: Card, theirs: ReadonlyMap<PageId, Card>): Card | undefined => {
  const parent = answer?.question ?? of;
  return parent === undefined ? undefined : theirs.get(parent);
};

type Asked = {
  readonly card: Card;
  readonly askedAt: readonly number[];
  /** How many askings are let in. */
  rounds: number;
  /** The newest round that the reader has taken up; -1: none. Whoever answers a later round has answered. */
  readonly takenUpTo: number;
};

const isOpen = ({ rounds, takenUpTo }: Asked): boolean => rounds - 1 > takenUpTo;

const readQuestions = (
  cards: readonly Card[],
  isIn: (name: string) => boolean,
): ReadonlyMap<PageId, Asked> => {
  const answered = new Map<PageId, number>();
  const newest = new Map<PageId, Card>();
  for (const card of cards) {
    const { author, answer, place, withdrawnAt } = card;
    if (author !== "me" || answer === undefined) continue;
    answered.set(answer.question, Math.max(answer.round, answered.get(answer.question) ?? 0));
    const before = newest.get(answer.question);
    if (
      place === "shared" &&
      withdrawnAt === undefined &&
      (before?.writtenAt ?? 0) <= card.writtenAt
    )
      newest.set(answer.question, card);
  }
  const promised = new Map<PageId, Day>();
  for (const card of cards) {
    const { author, kind, of, days } = card;
    const day = days.at(-1);
    if (author !== "me" || kind !== "byDay" || of === undefined || day === undefined) continue;
    const answer = newest.get(of);
    const earlier = promised.get(of);
    if (answer !== undefined && settles(answer, card)) continue;
    if (earlier === undefined || earlier < day) promised.set(of, day);
  }
  const questions = new Map<PageId, Asked>();
  for (const card of cards) {
    if (card.question === undefined || !isTheirs(card)) continue;
    const { askedAt } = card.question;
    let rounds = askedAt.length;
    while (rounds > 0 && !isIn(nameOf(card.id, rounds - 1))) rounds--;
    const takenUpTo =
      card.withdrawnAt === undefined
        ? Math.max(answered.get(card.id) ?? -1, coveredBy(promised.get(card.id), askedAt))
        : askedAt.length;
    questions.set(card.id, { card, askedAt, rounds, takenUpTo });
  }
  return questions;
};

/** A day that was named takes up the first asking, and every asking again until that day. */
const coveredBy = (day: Day | undefined, askedAt: readonly number[]): number =>
  day === undefined
    ? -1
    : Math.max(
        0,
        askedAt.findLastIndex((at) => dayAt(at) <= day),
      );

/** Oldest first; an asking again never before the asking that it repeats. */
const waitingRounds = (
  questions: Iterable<Asked>,
): readonly { readonly asked: Asked; readonly round: number }[] => {
  const waiting: { readonly asked: Asked; readonly round: number; readonly at: number }[] = [];
  for (const asked of questions) {
    let at = Number.NEGATIVE_INFINITY;
    for (let round = asked.rounds; round < asked.askedAt.length; round++) {
      at = Math.max(at, asked.askedAt[round] ?? at);
      waiting.push({ asked, round, at });
    }
  }
  return waiting.toSorted(
    (one, other) =>
      one.at - other.at ||
      (one.asked.card.id < other.asked.card.id
        ? -1
        : one.asked.card.id > other.asked.card.id
          ? 1
          : one.round - other.round),
  );
};
