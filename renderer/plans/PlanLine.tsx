import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { lastsUntil } from "../../shared/page/expiry.ts";
import { saidOf } from "../../shared/page/said.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";

/** One plan, as long as it holds. When it was said is told by the day alone. */
export const PlanLine = ({ plan }: { readonly plan: Card }) => {
  const { t } = useTranslation(["plans", "app"]);
  const journal = useJournal();
  const dates = useDates();
  const ended = useEnded();
  const task = useTask<PageCode>();
  const mine = plan.author === "me";
  const goes = lastsUntil(plan);
  return (
    <div className={mine ? "plan-line mine" : "plan-line theirs"}>
      <p dir="auto">{saidOf("plan", plan.said)?.line}</p>
      <p className="help">
        {t("said", { day: dates.day(plan.writtenAt) })}
        {plan.dateDoubtful || goes === undefined ? "" : ` ${t("goes", { day: dates.day(goes) })}`}
        {plan.dateDoubtful ? ` ${t("app:dates.doubtful")}` : ""}
      </p>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {mine && !ended ? (
        <TaskButton
          className="btn quiet"
          busy={task.busy}
          onPress={() => task.run(() => journal.withdraw(plan.id))}
        >
          {t("takeBack")}
        </TaskButton>
      ) : null}
    </div>
  );
};
