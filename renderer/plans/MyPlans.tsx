import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { planEnds, type PlanSharing } from "../../shared/page/plans.ts";
import { SayLine } from "../ui/SayLine.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { PlanLine } from "./PlanLine.tsx";

type MyPlansProps = {
  readonly sharing: PlanSharing;
  readonly plans: readonly Card[];
  readonly now: number;
};

/** What I offered, and where it stands the field to say a plan with. */
export const MyPlans = ({ sharing, plans, now }: MyPlansProps) => {
  const { t } = useTranslation("plans");
  const journal = useJournal();
  const names = usePartnerName();
  const dayWords = useDayWords();
  const ended = useEnded();
  const saying = useTask<PageCode | "NOT_PAIRED">();
  const ending = useTask<PageCode>();
  const { card, until, standing } = sharing;
  const agreed = standing.state === "agreed";
  return (
    <section className="stack" aria-labelledby="my-plans">
      <h2 id="my-plans">{t("mine.title")}</h2>
      <Voice who="mine">
        {t(agreed ? "mine.stands" : "mine.offered", { ...names, day: dayWords(until) })}
      </Voice>
      {plans.map((plan) => (
        <PlanLine key={plan.id} plan={plan} />
      ))}
      {saying.code === undefined ? null : <Trouble group="page" code={saying.code} />}
      {agreed && !ended ? (
        <SayLine
          label={t("say.label")}
          help={t("say.help")}
          openers={[t("say.home"), t("say.late"), t("say.with")]}
          button={t("say.button", names)}
          busy={saying.busy}
          onSay={(line, said) =>
            saying.run(
              () => journal.sayPractice({ kind: "plan", line, until: planEnds(now) }),
              () => said(),
            )
          }
        />
      ) : null}
      {ending.code === undefined ? null : <Trouble group="page" code={ending.code} />}
      {ended ? null : (
        <div className="row">
          <TaskButton
            className="btn quiet"
            busy={ending.busy}
            onPress={() => ending.run(() => journal.endIt(card.id))}
          >
            {t(agreed ? "mine.end" : "mine.takeBack")}
          </TaskButton>
        </div>
      )}
    </section>
  );
};
