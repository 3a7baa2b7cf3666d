import { useTranslation } from "react-i18next";
import type { SavedTexts } from "../../shared/archive/saveHtml.ts";
import type { Card } from "../../shared/page/card.ts";

/** What stands around the words in a file: dates in full, because a file is read in another year. */
export const useSavedTexts = (): ((title: string | undefined) => SavedTexts) => {
  const { t, i18n } = useTranslation(["saving", "journal", "entries", "app"]);
  const format = new Intl.DateTimeFormat(t("app:dates.locale"), {
    dateStyle: "full",
    timeStyle: "short",
    hourCycle: "h23",
  });
  const list = new Intl.ListFormat(t("app:dates.locale"), { type: "unit", style: "short" });
  const marks = (card: Card): readonly string[] => [
    format.format(card.aboutAt),
    ...(card.place === "room" ? [] : [t(card.place === "shared" ? "file.shared" : "file.private")]),
    ...(card.tags.length === 0 ? [] : [t("file.tags", { words: list.format(card.tags) })]),
    ...(card.feelings.length === 0
      ? []
      : [t("file.feelings", { words: list.format(card.feelings) })]),
  ];
  return (title) => ({
    language: i18n.language,
    direction: i18n.dir(),
    title,
    untitled: t("journal:untitled"),
    done: t("file.done"),
    open: t("file.open"),
    marks,
  });
};
