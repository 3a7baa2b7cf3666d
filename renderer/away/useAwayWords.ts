import { useTranslation } from "react-i18next";
import type { Away } from "../../shared/journal/journal.ts";
import { useDates } from "../ui/useDates.ts";

/** "You have stepped away until Friday, 18:30." */
export const useAwayWords = (): ((away: Away) => string) => {
  const { t } = useTranslation("away");
  const dates = useDates();
  return (away) =>
    away === "open" ? t("away.open") : t("away.until", { when: dates.moment(away) });
};
