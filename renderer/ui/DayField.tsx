import { type ReactNode, useState } from "react";
import { Input, Label, Text, TextField } from "react-aria-components";
import type { Day } from "../../shared/page/card.ts";
import { isDay } from "../../shared/page/day.ts";

type DayFieldProps = {
  readonly label: string;
  readonly help?: string;
  readonly value: Day | undefined;
  readonly onChange: (day: Day | undefined) => void;
  readonly autoFocus?: boolean;
  readonly after?: ReactNode;
};

/** A local date. While its parts are still being typed nothing is said of it. */
export const DayField = (props: DayFieldProps) => {
  const { label, help, value, onChange, autoFocus = false, after } = props;
  const [typed, setTyped] = useState({ value, text: value ?? "" });
  if (typed.value !== value) setTyped({ value, text: value ?? "" });
  const change = (text: string) => {
    const next = isDay(text) ? text : text === "" ? undefined : value;
    setTyped({ value: next, text });
    if (next !== value) onChange(next);
  };
  return (
    <TextField className="field day-field" value={typed.text} onChange={change}>
      <Label>{label}</Label>
      <div className="field-line">
        <Input type="date" className="input" autoFocus={autoFocus} />
        {after}
      </div>
      {help === undefined ? null : (
        <Text slot="description" className="help">
          {help}
        </Text>
      )}
    </TextField>
  );
};
