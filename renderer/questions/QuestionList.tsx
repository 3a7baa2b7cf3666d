import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { findEmptyDraft } from "../ui/emptyDraft.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { type AskedCard, readThreads, type Thread } from "./threads.ts";
import { useThreadWords } from "./useThreadWords.ts";

export const QuestionList = () => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const names = usePartnerName();
  const cards = useLive(journal.cards);
  const [, navigate] = useLocation();
  const task = useTask<StoreCode>();
  const { drafts, mine, theirs } = useMemo(() => readThreads(cards), [cards]);
  const none = drafts.length + mine.length + theirs.length === 0;
  const ask = () => {
    const begun = findEmptyDraft(cards, "question");
    if (begun !== undefined) navigate(`/questions/${begun.id}`);
    else task.run(journal.draftQuestion, (id) => navigate(`/questions/${id}`));
  };
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {none ? null : (
          <Button className="btn primary" onPress={ask}>
            {t("ask")}
          </Button>
        )}
      </div>
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
      {none ? (
        <EmptyPlace
          title={t("empty.title")}
          text={t("empty.text")}
          first={t("empty.first")}
          onFirst={ask}
        />
      ) : (
        <>
          {drafts.length === 0 ? null : (
            <section>
              <h2 className="month">{t("drafts")}</h2>
              <ul className="lines">
                {drafts.map((card) => (
                  <DraftLine key={card.id} card={card} />
                ))}
              </ul>
            </section>
          )}
          <ThreadList title={t("theirs", names)} none={t("noneTheirs")} threads={theirs} />
          <ThreadList title={t("mine")} none={t("noneMine")} threads={mine} />
        </>
      )}
    </div>
  );
};

type ThreadListProps = {
  readonly title: string;
  readonly none: string;
  readonly threads: readonly Thread[];
};

const ThreadList = ({ title, none, threads }: ThreadListProps) => (
  <section>
    <h2 className="month">{title}</h2>
    {threads.length === 0 ? (
      <p className="quiet-state">{none}</p>
    ) : (
      <ul className="lines">
        {threads.map((thread) => (
          <ThreadLine key={thread.question.id} thread={thread} />
        ))}
      </ul>
    )}
  </section>
);

const ThreadLine = ({ thread }: { readonly thread: Thread }) => {
  const words = useThreadWords(thread);
  const { question } = thread;
  return (
    <li>
      <Link href={`/questions/${question.id}`} className="line">
        <Voice who={question.author === "me" ? "mine" : "theirs"}>{words}</Voice>
        <QuestionWords card={question} />
      </Link>
    </li>
  );
};

const DraftLine = ({ card }: { readonly card: AskedCard }) => {
  const { t } = useTranslation("questions");
  return (
    <li>
      <Link href={`/questions/${card.id}`} className="line">
        <Voice who="mine">{t("state.draft")}</Voice>
        <QuestionWords card={card} />
      </Link>
    </li>
  );
};

const QuestionWords = ({ card }: { readonly card: AskedCard }) => {
  const { t } = useTranslation("questions");
  return (
    <>
      <h3 className="line-title" dir="auto">
        {card.title === "" ? t("thread.untitled") : card.title}
      </h3>
      {card.excerpt === "" ? null : (
        <p className="line-words" dir="auto">
          {card.excerpt}
        </p>
      )}
    </>
  );
};
