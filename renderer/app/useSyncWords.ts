import { useTranslation } from "react-i18next";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** The sync truth as a sentence. Never more than is known, and never who was awake when. */
export const useSyncWords = (): string => {
  const { t } = useTranslation();
  const truth = useLive(useJournal().sync);
  const { partner, owner } = usePartnerName();
  const dates = useDates();
  switch (truth.state) {
    case "alone":
      return t("sync.alone");
    case "notYetMet":
      return t("sync.notYetMet", { partner });
    case "paused":
      return t("sync.paused");
    case "upToDate":
      return t("sync.upToDate", { day: dates.day(truth.sinceDay) });
    case "arriving":
      return t("sync.arriving", { owner });
    case "broken":
      return t(`sync.broken${truth.code}`, { owner });
    case "waiting": {
      const numbers = t("numbers", { returnObjects: true }) as Readonly<Record<string, string>>;
      const pages = numbers[truth.pages] ?? String(truth.pages);
      const waits = t("sync.waiting", { count: truth.pages, pages, owner });
      if (truth.heardDay === undefined) return waits;
      return `${waits} ${t("sync.heard", { owner, day: dates.day(truth.heardDay) })}`;
    }
  }
};
