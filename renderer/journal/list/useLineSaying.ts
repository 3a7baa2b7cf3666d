import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDates } from "../../ui/useDates.ts";
import { usePartnerName } from "../../ui/usePartnerName.ts";

/** What every line says, made once: a line of its own would ask for each of these anew while somebody scrolls. */
export const useLineSaying = () => {
  const { t } = useTranslation(["journal", "entries", "app"]);
  const { Partner } = usePartnerName();
  const { day, month } = useDates();
  return useMemo(() => ({ t, day, month, Partner }), [t, day, month, Partner]);
};

export type LineSaying = ReturnType<typeof useLineSaying>;
