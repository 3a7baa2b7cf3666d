import { useTranslation } from "react-i18next";
import type { EntryBook } from "../../shared/journal/entryBook.ts";

/** "Journal", "My room". */
export const usePlaceName = ({ place }: EntryBook): string => {
  const { t } = useTranslation(["journal", "room"]);
  return place === "room" ? t("room:title") : t("title");
};
