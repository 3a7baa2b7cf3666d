import { useTranslation } from "react-i18next";
import type { Card } from "../../shared/page/card.ts";
import { dayAt } from "../../shared/page/day.ts";
import { useDates } from "../ui/useDates.ts";
import { useSurroundings } from "../ui/surroundings.ts";

/** The day that the reader will see: a shared entry counts as written when it is shared. */
export const ReadAsTheirs = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("entries");
  const { clock } = useSurroundings();
  const dates = useDates();
  const now = clock.now();
  // Where no day was chosen it will be about the day on which it is shared.
  const chosen = card.aboutAt !== card.writtenAt;
  if (!chosen || dayAt(card.aboutAt) === dayAt(now)) return null;
  return (
    <p className="quiet-state">
      {t("about.both", { about: dates.day(card.aboutAt), written: dates.day(now) })}
    </p>
  );
};
