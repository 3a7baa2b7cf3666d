import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { Choice } from "../ui/Choice.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { type AwayTime, awayTimes, awayUntil } from "./awayTimes.ts";
import { useAwayWords } from "./useAwayWords.ts";

/** No reason is asked, and nothing of it leaves this computer (shared/journal/arrive). */
export const StepAway = () => {
  const { t } = useTranslation("away");
  const journal = useJournal();
  const { clock } = useSurroundings();
  const names = usePartnerName();
  const words = useAwayWords();
  const { away } = useLive(journal.arrivals);
  const task = useTask<StoreCode>();
  const [time, setTime] = useState<AwayTime>("day");
  const go = () => task.run(() => journal.changeSettings({ away: awayUntil(time, clock.now()) }));
  const comeBack = () => task.run(() => journal.changeSettings({ away: undefined }));
  return (
    <div className="stack step-away">
      <h3>{t("title")}</h3>
      <p>{t("lead", names)}</p>
      <p className="help">{t("held", names)}</p>
      <p className="help">{t("reach")}</p>
      {away === undefined ? (
        <Choice<AwayTime>
          across
          label={t("time.label")}
          options={awayTimes.map((value) => ({ value, label: t(`time.${value}`) }))}
          value={time}
          onChange={setTime}
        />
      ) : (
        <p role="status">{words(away)}</p>
      )}
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
      <div className="row">
        <TaskButton className="btn" busy={task.busy} onPress={away === undefined ? go : comeBack}>
          {t(away === undefined ? "go" : "back")}
        </TaskButton>
      </div>
    </div>
  );
};
