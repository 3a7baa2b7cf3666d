import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useLocation } from "wouter";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { findEmptyDraft } from "../ui/emptyDraft.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useDates } from "../ui/useDates.ts";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";
import { CardLine } from "./CardLine.tsx";
import { byMonth } from "./months.ts";

export const JournalList = () => {
  const { t } = useTranslation("journal");
  const journal = useJournal();
  const { clock } = useSurroundings();
  const dates = useDates();
  const [, navigate] = useLocation();
  const task = useTask<StoreCode>();
  const cards = useLive(journal.cards);
  const months = useMemo(
    () =>
      byMonth(
        cards.filter(({ kind }) => kind === "entry" || kind === "newer"),
        clock.now(),
      ),
    [cards, clock],
  );
  const write = () => {
    const begun = findEmptyDraft(cards, "entry");
    if (begun !== undefined) navigate(`/journal/${begun.id}`);
    else task.run(journal.draftEntry, (id) => navigate(`/journal/${id}`));
  };

  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {months.length === 0 ? null : (
          <Button className="btn primary" onPress={write}>
            {t("write")}
          </Button>
        )}
      </div>
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
      {months.length === 0 ? (
        <EmptyPlace
          title={t("empty.title")}
          text={t("empty.text")}
          first={t("empty.first")}
          onFirst={write}
        />
      ) : (
        months.map((month) => (
          <section key={month.start} aria-label={dates.month(month.start)}>
            <h2 className="month">{dates.month(month.start)}</h2>
            <ul className="lines">
              {month.cards.map((card) => (
                <CardLine key={card.id} card={card} to={`/journal/${card.id}`} />
              ))}
            </ul>
          </section>
        ))
      )}
    </div>
  );
};
