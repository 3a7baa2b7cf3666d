import type { Day } from "../../shared/page/card.ts";
import { dayAt, daysFrom, isDay } from "../../shared/page/day.ts";
import { settles } from "../../shared/page/saidDay.ts";
import { isAnswered, type Thread } from "./threads.ts";

/** What was said last, and what was said before it where that was another day. */
type Said = { readonly day: Day; readonly before: Day | undefined };

/**
 * What still holds of "I'll answer by …": nothing once an answer came after it, also where the question is asked again
 * since, or was asked again on a later day. A day that has passed stays as it was said; nothing follows from it.
 */
export const readSaid = (thread: Thread): Said | undefined => {
  const { said, question } = thread;
  const day = said?.days.at(-1);
  if (said === undefined || day === undefined || isAnswered(thread)) return undefined;
  if (thread.answers.some((answer) => settles(answer, said))) return undefined;
  const asked = question.question.askedAt.at(-1) ?? question.writtenAt;
  if (question.question.askedAt.length > 1 && day < dayAt(asked)) return undefined;
  return { day, before: said.days.findLast((earlier) => earlier !== day) };
};

export const dayChoices = ["tonight", "tomorrow", "three", "date"] as const;
export type DayChoice = (typeof dayChoices)[number];

/** @returns undefined where the date field holds no day from today on */
export const chosenDay = (choice: DayChoice, typed: string, now: number): Day | undefined => {
  if (choice === "date") return isDay(typed) && typed >= dayAt(now) ? typed : undefined;
  return daysFrom(now, choice === "tonight" ? 0 : choice === "tomorrow" ? 1 : 3);
};
