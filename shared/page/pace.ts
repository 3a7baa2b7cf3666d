import type { PageId } from "../base/ids.ts";
import { byTime, type Card } from "./card.ts";
import { dayAt } from "./day.ts";
import type { PaceCard } from "./paceDeck.ts";
import { isAnswer, isLaid, readShown } from "./paceRound.ts";
import { saidOf } from "./said.ts";

/**
 * How the pace cards lie. mine: I laid mine, and the other has not laid theirs beside · theirs: the other laid theirs,
 * and there is nothing to see of them before I lay mine · answered: both lie, and the other's Twofold has not turned
 * them yet.
 */
export type PaceView = {
  readonly state: "none" | "mine" | "theirs" | "answered";
  /** What both chose when they last lay side by side. */
  readonly last: { readonly both: readonly PaceCard[]; readonly at: number } | undefined;
  /** Once a day is enough. */
  readonly again: boolean;
};

/** Judging a message takes a moment; each is judged once. */
export type PaceJudge = {
  readonly isLaid: typeof isLaid;
  readonly isAnswer: typeof isAnswer;
  readonly readShown: typeof readShown;
};

export const createPaceJudge = (): PaceJudge => {
  const remembered = <Asked extends readonly unknown[], Answer>(
    judge: (...asked: Asked) => Answer,
  ): ((...asked: Asked) => Answer) => {
    const known = new Map<string, Answer>();
    return (...asked) => {
      const name = JSON.stringify(asked);
      const before = known.get(name);
      if (before !== undefined) return before;
      const answer = judge(...asked);
      if (known.size >= mostRemembered) known.clear();
      known.set(name, answer);
      return answer;
    };
  };
  return {
    isLaid: remembered(isLaid),
    isAnswer: remembered(isAnswer),
    readShown: remembered(readShown),
  };
};

/** More than there is to judge at once. */
const mostRemembered = 64;

/**
 * Rounds of the other, answers to a round, and what was shown of an answer: of each there is one, or two where somebody
 * has two computers. More than these only a changed app writes, and nobody's screen stands still to judge them.
 */
const mostJudged = 4;

export type PaceLaid = { readonly card: Card; readonly cards: string };

export type PacePages = {
  readonly laid: readonly PaceLaid[];
  /** By the round's page: answers by the other of the two, oldest first. */
  readonly answers: (round: Card) => readonly PaceLaid[];
  /** By the answer's page: what whoever laid the cards has shown of it. */
  readonly shown: (answer: Card, round: Card) => readonly PaceLaid[];
  /** Whether the other of the two has answered this round at any time, also where that was taken back. */
  readonly wasAnswered: (round: Card) => boolean;
  /** Whether it is over: its answer was taken back. */
  readonly isOver: (round: Card) => boolean;
};

const isPace = (kind: Card["kind"]): boolean =>
  kind === "pace" || kind === "paceAnswer" || kind === "paceShown";

/** Rounds that are there, newest first, with what was answered to each and what was shown of it: as many as are judged. */
export const readPacePages = (cards: readonly Card[]): PacePages => {
  const ever = cards.filter(({ place, kind }) => place === "shared" && isPace(kind));
  const there = ever.filter(({ withdrawnAt }) => withdrawnAt === undefined);
  const of = (kind: "pace" | "paceAnswer" | "paceShown"): readonly PaceLaid[] =>
    there.toSorted(byTime).flatMap((card) => {
      const said = card.kind === kind ? saidOf(kind, card.said)?.cards : undefined;
      return said === undefined ? [] : [{ card, cards: said }];
    });
  const [answers, shown] = [of("paceAnswer"), of("paceShown")];
  const answersRound = (card: Card, round: Card): boolean =>
    card.kind === "paceAnswer" && card.of === round.id && card.author !== round.author;
  const answersTo = (round: Card): readonly PaceLaid[] =>
    answers.filter(({ card }) => answersRound(card, round)).slice(0, mostJudged);
  const rounds = of("pace").toReversed();
  const theirs = rounds.filter(({ card }) => card.author === "partner").slice(0, mostJudged);
  return {
    laid: rounds.filter((round) => round.card.author === "me" || theirs.includes(round)),
    answers: answersTo,
    shown: (answer, round) =>
      shown
        .filter(({ card }) => card.of === answer.id && card.author === round.author)
        .slice(0, mostJudged),
    wasAnswered: (round) => ever.some((card) => answersRound(card, round)),
    isOver: (round) =>
      answersTo(round).length === 0 &&
      ever.some((card) => card.withdrawnAt !== undefined && answersRound(card, round)),
  };
};

/** What lies side by side and was turned; judged, so that nothing is believed. */
export type PaceDone = {
  readonly round: PageId;
  readonly both: readonly PaceCard[];
  /** When I laid mine of it: by no clock but my own. */
  readonly at: number;
};

/** Newest first. */
export const allPaceDone = (pages: PacePages, judge: PaceJudge): readonly PaceDone[] =>
  pages.laid
    .flatMap((round) => doneOf(round, pages, judge) ?? [])
    .toSorted((one, other) => other.at - one.at);

const doneOf = (
  { card: round, cards: laid }: PaceLaid,
  pages: PacePages,
  judge: PaceJudge,
): PaceDone | undefined => {
  for (const { card: answer, cards } of pages.answers(round))
    for (const { cards: shown } of pages.shown(answer, round)) {
      const both = judge.readShown({ page: round.id, laid, answer: cards }, shown);
      const mine = round.author === "me" ? round : answer;
      if (both.ok) return { round: round.id, both: both.value, at: mine.writtenAt };
    }
  return undefined;
};

/** What I laid and have shown nothing of, the newest. One whose answer was taken back is over. */
export const myRound = (pages: PacePages): PaceLaid | undefined =>
  pages.laid.find(
    ({ card }) =>
      card.author === "me" &&
      !pages.isOver(card) &&
      pages.answers(card).every((answer) => pages.shown(answer.card, card).length === 0),
  );

/**
 * What the other laid and I have never laid mine beside, the newest. What cannot be judged is as if it were not there.
 * Where both laid at once, the one with the lower id is the round, on both sides: else each could take theirs back to
 * answer the other's.
 */
export const theirRound = (pages: PacePages, judge: PaceJudge): PaceLaid | undefined => {
  const mine = myRound(pages);
  return pages.laid.find(
    ({ card, cards }) =>
      card.author === "partner" &&
      (mine === undefined || card.id < mine.card.id) &&
      !pages.wasAnswered(card) &&
      judge.isLaid(card.id, cards),
  );
};

export const readPace = (cards: readonly Card[], now: number, judge: PaceJudge): PaceView => {
  const pages = readPacePages(cards);
  const done = allPaceDone(pages, judge)[0];
  const theirs = theirRound(pages, judge);
  const waits = pages.laid.some(
    (round) =>
      round.card.author === "partner" &&
      pages.answers(round.card).some((answer) => pages.shown(answer.card, round.card).length === 0),
  );
  return {
    state:
      theirs !== undefined
        ? "theirs"
        : myRound(pages) !== undefined
          ? "mine"
          : waits
            ? "answered"
            : "none",
    last: done === undefined ? undefined : { both: done.both, at: done.at },
    again: theirs === undefined ? mayLay(cards, now) : mayAnswer(cards, now),
  };
};

const saidToday = (
  cards: readonly Card[],
  now: number,
  kinds: readonly Card["kind"][],
): boolean => {
  const today = dayAt(now);
  return cards.some(
    ({ kind, author, place, writtenAt }) =>
      author === "me" && place === "shared" && kinds.includes(kind) && dayAt(writtenAt) === today,
  );
};

/** By my own clock; what was taken back counts as well, or a round could be tried again and again. */
export const mayLay = (cards: readonly Card[], now: number): boolean =>
  !saidToday(cards, now, ["pace", "paceAnswer", "paceShown"]);

/** One that I laid and nobody answered keeps me from nothing: it is taken back first. */
export const mayAnswer = (cards: readonly Card[], now: number): boolean =>
  !saidToday(cards, now, ["paceAnswer", "paceShown"]);
