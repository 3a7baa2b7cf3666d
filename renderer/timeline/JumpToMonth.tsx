import { useId } from "react";
import { useTranslation } from "react-i18next";
import { noonOf } from "../../shared/page/day.ts";
import type { Day } from "../../shared/page/card.ts";
import type { Month, TimelineMonth } from "../../shared/page/timeline.ts";

type JumpToMonthProps = {
  readonly months: readonly TimelineMonth[];
  readonly at: Month | undefined;
  readonly onJump: (month: Month) => void;
};

/** Only months in which there is something, by their years. */
export const JumpToMonth = ({ months, at, onJump }: JumpToMonthProps) => {
  const { t } = useTranslation(["timeline", "app"]);
  const id = useId();
  const format = new Intl.DateTimeFormat(t("app:dates.locale"), { month: "long", year: "numeric" });
  if (months.length < 2) return null;
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))];
  return (
    <div className="jump-month">
      <label htmlFor={id}>{t("jump")}</label>
      <select
        id={id}
        className="input"
        value={at ?? ""}
        onChange={(event) => onJump(event.target.value)}
      >
        {years.map((year) => (
          <optgroup key={year} label={year}>
            {months
              .filter(({ month }) => month.startsWith(year))
              .map(({ month }) => (
                <option key={month} value={month}>
                  {format.format(noonOf(`${month}-01` as Day))}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
};
