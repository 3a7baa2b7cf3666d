import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Input, Label, TextField } from "react-aria-components";
import type { Card, Day } from "../../shared/page/card.ts";
import { dayAt, noonOf } from "../../shared/page/day.ts";
import { saidOf } from "../../shared/page/said.ts";
import { Choice } from "../ui/Choice.tsx";
import { DayField } from "../ui/DayField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useDescribe } from "../ui/useDescribe.ts";
import { TopicChoice } from "./TopicChoice.tsx";

const lengths = ["10", "20", "30", "45", "60"] as const;

/** When, for how long, and about what. All but the length can be left open. */
export const TalkFields = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("talks");
  const { code, describe } = useDescribe(draft.id);
  const { minutes, topics = [] } = saidOf("talk", draft.said) ?? {};
  return (
    <div className="stack">
      <When draft={draft} onChange={(at) => describe({ kind: "talk", at })} />
      <Choice
        across
        label={t("fields.minutes")}
        options={lengths.map((value) => ({
          value,
          label: t("when.minutes", { count: Number(value) }),
        }))}
        value={lengths.find((value) => Number(value) === minutes)}
        onChange={(value) => describe({ kind: "talk", minutes: Number(value) })}
      />
      <TopicChoice
        chosen={topics}
        onChange={(next) =>
          describe({ kind: "talk", topics: next.length === 0 ? undefined : next })
        }
      />
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </div>
  );
};

type WhenProps = {
  readonly draft: Card;
  readonly onChange: (at: number | undefined) => void;
};

/** A day and an hour; one without the other names no time. */
const When = ({ draft, onChange }: WhenProps) => {
  const { t } = useTranslation("talks");
  const dates = useDates();
  const [said] = useState(() => saidOf("talk", draft.said)?.at);
  const [day, setDay] = useState<Day | undefined>(() =>
    said === undefined ? undefined : dayAt(said),
  );
  const [hour, setHour] = useState(() => (said === undefined ? "20:00" : dates.hour(said)));
  const choose = (nextDay: Day | undefined, nextHour: string): void => {
    setDay(nextDay);
    setHour(nextHour);
    onChange(nextDay === undefined ? undefined : momentOf(nextDay, nextHour));
  };
  return (
    <div className="talk-when">
      <DayField label={t("fields.day")} value={day} onChange={(next) => choose(next, hour)} />
      <TextField className="field" value={hour} onChange={(next) => choose(day, next)}>
        <Label>{t("fields.hour")}</Label>
        <Input className="input" type="time" />
      </TextField>
    </div>
  );
};

const momentOf = (day: Day, hour: string): number | undefined => {
  const [hours, minutes] = hour.split(":").map(Number);
  return hours === undefined || minutes === undefined || !/^\d\d:\d\d$/.test(hour)
    ? undefined
    : new Date(noonOf(day)).setHours(hours, minutes, 0, 0);
};
