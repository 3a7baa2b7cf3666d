import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/journal.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import type { AnsweredCard } from "./threads.ts";

type ClosedAnswerProps = { readonly card: AnsweredCard; readonly onOpened: () => void };

/** Folded paper. Opening is its reader's choice, and the writer cannot learn of it. */
export const ClosedAnswer = ({ card, onOpened }: ClosedAnswerProps) => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const dates = useDates();
  const { partner } = usePartnerName();
  const task = useTask<PageCode>();
  return (
    <div className="letter closed">
      <Voice who="theirs">
        {t("thread.closedFrom", { partner, day: dates.day(card.writtenAt) })}
      </Voice>
      <p>{t("thread.closed")}</p>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className="btn primary"
          busy={task.busy}
          onPress={() => task.run(() => journal.openClosed(card.id), onOpened)}
        >
          {t("thread.openNow")}
        </TaskButton>
      </div>
    </div>
  );
};
