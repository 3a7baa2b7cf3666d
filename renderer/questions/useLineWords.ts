import { useTranslation } from "react-i18next";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { createLineWords, type LineWords } from "./lineWords.ts";
import { useDayWords } from "../ui/useDayWords.ts";

/** Made once for all the lines of a list. */
export const useLineWords = (): LineWords => {
  const { t } = useTranslation(["ask", "questions", "app"]);
  const { clock } = useSurroundings();
  const names = usePartnerName();
  const dates = useDates();
  const dayWords = useDayWords();
  return createLineWords({ t, now: clock.now(), dates, dayWords, names });
};
