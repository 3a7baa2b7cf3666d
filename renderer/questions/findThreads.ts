import type { PageId } from "../../shared/base/ids.ts";
import type { Card, Day, Need } from "../../shared/page/card.ts";
import { dayAt } from "../../shared/page/day.ts";
import { findThread, isAnswered, type Thread } from "./threads.ts";

export type Filters = {
  readonly need: Need | "any";
  readonly state: "any" | "open" | "answered";
  /** Not heeded while only open ones are looked for: nothing lists what one of the two has left unanswered. */
  readonly who: "both" | "me" | "partner";
  readonly from: Day | undefined;
  readonly to: Day | undefined;
};

export const noFilters: Filters = {
  need: "any",
  state: "any",
  who: "both",
  from: undefined,
  to: undefined,
};

/** `below`: the words stand in an answer, or in what belongs to one, and not in the question. */
export type FoundThread = { readonly thread: Thread; readonly below: boolean };

/**
 * The questions that fit, parked ones among them, in the order of the cards: newest first.
 * @param pages what `Journal.find` gave; undefined where no words are looked for
 */
export const findThreads = (
  cards: readonly Card[],
  pages: ReadonlySet<PageId> | undefined,
  filters: Filters,
): readonly FoundThread[] => {
  const questions = pages === undefined ? undefined : questionsOf(cards, pages);
  return cards.flatMap((card) => {
    const thread = findThread(cards, card.id);
    if (thread === undefined || card.draft?.changes !== undefined) return [];
    if (questions !== undefined && !questions.has(card.id)) return [];
    if (!fits(thread, filters)) return [];
    return [{ thread, below: pages !== undefined && !pages.has(card.id) }];
  });
};

/** The questions that pages belong to, however they hang together: an answer, and what was heard of it. */
const questionsOf = (cards: readonly Card[], pages: ReadonlySet<PageId>): ReadonlySet<PageId> => {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const questionOf = (card: Card | undefined, steps = 3): PageId | undefined => {
    if (card === undefined || steps === 0) return undefined;
    if (card.answer !== undefined) return card.answer.question;
    if (card.question !== undefined) return card.draft?.changes ?? card.id;
    return card.of === undefined ? undefined : questionOf(byId.get(card.of), steps - 1);
  };
  return new Set([...pages].flatMap((page) => questionOf(byId.get(page)) ?? []));
};

const fits = (thread: Thread, { need, state, who, from, to }: Filters): boolean => {
  const { question } = thread;
  if (need !== "any" && (question.question.need !== need || question.withdrawnAt !== undefined))
    return false;
  if (state !== "any" && !stands(thread, state)) return false;
  if (state !== "open" && who !== "both" && question.author !== who) return false;
  return question.question.askedAt.some((at) => {
    const day = dayAt(at);
    return (from === undefined || day >= from) && (to === undefined || day <= to);
  });
};

/** What is parked was not asked, and what was withdrawn asks for nothing: neither is open or answered. */
const stands = (thread: Thread, state: "open" | "answered"): boolean => {
  const { place, withdrawnAt } = thread.question;
  if (place !== "shared" || withdrawnAt !== undefined) return false;
  return isAnswered(thread) === (state === "answered");
};
