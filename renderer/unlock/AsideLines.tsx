import { useTranslation } from "react-i18next";
import type { AsideCode, Door } from "../../shared/journal/journal.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useTask } from "../ui/useTask.ts";

/** Journals that were put aside on this computer, and the way back to each. Nothing where there are none. */
export const AsideLines = ({
  door,
  onBack,
}: {
  readonly door: Door;
  readonly onBack: () => void;
}) => {
  const { t } = useTranslation("unlock");
  const dates = useDates();
  const task = useTask<AsideCode>();
  const journals = door.aside.list();
  if (journals.length === 0) return null;
  return (
    <section className="stack" aria-label={t("aside.label")}>
      {journals.map(({ place, at }) => (
        <div className="row" key={place}>
          <p className="help">{t("aside.line", { day: dates.day(at) })}</p>
          <TaskButton
            className="btn quiet"
            busy={task.busy}
            onPress={() => task.run(() => door.aside.goBack(place), onBack)}
          >
            {t("aside.back")}
          </TaskButton>
        </div>
      ))}
      {task.code === undefined ? null : <Trouble group="aside" code={task.code} />}
    </section>
  );
};
