import { useTranslation } from "react-i18next";
import { useLive } from "./useLive.ts";
import { useJournal } from "./surroundings.ts";

/** Their name, or "your partner": in the middle of a sentence, at its start, and as an owner. */
type PartnerName = {
  readonly partner: string;
  readonly Partner: string;
  readonly owner: string;
};

export const usePartnerName = (): PartnerName => {
  const { t } = useTranslation();
  const journal = useJournal();
  const partner = useLive(journal.partner);
  const ending = useLive(journal.ending.state);
  // Of a journal that has ended, whose words are here still.
  const name = partner?.name ?? (ending.state === "ended" ? ending.partner : undefined);
  return name === undefined
    ? { partner: t("partner.mid"), Partner: t("partner.start"), owner: t("partner.owner") }
    : { partner: name, Partner: name, owner: t("partner.ownerOf", { name }) };
};
