import { useTranslation } from "react-i18next";
import type { Settings } from "../../shared/journal/journal.ts";
import { StepAway } from "../away/StepAway.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { HoursFields } from "./HoursFields.tsx";
import { Section } from "./Section.tsx";
import { TellTimes } from "./TellTimes.tsx";
import { useReceiving } from "./useReceiving.ts";

/** How much of the partner's comes to this reader, and when (PRODUCT safety 13). It stays on this computer. */
export const Receiving = () => {
  const { t } = useTranslation("receive");
  const { settings, change, code } = useReceiving();
  const { quietHours } = settings;
  return (
    <Section title={t("title")} part="receiving">
      <p>{t("lead")}</p>
      <AtOnce count={settings.questionsAtOnce} onChange={change} />
      <Toggle
        label={t("quiet.label")}
        help={t("quiet.help")}
        on={quietHours !== undefined}
        onChange={(on) => change({ quietHours: on ? firstQuietHours : undefined })}
      />
      {quietHours === undefined ? null : (
        <HoursFields
          label={t("quiet.label")}
          from={t("quiet.from")}
          to={t("quiet.to")}
          hours={quietHours}
          onChange={(hours) => change({ quietHours: hours })}
        />
      )}
      <TellTimes times={settings.tellTimes} onChange={(tellTimes) => change({ tellTimes })} />
      <Toggle
        label={t("hints.label")}
        help={t("hints.help")}
        on={settings.hints}
        onChange={(hints) => change({ hints })}
      />
      {code === undefined ? null : <Trouble group="store" code={code} />}
      <StepAway />
    </Section>
  );
};

/** 21:00 to 08:00. */
const firstQuietHours = { from: 21 * 60, to: 8 * 60 };

type AtOnceProps = {
  readonly count: number;
  readonly onChange: (change: Pick<Settings, "questionsAtOnce">) => void;
};

const AtOnce = ({ count, onChange }: AtOnceProps) => {
  const { t } = useTranslation("receive");
  const names = {
    "0": t("atOnce.many"),
    "1": t("atOnce.1"),
    "2": t("atOnce.2"),
    "3": t("atOnce.3"),
    "5": t("atOnce.5"),
    "10": t("atOnce.10"),
  };
  // Two and ten are kept where they were chosen before; four choices are enough to choose from.
  const offered = (["0", "1", "2", "3", "5", "10"] as const).filter(
    (value) => !["2", "10"].includes(value) || value === String(count),
  );
  return (
    <Choice
      across
      label={t("atOnce.label")}
      help={t("atOnce.help")}
      options={offered.map((value) => ({ value, label: names[value] }))}
      value={offered.find((value) => value === String(count))}
      onChange={(value) => onChange({ questionsAtOnce: Number(value) })}
    />
  );
};
