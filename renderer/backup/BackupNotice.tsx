import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { useLive } from "../ui/useLive.ts";
import { useBackupKeeper } from "./keeperContext.tsx";
import { settingsAt } from "../settings/parts.ts";

/** Only where one that was due could not be made; it can be put away, and says nothing of days that went by. */
export const BackupNotice = () => {
  const { t } = useTranslation("backup");
  const keeper = useBackupKeeper();
  const state = useLive(keeper.state);
  if (state.at !== "refused" || state.asked) return null;
  return (
    <div className="notice" role="status">
      <p>
        {t("notice.refused")} <span className="help">{t("notice.code", { code: state.code })}</span>
      </p>
      <div className="row">
        <Link className="btn" href={settingsAt("backup")}>
          {t("notice.go")}
        </Link>
        <Button className="btn quiet" onPress={keeper.forget}>
          {t("notice.later")}
        </Button>
      </div>
    </div>
  );
};
