import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { dayAt } from "../../../shared/page/day.ts";
import { useDates } from "../../ui/useDates.ts";
import { useSurroundings } from "../../ui/surroundings.ts";
import { usePartnerName } from "../../ui/usePartnerName.ts";

/** What every line says, made once: a line of its own would ask for each of these anew while somebody scrolls. */
export const useLineSaying = () => {
  const { t } = useTranslation(["journal", "entries", "app"]);
  const { Partner } = usePartnerName();
  const { clock } = useSurroundings();
  const dates = useDates();
  const today = dayAt(clock.now());
  // Days are said anew when another one begins.
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => ({ t, day: dates.day, Partner }), [t, Partner, today]);
};

export type LineSaying = ReturnType<typeof useLineSaying>;
