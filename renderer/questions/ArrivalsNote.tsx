import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";

type ArrivalsNoteProps = {
  /** The pressed button goes away: where the focus goes. */
  readonly onLetIn: () => void;
};

/** What this reader keeps outside for now, said without a number, and the way to let it in. */
export const ArrivalsNote = ({ onLetIn }: ArrivalsNoteProps) => {
  const { t } = useTranslation("ask");
  const journal = useJournal();
  const dates = useDates();
  const { quietUntil, moreQuestions } = useLive(journal.arrivals);
  const task = useTask<PageCode>();
  const quiet = quietUntil !== undefined;
  const waits = quiet || moreQuestions;
  return (
    <div className={waits ? "aside-note arrivals" : undefined}>
      <p role="status" className="arrivals-words">
        {quiet
          ? t("arrivals.quiet", { when: dates.moment(quietUntil) })
          : moreQuestions
            ? t("arrivals.more")
            : ""}
      </p>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {waits ? (
        <TaskButton
          className="btn quiet"
          busy={task.busy}
          onPress={() => task.run(journal.letIn, onLetIn)}
        >
          {quiet ? t("arrivals.look") : t("arrivals.letIn")}
        </TaskButton>
      ) : null}
    </div>
  );
};
