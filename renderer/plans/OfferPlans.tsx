import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Day } from "../../shared/page/card.ts";
import { dayAt, daysFrom } from "../../shared/page/day.ts";
import { longestSharing } from "../../shared/page/plans.ts";
import { DayField } from "../ui/DayField.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

/** Days that are offered where none was chosen. */
const usualDays = 14;

/** Offering to say one's plans, for some days. A day that cannot be is not offered; the nearest that can is said. */
export const OfferPlans = ({ first, now }: { readonly first: boolean; readonly now: number }) => {
  const { t } = useTranslation("plans");
  const journal = useJournal();
  const names = usePartnerName();
  const dayWords = useDayWords();
  const task = useTask<PageCode | "NOT_PAIRED">();
  const [chosen, setChosen] = useState<Day | undefined>(() => daysFrom(now, usualDays));
  const [today, last] = [dayAt(now), daysFrom(now, longestSharing)];
  const wanted = chosen ?? last;
  const untilDay = wanted < today ? today : wanted > last ? last : wanted;
  return (
    <section className="stack" aria-labelledby="offer-plans">
      <h2 id="offer-plans">{t("offer.title")}</h2>
      <p>{t("offer.text", names)}</p>
      <DayField
        label={t("offer.day")}
        help={t("offer.help", { day: dayWords(last) })}
        value={chosen}
        onChange={setChosen}
      />
      {untilDay === wanted ? null : (
        <p className="note" role="status">
          {t("offer.nearest", { day: dayWords(untilDay) })}
        </p>
      )}
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className={first ? "btn primary" : "btn"}
          busy={task.busy}
          onPress={() => task.run(() => journal.sayPractice({ kind: "planSharing", untilDay }))}
        >
          {t("offer.button", names)}
        </TaskButton>
      </div>
    </section>
  );
};
