import { useContext, useEffect, useId, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarStateContext,
  type CalendarState,
  Heading,
} from "react-aria-components";
import type { Day } from "../../../shared/page/card.ts";
import { dayAt, noonOf } from "../../../shared/page/day.ts";
import { useDates } from "../../ui/useDates.ts";
import type { Row } from "./rows.ts";

type JumpToDayProps = {
  readonly rows: readonly Row[];
  /** The end of the day, or of the month, that was chosen, ms. */
  readonly onJump: (at: number) => void;
  readonly takesFocus?: boolean;
};

/** A calendar to leaf through, and the months that hold something. It says where there is writing, never how much. */
export const JumpToDay = ({ rows, onJump, takesFocus = false }: JumpToDayProps) => {
  const { t } = useTranslation("entries");
  const written = useMemo(() => daysOf(rows), [rows]);
  const first = rows.find((row) => row.kind === "line")?.card.aboutAt;
  return (
    <div className="jump">
      <Calendar
        aria-label={t("jump.calendar")}
        className="calendar"
        autoFocus={takesFocus}
        onChange={(date) => onJump(endOfDay(date.toDate(zone).getTime()))}
      >
        <BeginAt at={first} />
        <header className="calendar-top">
          <Button slot="previous" className="tool">
            <Arrow path="M12 5l-5 5 5 5" />
          </Button>
          <Heading className="calendar-month" />
          <Button slot="next" className="tool">
            <Arrow path="M8 5l5 5-5 5" />
          </Button>
        </header>
        <CalendarGrid weekdayStyle="short">
          <CalendarGridHeader>
            {(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}
          </CalendarGridHeader>
          <CalendarGridBody>
            {(date) => (
              <DayCell date={date} written={written.has(dayAt(date.toDate(zone).getTime()))} />
            )}
          </CalendarGridBody>
        </CalendarGrid>
      </Calendar>
      <MonthPick rows={rows} onJump={onJump} />
    </div>
  );
};

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const Arrow = ({ path }: { readonly path: string }) => (
  <svg viewBox="0 0 20 20" width="18" height="18" className="mark-drawn" aria-hidden="true">
    <path d={path} />
  </svg>
);

type CalendarDay = CalendarState["focusedDate"];

/** Opens where the newest entry is, which may be long ago. */
const BeginAt = ({ at }: { readonly at: number | undefined }) => {
  const calendar = useContext(CalendarStateContext);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || calendar === null || at === undefined) return;
    begun.current = true;
    const noon = (time: number) => noonOf(dayAt(time));
    const days = noon(at) - noon(calendar.focusedDate.toDate(zone).getTime());
    calendar.setFocusedDate(calendar.focusedDate.add({ days: Math.round(days / 86_400_000) }));
  }, [calendar, at]);
  return null;
};

/** A dot under the day, and words for those who hear it. */
const DayCell = ({ date, written }: { readonly date: CalendarDay; readonly written: boolean }) => {
  const { t } = useTranslation("entries");
  const cell = useRef<HTMLTableCellElement>(null);
  const id = useId();
  useEffect(() => {
    // The day's button is made inside the library and takes no description from outside.
    const button = cell.current?.querySelector("[role=button]");
    if (written) button?.setAttribute("aria-describedby", id);
    else button?.removeAttribute("aria-describedby");
  }, [written, id]);
  return (
    <CalendarCell ref={cell} date={date} className="day">
      {({ formattedDate }) => (
        <>
          {formattedDate}
          {written ? (
            <>
              <span className="day-dot" aria-hidden="true" />
              <span id={id} hidden>
                {t("jump.written")}
              </span>
            </>
          ) : null}
        </>
      )}
    </CalendarCell>
  );
};

/** Years of writing are leafed through by the month. */
const MonthPick = ({ rows, onJump }: JumpToDayProps) => {
  const { t } = useTranslation("entries");
  const dates = useDates();
  const id = useId();
  const years = useMemo(() => byYear(rows), [rows]);
  return (
    <div className="field jump-month">
      <label htmlFor={id}>{t("jump.month")}</label>
      <select
        id={id}
        className="input"
        value=""
        onChange={({ target }) => (target.value === "" ? undefined : onJump(Number(target.value)))}
      >
        <option value="">{t("jump.pick")}</option>
        {years.map(({ year, months }) => (
          <optgroup key={year} label={String(year)}>
            {months.map((start) => (
              <option key={start} value={endOfMonth(start)}>
                {dates.month(start)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
};

const daysOf = (rows: readonly Row[]): ReadonlySet<Day> => {
  const days = new Set<Day>();
  for (const row of rows) if (row.kind === "line") days.add(dayAt(row.card.aboutAt));
  return days;
};

const byYear = (rows: readonly Row[]) => {
  const years: { year: number; months: number[] }[] = [];
  for (const row of rows) {
    if (row.kind !== "month") continue;
    const year = new Date(row.start).getFullYear();
    const last = years.at(-1);
    if (last?.year === year) last.months.push(row.start);
    else years.push({ year, months: [row.start] });
  }
  return years;
};

const endOfDay = (at: number): number => new Date(at).setHours(23, 59, 59, 999);
const endOfMonth = (start: number): number => {
  const day = new Date(start);
  return new Date(day.getFullYear(), day.getMonth() + 1, 1).getTime() - 1;
};
