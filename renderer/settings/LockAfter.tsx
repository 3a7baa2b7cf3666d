import { useTranslation } from "react-i18next";
import { Choice } from "../ui/Choice.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useSetting } from "./useSetting.ts";

const choices = [1, 2, 5, 15, 30];

export const LockAfter = () => {
  const { t } = useTranslation("settings");
  const { settings, change, task } = useSetting();
  return (
    <>
      <Choice
        across
        label={t("lock.label")}
        options={choices.map((count) => ({
          value: String(count),
          label: t("lock.minutes", { count }),
        }))}
        value={String(settings.lockAfterMinutes)}
        onChange={(value) => change({ lockAfterMinutes: Number(value) })}
      />
      <p className="help">{t("lock.note")}</p>
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
    </>
  );
};
