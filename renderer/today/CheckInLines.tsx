import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { CheckIn } from "../../shared/page/checkins.ts";
import type { Day } from "../../shared/page/day.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { CheckInSays } from "./CheckInSays.tsx";

type LineProps = { readonly checkIn: CheckIn; readonly label: string };

/** One as a line; its words are behind it. */
export const CheckInLine = ({ checkIn, label }: LineProps) => (
  <div className="line checkin-line">
    <Link href={`/today/${checkIn.card.id}`}>
      <Voice who={checkIn.card.author === "me" ? "mine" : "theirs"}>{label}</Voice>
    </Link>
    <CheckInSays checkIn={checkIn} />
    {checkIn.card.excerpt === "" ? null : (
      <p className="line-words" dir="auto">
        {checkIn.card.excerpt}
      </p>
    )}
  </div>
);

type MineProps = { readonly checkIn: CheckIn | undefined; readonly today: Day };

/** Mine of today, or the way to it. Whoever passes it by hears nothing of that. */
export const MyCheckIn = ({ checkIn, today }: MineProps) => {
  const { t } = useTranslation("today");
  const journal = useJournal();
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  if (checkIn !== undefined)
    return (
      <CheckInLine
        checkIn={checkIn}
        label={t(checkIn.card.place === "draft" ? "checkin.mine" : "checkin.mineShared", names)}
      />
    );
  return (
    <section className="checkin-ask stack">
      <h2>{t("checkin.title")}</h2>
      <p>{t("checkin.text")}</p>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className="btn primary"
          busy={task.busy}
          onPress={() =>
            task.run(
              () => journal.beginPractice({ kind: "checkin", day: today }),
              (page) => navigate(`/today/${page}`),
            )
          }
        >
          {t("checkin.begin")}
        </TaskButton>
      </div>
    </section>
  );
};
