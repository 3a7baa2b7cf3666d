import { useTranslation } from "react-i18next";
import type { Agreement } from "../../shared/page/agreements.ts";
import { useDates } from "../ui/useDates.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** How an agreement stands, in a few words. That it stands is said; whose it is to move is not. */
export const useStandingWords = (): ((agreement: Agreement) => string) => {
  const { t } = useTranslation("agreements");
  const dates = useDates();
  const dayWords = useDayWords();
  const names = usePartnerName();
  return ({ card, reviewBy, standing }) => {
    const until = { ...names, day: dayWords(reviewBy) };
    switch (standing.state) {
      case "proposed":
        return t(card.author === "me" ? "state.proposed" : "state.asked", until);
      case "agreed":
        return t("state.agreed", until);
      case "over":
        return t(standing.wasAgreed ? "state.over" : "state.overUnsaid", until);
      case "ended":
        return t(`state.ended.${standing.by}`, { ...names, day: dates.day(standing.at) });
      case "declined":
        return t(
          standing.by === card.author
            ? `state.takenBack.${standing.by}`
            : `state.declined.${standing.by}`,
          names,
        );
      case "replaced":
        return t("state.replaced");
      case "changed":
        return t("state.changed");
    }
  };
};
