import { useTranslation } from "react-i18next";
import { useDates } from "../ui/useDates.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** The sync truth as a sentence. Never more than is known, and never who was awake when. */
export const useSyncWords = (): string => {
  const { t } = useTranslation();
  const { sync, settings } = useJournal();
  const truth = useLive(sync);
  const byMailbox = useLive(settings).mailboxes.length > 0;
  const { partner, owner } = usePartnerName();
  const dates = useDates();
  const { clock } = useSurroundings();
  switch (truth.state) {
    case "alone":
      return t("sync.alone");
    case "notYetMet":
      return t("sync.notYetMet", { partner });
    case "paused":
      return t("sync.paused");
    case "upToDate":
      return t("sync.upToDate", { day: dates.day(truth.sinceDay) });
    case "leaving":
      return t("sync.leaving");
    case "arriving":
      return t("sync.arriving", { owner });
    case "broken":
      return t(`sync.broken${truth.code}`, { owner });
    case "waiting": {
      const numbers = t("numbers", { returnObjects: true }) as Readonly<Record<string, string>>;
      const pages = numbers[truth.pages] ?? String(truth.pages);
      // Photos alone do not go by a mailbox.
      const fetched = byMailbox && truth.sinceDay !== undefined;
      const said = [
        t(fetched ? "sync.waitingMailbox" : "sync.waiting", { count: truth.pages, pages, owner }),
      ];
      const since = truth.sinceDay === undefined ? undefined : dates.day(truth.sinceDay);
      if (since !== undefined && since !== dates.day(clock.now()))
        said.push(t("sync.since", { day: since }));
      if (truth.heardDay !== undefined)
        said.push(t("sync.heard", { owner, day: dates.day(truth.heardDay) }));
      return said.join(" ");
    }
  }
};
