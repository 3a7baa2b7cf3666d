import { useTranslation } from "react-i18next";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/**
 * Who was hurt, as the pages for whoever broke trust call them: the partner by name, unless it is the one who was hurt
 * who reads, or somebody who has not said. They would find themselves spoken of as the other way round.
 */
export const useHurtName = (): ReturnType<typeof usePartnerName> => {
  const { t } = useTranslation("theirSide");
  const names = usePartnerName();
  const { role } = useLive(useJournal().me);
  return role === "broke" || role === "both"
    ? names
    : { partner: t("hurt.mid"), Partner: t("hurt.start"), owner: t("hurt.owner") };
};
