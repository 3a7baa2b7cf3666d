import type { TFunction } from "i18next";
import type { Day } from "../../shared/page/card.ts";
import { dayAt } from "../../shared/page/day.ts";
import type { SayDates } from "../ui/dates.ts";
import { readSaid } from "./saidDay.ts";
import { type AskedCard, isAnswered, type Thread } from "./threads.ts";

export type LineWords = {
  readonly ofThread: (thread: Thread) => string;
  readonly ofDraft: (draft: AskedCard) => string;
};

type LineWordsParts = {
  readonly t: TFunction<["ask", "questions", "app"]>;
  readonly now: number;
  readonly dates: SayDates;
  readonly dayWords: (day: Day) => string;
  readonly names: { readonly partner: string; readonly Partner: string };
};

/** Who asked, when, and how it stands, in words that hurry nobody. */
export const createLineWords = ({ t, now, dates, dayWords, names }: LineWordsParts): LineWords => {
  const asked = ({ author, writtenAt, question, changedAt }: AskedCard): readonly string[] => {
    const [first = writtenAt, ...again] = question.askedAt;
    const last = again.at(-1);
    return [
      author === "me"
        ? t("questions:thread.youAsked", { day: dates.day(first) })
        : t("questions:thread.theyAsked", { ...names, day: dates.day(first) }),
      ...(last === undefined ? [] : [t("questions:thread.askedAgain", { day: dates.day(last) })]),
      ...(changedAt === undefined ? [] : [t("line.changed", { day: dates.day(changedAt) })]),
    ];
  };

  /** A day that was named stands here until it has come; after it, the line says nothing of it. */
  const said = (thread: Thread): string | undefined => {
    const day = readSaid(thread)?.day;
    if (day === undefined || day < dayAt(now)) return undefined;
    return thread.question.author === "me"
      ? t("line.theySaid", { ...names, day: dayWords(day) })
      : t("line.youSaid", { day: dayWords(day) });
  };

  const mine = (thread: Thread): string | undefined => {
    const closed = thread.answers.filter(
      ({ opened, withdrawnAt }) => !opened && withdrawnAt === undefined,
    );
    if (closed.some(({ putOff }) => putOff === undefined)) return t("line.closed");
    if (closed.some(({ putOff }) => putOff === "session")) return t("line.session");
    if (closed.length > 0) return t("line.notToday");
    return isAnswered(thread) ? t("line.answered") : said(thread);
  };

  const theirs = (thread: Thread): string => {
    const { draft } = thread;
    if (draft !== undefined)
      return (draft.draft?.restsUntil ?? 0) > now ? t("line.answerRests") : t("line.answerBegun");
    const last = thread.answers.findLast(({ withdrawnAt }) => withdrawnAt === undefined);
    if (last !== undefined && isAnswered(thread))
      return t("line.youAnswered", { day: dates.day(last.writtenAt) });
    return said(thread) ?? t("line.yourTime");
  };

  return {
    ofThread: (thread) => {
      const { question } = thread;
      if (question.withdrawnAt !== undefined)
        return join([
          question.author === "me" ? t("app:you") : names.Partner,
          t("line.withdrawn"),
          dates.day(question.withdrawnAt),
          ...(thread.draft === undefined ? [] : [t("line.answerBegun")]),
        ]);
      const stands = question.author === "me" ? mine(thread) : theirs(thread);
      return join([...asked(question), ...(stands === undefined ? [] : [stands])]);
    },
    ofDraft: ({ title, excerpt, draft }) => {
      const until = draft?.restsUntil;
      if (until !== undefined && until > now) return t("line.rests", { when: dates.moment(until) });
      return title.trim() === "" && excerpt === ""
        ? join([t("line.onlyHere"), t("line.nothing")])
        : t("line.onlyHere");
    },
  };
};

const join = (parts: readonly string[]): string => parts.join(" · ");
