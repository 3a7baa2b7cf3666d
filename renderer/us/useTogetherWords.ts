import { useTranslation } from "react-i18next";
import type { Together } from "../../shared/page/together.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

type When = Pick<Together, "day" | "rhythm" | "next">;

/** When it is, and how it stands. */
export const useTogetherWords = () => {
  const { t } = useTranslation("us");
  const names = usePartnerName();
  const dayWords = useDayWords();
  return {
    /** "Every week · Friday 27 November next"; of what has no day and no rhythm, nothing. */
    when: ({ day, rhythm, next }: When): string => {
      const shown = next ?? day;
      if (rhythm === "once") return shown === undefined ? "" : dayWords(shown);
      const often = t(`together.rhythm.${rhythm}`);
      return shown === undefined ? often : t("together.often", { often, day: dayWords(shown) });
    },
    standing: ({ card, standing }: Together): string => {
      if (standing.state === "proposed")
        return card.author === "me"
          ? t("together.standing.proposed", names)
          : t("together.standing.asked", names);
      if (standing.state === "ended" || standing.state === "declined")
        return t(`together.standing.off.${standing.by}`, names);
      if (standing.state === "over")
        return t(standing.wasAgreed ? "together.standing.over" : "together.standing.passed");
      return t(`together.standing.${standing.state}`);
    },
  };
};
