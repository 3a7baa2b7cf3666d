import { useTranslation } from "react-i18next";
import { Fold } from "../ui/Fold.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** For those whose journal is gone while their partner's is not: found before an invitation is made in vain. */
export const LostBefore = () => {
  const { t } = useTranslation("pair");
  const { name: me } = useLive(useJournal().me);
  return (
    <Fold title={t("before.title")}>
      <div className="stack meeting-before">
        <p>{t("before.how", { me })}</p>
        <p>{t("before.comes")}</p>
        <p>{t("before.stays")}</p>
        <p className="help">{t("before.backup")}</p>
      </div>
    </Fold>
  );
};
