import { useTranslation } from "react-i18next";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useAwayWords } from "./useAwayWords.ts";

/** On every screen while it lasts, with the one press that ends it. Whether anything waits is not said. */
export const AwayNotice = () => {
  const { t } = useTranslation("away");
  const journal = useJournal();
  const names = usePartnerName();
  const words = useAwayWords();
  const { away } = useLive(journal.arrivals);
  const task = useTask<StoreCode>();
  if (away === undefined) return null;
  return (
    <div className="notice" role="status">
      <p>
        {words(away)} {t("notice", names)}
      </p>
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
      <TaskButton
        className="btn"
        busy={task.busy}
        onPress={() => task.run(() => journal.changeSettings({ away: undefined }))}
      >
        {t("back")}
      </TaskButton>
    </div>
  );
};
