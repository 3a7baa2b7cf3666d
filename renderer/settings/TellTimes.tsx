import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox, CheckboxGroup, Label } from "react-aria-components";
import type { Settings } from "../../shared/journal/journal.ts";
import { Choice } from "../ui/Choice.tsx";
import { nameWeekdays } from "./clockTime.ts";
import { HoursFields } from "./HoursFields.tsx";

type TellTimesProps = {
  readonly times: Settings["tellTimes"];
  readonly onChange: (times: Settings["tellTimes"]) => void;
};

export const TellTimes = ({ times, onChange }: TellTimesProps) => {
  const { t } = useTranslation("receive");
  // Leaving a time for a day changes both at nearly the same moment: the second change knows of the first.
  const latest = useRef(times);
  useEffect(() => {
    latest.current = times;
  }, [times]);
  const change = (part: Partial<NonNullable<typeof times>>) => {
    latest.current = { ...(latest.current ?? firstTellTimes), ...part };
    onChange(latest.current);
  };
  return (
    <>
      <Choice
        label={t("tell.label")}
        help={t("tell.help")}
        options={[
          { value: "anyTime", label: t("tell.anyTime") },
          { value: "chosen", label: t("tell.chosen") },
        ]}
        value={times === undefined ? "anyTime" : "chosen"}
        onChange={(when) => onChange(when === "chosen" ? firstTellTimes : undefined)}
      />
      {times === undefined ? null : (
        <div className="tell-times">
          <Weekdays weekdays={times.weekdays} onChange={(weekdays) => change({ weekdays })} />
          <HoursFields
            label={t("tell.label")}
            from={t("tell.from")}
            to={t("tell.to")}
            hours={times}
            onChange={change}
          />
          <p className="help" role="status">
            {times.from > times.to ? t("tell.night") : ""}
          </p>
        </div>
      )}
    </>
  );
};

/** Every day from 10:00 to 20:00. */
const firstTellTimes = { from: 10 * 60, to: 20 * 60, weekdays: [0, 1, 2, 3, 4, 5, 6] };

type WeekdaysProps = {
  readonly weekdays: readonly number[];
  readonly onChange: (weekdays: readonly number[]) => void;
};

const Weekdays = ({ weekdays, onChange }: WeekdaysProps) => {
  const { t } = useTranslation(["receive", "app"]);
  const [last, setLast] = useState(false);
  const choose = (chosen: readonly string[]) => {
    setLast(chosen.length === 0);
    if (chosen.length > 0) onChange(chosen.map(Number));
  };
  return (
    <CheckboxGroup className="choice across" value={weekdays.map(String)} onChange={choose}>
      <Label>{t("tell.days")}</Label>
      <div className="options">
        {nameWeekdays(t("app:dates.locale")).map(({ weekday, name }) => (
          <Checkbox key={weekday} value={String(weekday)} className="tick">
            <span className="tick-box" aria-hidden="true">
              <svg viewBox="0 0 20 20" className="mark-drawn">
                <path d="M5 10.5l3.5 3.5L15 6.5" />
              </svg>
            </span>
            {name}
          </Checkbox>
        ))}
      </div>
      <p className="help" role="status">
        {last ? t("tell.lastDay") : ""}
      </p>
    </CheckboxGroup>
  );
};
