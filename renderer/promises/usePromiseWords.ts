import { useTranslation } from "react-i18next";
import type { Card } from "../../shared/page/card.ts";
import { useDates } from "../ui/useDates.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** "You promised · Thursday · for Monday 30 November", and how one's outcome is said. */
export const usePromiseWords = () => {
  const { t } = useTranslation("promises");
  const dates = useDates();
  const dayWords = useDayWords();
  const names = usePartnerName();
  const label = ({ author, writtenAt, promise }: Card): string =>
    [
      t(author === "me" ? "by.me" : "by.partner", names),
      dates.day(writtenAt),
      ...(promise?.by === undefined ? [] : [t("for", { day: dayWords(promise.by) })]),
    ].join(" · ");
  const went = (outcome: Card): string =>
    `${t(`went.${outcome.went ?? "kept"}`)} · ${dates.day(outcome.writtenAt)}`;
  return { label, went };
};
