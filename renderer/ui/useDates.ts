import { useTranslation } from "react-i18next";
import { type SayDates, sayDates } from "./dates.ts";
import { useSurroundings } from "./surroundings.ts";

export const useDates = (): SayDates => {
  const { clock } = useSurroundings();
  const { t } = useTranslation();
  return sayDates(clock.now(), t("dates.locale"));
};
