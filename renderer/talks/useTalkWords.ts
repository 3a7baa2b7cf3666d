import { useTranslation } from "react-i18next";
import { type Card } from "../../shared/page/card.ts";
import { dayAt } from "../../shared/page/day.ts";
import type { Talk } from "../../shared/page/talks.ts";
import { useDates } from "../ui/useDates.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** When a talk is to be and for how long, and how it stands, in a few words. */
export const useTalkWords = () => {
  const { t } = useTranslation("talks");
  const dates = useDates();
  const dayWords = useDayWords();
  const names = usePartnerName();
  const when = (at: number | undefined, count: number | undefined): string => {
    const day =
      at === undefined
        ? t("when.open")
        : t("when.at", { day: dayWords(dayAt(at)), hour: dates.hour(at) });
    return count === undefined ? day : `${day} · ${t("when.minutes", { count })}`;
  };
  const mine = ({ author }: Card): boolean => author === "me";
  const standing = ({ card, standing: now }: Talk, over: boolean): string => {
    switch (now.state) {
      case "proposed":
        return t(mine(card) ? "state.proposed" : "state.asked", names);
      case "agreed":
        return t(over ? "state.was" : "state.agreed");
      case "ended":
        return t(`state.ended.${now.by}`, names);
      case "declined":
        return t(
          now.by === card.author ? `state.takenBack.${now.by}` : `state.declined.${now.by}`,
          names,
        );
      case "changed":
        return t("state.changed");
    }
  };
  return { when, standing };
};
