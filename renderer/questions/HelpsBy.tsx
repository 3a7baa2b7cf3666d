import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Day } from "../../shared/page/card.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { DayField } from "../ui/DayField.tsx";

type HelpsByProps = {
  readonly day: Day | undefined;
  readonly onChange: (day: Day | undefined) => void;
};

/** "By when it would help": a wish beside a question, and never more than that. */
export const HelpsBy = ({ day, onChange }: HelpsByProps) => {
  const { t } = useTranslation("ask");
  const names = usePartnerName();
  const [asked, setAsked] = useState(day !== undefined);
  const [taken, setTaken] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone: the focus goes to what stands in its place.
  useEffect(() => {
    if (taken && !asked) add.current?.focus();
  }, [taken, asked]);
  if (!asked)
    return (
      <div>
        <Button className="btn" ref={add} onPress={() => setAsked(true)}>
          {t("helpsBy.add")}
        </Button>
      </div>
    );
  const remove = () => {
    setAsked(false);
    setTaken(true);
    onChange(undefined);
  };
  return (
    <DayField
      label={t("helpsBy.label")}
      help={t("helpsBy.help", names)}
      value={day}
      onChange={onChange}
      autoFocus={day === undefined}
      after={
        <Button className="btn quiet" onPress={remove}>
          {t("helpsBy.remove")}
        </Button>
      }
    />
  );
};
