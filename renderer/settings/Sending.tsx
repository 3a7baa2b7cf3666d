import { useTranslation } from "react-i18next";
import { Toggle } from "../ui/Toggle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Section } from "./Section.tsx";
import { useSetting } from "./useSetting.ts";

export const Sending = () => {
  const { t } = useTranslation("settings");
  const { settings, change, task } = useSetting();
  return (
    <Section title={t("sending.title")}>
      <p>{t("sending.lead")}</p>
      <Toggle
        label={t("sending.atOnce")}
        help={t("sending.atOnceHelp")}
        on={settings.sendsAtOnce}
        onChange={(sendsAtOnce) => change({ sendsAtOnce })}
      />
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
    </Section>
  );
};
