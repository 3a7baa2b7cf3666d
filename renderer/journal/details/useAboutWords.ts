import { useTranslation } from "react-i18next";
import type { Card } from "../../../shared/page/card.ts";
import { dayAt } from "../../../shared/page/day.ts";
import { useDates } from "../../ui/useDates.ts";

/** When an entry is about another day than that on which it was written, both; else nothing. */
export const useAboutWords = (card: Card): string | undefined => {
  const { t } = useTranslation("entries");
  const dates = useDates();
  if (dayAt(card.aboutAt) === dayAt(card.writtenAt)) return undefined;
  return t("about.both", { about: dates.day(card.aboutAt), written: dates.day(card.writtenAt) });
};
