import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { startOfDay } from "../../shared/base/startOfDay.ts";
import { type SayDates, sayDates } from "./dates.ts";
import { useSurroundings } from "./surroundings.ts";

/** The same until another day begins: what they say of a date turns on the day alone. */
export const useDates = (): SayDates => {
  const { clock } = useSurroundings();
  const { t } = useTranslation();
  const locale = t("dates.locale");
  const today = startOfDay(clock.now());
  return useMemo(() => sayDates(today, locale), [today, locale]);
};
