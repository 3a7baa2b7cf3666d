import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { type Pillar, pillars } from "../../shared/page/said.ts";
import { type Month, readMilestonesAsked, readTimeline } from "../../shared/page/timeline.ts";
import { Choice } from "../ui/Choice.tsx";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";
import { JumpToMonth } from "./JumpToMonth.tsx";
import { MilestoneLines } from "./MilestoneLines.tsx";
import { MonthList } from "./MonthList.tsx";
import { YearThread } from "./YearThread.tsx";

const lenses = ["all", ...pillars] as const;
type Lens = (typeof lenses)[number];

/** What the two have behind them, month by month. Nothing here says how far it still is, or how they are doing. */
export const TimelinePlace = () => {
  const { t } = useTranslation("timeline");
  const journal = useJournal();
  const { clock } = useSurroundings();
  const cards = useLive(journal.cards);
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const [lens, setLens] = useState<Lens>("all");
  const [from, setFrom] = useState<Month>();
  const through: Pillar | undefined = lens === "all" ? undefined : lens;
  const months = useMemo(() => readTimeline(cards, clock.now(), through), [cards, clock, through]);
  const asked = useMemo(() => readMilestonesAsked(cards), [cards]);
  const drafts = cards.filter(({ kind, place }) => kind === "milestone" && place === "draft");
  const propose = () =>
    task.run(
      () => journal.beginPractice({ kind: "milestone" }),
      (draft) => navigate(`/timeline/${draft}`),
    );
  const none = months.length + asked.length + drafts.length === 0;
  const newest = months.find(({ month }) => from === undefined || month <= from);
  const year = newest?.month.slice(0, 4);
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {none && lens === "all" ? null : (
          <TaskButton className="btn primary" busy={task.busy} onPress={propose}>
            {t("propose")}
          </TaskButton>
        )}
      </div>
      <Nearby side="timeline" />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {none && lens === "all" ? (
        <EmptyPlace
          title={t("empty.title")}
          text={t("empty.text")}
          first={t("empty.first")}
          onFirst={propose}
        />
      ) : (
        <>
          <MilestoneLines asked={asked} drafts={drafts} />
          <Choice<Lens>
            across
            label={t("lens.label")}
            help={t(`lensHelp.${lens}`)}
            options={lenses.map((value) => ({ value, label: t(`lens.${value}`) }))}
            value={lens}
            onChange={(next) => {
              setLens(next);
              setFrom(undefined);
            }}
          />
          {year === undefined ? (
            <p className="quiet-state">{t("noneHere")}</p>
          ) : (
            <>
              <YearThread year={year} months={months} />
              <JumpToMonth months={months} at={newest?.month} onJump={setFrom} />
              <MonthList key={lens} months={months} from={from} onFrom={setFrom} />
            </>
          )}
        </>
      )}
    </div>
  );
};
