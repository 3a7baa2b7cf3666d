import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Day } from "../../shared/page/card.ts";
import { noonOf } from "../../shared/page/day.ts";

/**
 * "Thursday 26 November": a day that somebody named, always as a date. "Yesterday" would say that it has passed,
 * and nothing follows from that.
 */
export const useDayWords = (): ((day: Day) => string) => {
  const { t } = useTranslation();
  const locale = t("dates.locale");
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, {
      weekday: "long",
      day: "numeric",
      month: "long",
    });
    return (day) => format.format(noonOf(day));
  }, [locale]);
};
