import { useTranslation } from "react-i18next";
import { useDates } from "../ui/useDates.ts";
import { isAnswered, type Thread } from "./threads.ts";

/** How a question stands, in words that hurry nobody. */
export const useThreadWords = (thread: Thread): string => {
  const { t } = useTranslation("questions");
  const dates = useDates();
  const { question, answers, draft } = thread;
  const [first = question.writtenAt, ...again] = question.question.askedAt;
  const lastAsked = again.at(-1);
  const asked =
    lastAsked === undefined
      ? t("state.asked", { day: dates.day(first) })
      : t("state.askedAgain", { day: dates.day(lastAsked) });

  if (question.author === "me") {
    if (answers.some(({ answer }) => !answer.opened)) return `${asked} · ${t("state.closed")}`;
    return isAnswered(thread) ? `${asked} · ${t("state.open")}` : asked;
  }
  if (draft !== undefined) return `${asked} · ${t("state.draftAnswer")}`;
  const last = answers.at(-1);
  if (last !== undefined && isAnswered(thread))
    return `${asked} · ${t("state.answered", { day: dates.day(last.writtenAt) })}`;
  return `${asked} · ${t("state.toAnswer")}`;
};
