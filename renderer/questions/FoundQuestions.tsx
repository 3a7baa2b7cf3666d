import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Card } from "../../shared/page/card.ts";
import type { Search } from "./FindQuestions.tsx";
import { findThreads, type FoundThread } from "./findThreads.ts";
import { type Line, lineOf, Lines } from "./QuestionLines.tsx";
import { useFound } from "./useFound.ts";
import type { LineWords } from "./lineWords.ts";

type FoundQuestionsProps = {
  readonly cards: readonly Card[];
  readonly search: Search;
  readonly words: LineWords;
};

/** What was found, newest first. A number of them is said nowhere. */
export const FoundQuestions = ({ cards, search, words }: FoundQuestionsProps) => {
  const { t } = useTranslation("ask");
  const sought = search.words.trim();
  const found = useFound(sought, cards);
  const { filters } = search;
  const threads = useMemo(
    () =>
      sought !== "" && found === undefined
        ? undefined
        : findThreads(cards, sought === "" ? undefined : found?.pages, filters),
    [cards, sought, found, filters],
  );
  const says =
    threads === undefined || (sought !== "" && found?.words !== sought)
      ? t("find.looking")
      : t(threads.length === 0 ? "find.nothing" : "find.shown");
  const read = ({ thread, below }: FoundThread): Line => {
    const { question } = thread;
    const stands = question.place === "draft" ? words.ofDraft(question) : words.ofThread(thread);
    return lineOf(question, below ? `${stands} · ${t("line.below")}` : stands);
  };
  return (
    <section>
      <h2 className="month">{t("find.results")}</h2>
      <div className="stack">
        <p role="status" className="quiet-state">
          {says}
        </p>
        {threads === undefined || threads.length === 0 ? null : (
          <Lines
            key={`${sought} ${Object.values(filters).join(" ")}`}
            items={threads}
            read={read}
          />
        )}
      </div>
    </section>
  );
};
