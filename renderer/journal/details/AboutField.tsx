import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FieldError, Input, Label, Text, TextField } from "react-aria-components";
import { dayAt, isDay, noonOf } from "../../../shared/page/day.ts";
import { useSurroundings } from "../../ui/surroundings.ts";

type AboutFieldProps = {
  readonly writtenAt: number;
  /** A private one counts as written on the day it is shared: its own day has to be said then. */
  readonly shared: boolean;
  readonly aboutAt: number;
  /** Local noon of that day, ms; undefined: the day it was written. */
  readonly onChange: (aboutAt: number | undefined) => void;
};

/** A day that has been. While its parts are still being typed nothing is said of it. */
export const AboutField = ({ writtenAt, shared, aboutAt, onChange }: AboutFieldProps) => {
  const { t } = useTranslation("entries");
  const { clock } = useSurroundings();
  const stands = dayAt(aboutAt);
  const [typed, setTyped] = useState({ stands, text: String(stands) });
  if (typed.stands !== stands) setTyped({ stands, text: stands });
  const today = dayAt(clock.now());
  const ahead = isDay(typed.text) && typed.text > today;
  const change = (text: string) => {
    setTyped({ stands, text });
    if (text !== "" && (!isDay(text) || text > today)) return;
    const written = text === "" || (text === dayAt(writtenAt) && (shared || text === today));
    onChange(written ? undefined : noonOf(text));
  };
  return (
    <TextField
      className="field day-field"
      value={typed.text}
      onChange={change}
      isInvalid={ahead}
      autoComplete="off"
    >
      <Label>{t("about.label")}</Label>
      <div className="field-line">
        <Input type="date" className="input" max={today} />
      </div>
      <Text slot="description" className="help">
        {t("about.help")}
      </Text>
      <FieldError className="wrong">{t("about.ahead")}</FieldError>
    </TextField>
  );
};
