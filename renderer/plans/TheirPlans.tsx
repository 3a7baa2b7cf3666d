import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import type { PlanSharing } from "../../shared/page/plans.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { PlanLine } from "./PlanLine.tsx";

type TheirPlansProps = { readonly sharing: PlanSharing; readonly plans: readonly Card[] };

/** What the other offers and says. Where nothing was said, nothing is said about that. */
export const TheirPlans = ({ sharing, plans }: TheirPlansProps) => {
  const { t } = useTranslation("plans");
  const journal = useJournal();
  const names = usePartnerName();
  const dayWords = useDayWords();
  const ended = useEnded();
  const task = useTask<PageCode>();
  const { card, until, standing } = sharing;
  const agreed = standing.state === "agreed";
  return (
    <section className="stack" aria-labelledby="their-plans">
      <h2 id="their-plans">{t("theirs.title", names)}</h2>
      <Voice who="theirs">
        {t(agreed ? "theirs.stands" : "theirs.offered", { ...names, day: dayWords(until) })}
      </Voice>
      {plans.map((plan) => (
        <PlanLine key={plan.id} plan={plan} />
      ))}
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {ended ? null : (
        <div className="row">
          {agreed ? null : (
            <TaskButton
              className="btn primary"
              busy={task.busy}
              onPress={() => task.run(() => journal.agreeTo(card.id))}
            >
              {t("theirs.yes")}
            </TaskButton>
          )}
          <TaskButton
            className={agreed ? "btn quiet" : "btn"}
            busy={task.busy}
            onPress={() => task.run(() => journal.endIt(card.id))}
          >
            {t(agreed ? "theirs.end" : "theirs.no")}
          </TaskButton>
        </div>
      )}
    </section>
  );
};
