import { useTranslation } from "react-i18next";
import { useDates } from "../ui/useDates.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useFolderState } from "./useFolderState.ts";

/** The sync truth as a sentence. Never more than is known, and never who was awake when. */
export const useSyncWords = (): string => {
  const { t } = useTranslation(["app", "ending"]);
  const { sync, settings, ending } = useJournal();
  const truth = useLive(sync);
  const ended = useLive(ending.state);
  const byMailbox = useLive(settings).mailboxes.length > 0;
  const byFolder = useFolderState() === "ready";
  const { partner, Partner, owner } = usePartnerName();
  const dates = useDates();
  const { clock } = useSurroundings();
  // Whatever waits, waits for nobody any more.
  if (ended.state === "together" && ended.partnerEnded !== undefined)
    return t("ending:told.sync", { Partner });
  switch (truth.state) {
    case "alone":
      return t("sync.alone");
    case "notYetMet":
      return t("sync.notYetMet", { partner });
    case "paused":
      return t("sync.paused");
    case "ended":
      return t("ending:private");
    case "upToDate":
      return t("sync.upToDate", { day: dates.day(truth.sinceDay) });
    case "leaving":
      return t("sync.leaving");
    case "arriving":
      return t(truth.photosOnly ? "sync.arrivingPhotos" : "sync.arriving", { owner });
    case "broken":
      return t(`sync.broken${truth.code}`, { owner });
    case "waiting": {
      const numbers = t("numbers", { returnObjects: true }) as Readonly<Record<string, string>>;
      const pages = numbers[truth.pages] ?? String(truth.pages);
      // Photos alone do not go by a mailbox.
      const what =
        truth.sinceDay === undefined ? "sync.waitingPhotos" : waitingFor(byMailbox, byFolder);
      const said = [t(what, { count: truth.pages, pages, owner })];
      const since = truth.sinceDay === undefined ? undefined : dates.day(truth.sinceDay);
      if (since !== undefined && since !== dates.day(clock.now()))
        said.push(t("sync.since", { day: since }));
      if (truth.heardDay !== undefined)
        said.push(t("sync.heard", { owner, day: dates.day(truth.heardDay) }));
      return said.join(" ");
    }
  }
};

/** By which ways a waiting page can go while only one of the two is there. */
const waitingFor = (byMailbox: boolean, byFolder: boolean) => {
  if (byMailbox) return byFolder ? "sync.waitingBoth" : "sync.waitingMailbox";
  return byFolder ? "sync.waitingFolder" : "sync.waiting";
};
