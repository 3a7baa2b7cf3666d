import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { PaceView } from "../../shared/page/pace.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

/** What lies there face down, and when there can be more. */
export const PaceLying = ({ pace: { state, again } }: { readonly pace: PaceView }) => {
  const { t } = useTranslation("pace");
  const journal = useJournal();
  const names = usePartnerName();
  const task = useTask<PageCode>();
  const mine = state === "mine" || state === "answered";
  return (
    <div className="stack" role="status">
      {state === "none" ? null : (
        <div className={state === "theirs" ? "plan-line theirs" : "plan-line mine"}>
          <Voice who={state === "theirs" ? "theirs" : "mine"}>{t(`state.${state}`, names)}</Voice>
          {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
          {mine ? (
            <TaskButton
              className="btn quiet"
              busy={task.busy}
              onPress={() => task.run(() => journal.clearPace())}
            >
              {t("takeBack")}
            </TaskButton>
          ) : null}
        </div>
      )}
      {again || mine ? null : <p className="note">{t("state.tomorrow")}</p>}
    </div>
  );
};
