import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Talk } from "../../shared/page/talks.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";

/** How long a pause may be that is one press away, minutes. */
const pauses = [10, 30, 60] as const;
const fiveMinutes = 5 * 60_000;

/** A pause is one press, for either, and says when its writer comes back. */
export const TalkPause = ({ talk, now }: { readonly talk: Talk; readonly now: number }) => {
  const { t } = useTranslation("talks");
  const journal = useJournal();
  const dates = useDates();
  const task = useTask<PageCode | "NOT_PAIRED">();
  return (
    <section className="talk-part" aria-labelledby="talk-pause">
      <h2 id="talk-pause">{t("pause.title")}</h2>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        {pauses.map((minutes) => {
          // Hours as people say them: "twenty to nine", not "eight thirty-nine".
          const until = Math.ceil((now + minutes * 60_000) / fiveMinutes) * fiveMinutes;
          const hour = dates.hour(until);
          return (
            <TaskButton
              key={minutes}
              className="btn"
              busy={task.busy}
              onPress={() =>
                task.run(() =>
                  journal.sayPractice({
                    kind: "talkRests",
                    of: talk.card.id,
                    until,
                    line: t("pause.line", { hour }),
                  }),
                )
              }
            >
              {t("pause.button", { hour })}
            </TaskButton>
          );
        })}
      </div>
    </section>
  );
};
