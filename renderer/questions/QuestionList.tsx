import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useLocation } from "wouter";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { ArrivalsNote } from "./ArrivalsNote.tsx";
import { EnoughButton, EnoughForToday } from "./EnoughForToday.tsx";
import { findBegun } from "./findBegun.ts";
import { FindQuestions, isSearching, noSearch } from "./FindQuestions.tsx";
import { FoundQuestions } from "./FoundQuestions.tsx";
import { KeptForSession } from "./KeptForSession.tsx";
import { ParkingPlace } from "./ParkingPlace.tsx";
import { ThreadList } from "./ThreadList.tsx";
import { readThreads } from "./threads.ts";
import { useLineWords } from "./useLineWords.ts";

export const QuestionList = () => {
  const enough = useLive(useJournal().enough);
  return enough ? <EnoughForToday /> : <OpenPlace />;
};

const OpenPlace = () => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const names = usePartnerName();
  const cards = useLive(journal.cards);
  const [, navigate] = useLocation();
  const task = useTask<StoreCode>();
  const words = useLineWords();
  const [search, setSearch] = useState(noSearch);
  const askedOfMe = useRef<HTMLHeadingElement>(null);
  const { drafts, mine, theirs } = useMemo(() => readThreads(cards), [cards]);
  const none = drafts.length + mine.length + theirs.length === 0;
  const ask = () => {
    const begun = findBegun(drafts);
    if (begun !== undefined) navigate(`/questions/${begun.id}`);
    else task.run(journal.draftQuestion, (id) => navigate(`/questions/${id}`));
  };
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {none ? null : (
          <div className="row">
            <EnoughButton />
            <Button className="btn primary" onPress={ask}>
              {t("ask")}
            </Button>
          </div>
        )}
      </div>
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
      <ArrivalsNote onLetIn={() => askedOfMe.current?.focus()} />
      {none ? (
        <EmptyPlace
          title={t("empty.title")}
          text={t("empty.text")}
          first={t("empty.first")}
          onFirst={ask}
        />
      ) : (
        <>
          <FindQuestions search={search} onChange={setSearch} />
          {isSearching(search) ? (
            <FoundQuestions cards={cards} search={search} words={words} />
          ) : (
            <>
              <ThreadList
                heading={askedOfMe}
                title={t("theirs", names)}
                none={t("noneTheirs")}
                threads={theirs}
                words={words}
              />
              <ThreadList title={t("mine")} none={t("noneMine")} threads={mine} words={words} />
              <KeptForSession cards={cards} />
              <ParkingPlace drafts={drafts} words={words} />
            </>
          )}
        </>
      )}
    </div>
  );
};
