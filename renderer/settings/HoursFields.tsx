import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FieldError, Group, Input, Label, TextField } from "react-aria-components";
import type { HoursOfDay } from "../../shared/journal/journal.ts";
import { readHours, writeClockTime } from "./clockTime.ts";

type HoursFieldsProps = {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly hours: HoursOfDay;
  readonly onChange: (hours: HoursOfDay) => void;
};

/** Kept when a field is left or Enter is pressed: a time that is half typed is none yet. */
export const HoursFields = ({ label, from, to, hours, onChange }: HoursFieldsProps) => {
  const { t } = useTranslation("receive");
  const [typed, setTyped] = useState(() => ({
    from: writeClockTime(hours.from),
    to: writeClockTime(hours.to),
  }));
  const [wrong, setWrong] = useState<"emptyFrom" | "emptyTo" | "same">();
  const keep = () => {
    const read = readHours(typed.from, typed.to);
    if ("wrong" in read) return setWrong(read.wrong);
    setWrong(undefined);
    if (read.hours.from !== hours.from || read.hours.to !== hours.to) onChange(read.hours);
  };
  const type = (part: Partial<typeof typed>) => {
    setTyped({ ...typed, ...part });
    setWrong(undefined);
  };
  return (
    <Group className="hours" aria-label={label}>
      <ClockField
        label={from}
        value={typed.from}
        onChange={(value) => type({ from: value })}
        onDone={keep}
        wrong={wrong === "emptyFrom" ? t("times.empty") : undefined}
      />
      <ClockField
        label={to}
        value={typed.to}
        onChange={(value) => type({ to: value })}
        onDone={keep}
        wrong={
          wrong === "emptyTo" ? t("times.empty") : wrong === "same" ? t("times.same") : undefined
        }
      />
    </Group>
  );
};

type ClockFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onDone: () => void;
  readonly wrong: string | undefined;
};

const ClockField = ({ label, value, onChange, onDone, wrong }: ClockFieldProps) => (
  <TextField
    className="field"
    value={value}
    onChange={onChange}
    onBlur={onDone}
    onKeyDown={({ key }) => {
      if (key === "Enter") onDone();
    }}
    isInvalid={wrong !== undefined}
    validationBehavior="aria"
  >
    <Label>{label}</Label>
    <Input className="input" type="time" />
    <FieldError className="wrong">{wrong}</FieldError>
  </TextField>
);
