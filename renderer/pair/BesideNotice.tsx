import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

/** The partner has begun to use another computer: said on every place, until its reader has put it away for good. */
export const BesideNotice = () => {
  const { t } = useTranslation();
  const { computers, settings, changeSettings } = useJournal();
  const { theirs } = useLive(computers);
  const { computersKnown } = useLive(settings);
  const { Partner } = usePartnerName();
  const task = useTask<StoreCode>();
  // A meeting leaves one computer to each: one that is added afterwards is another one, and is said again.
  useEffect(() => {
    if (theirs > 0 && theirs < computersKnown) void changeSettings({ computersKnown: theirs });
  }, [theirs, computersKnown, changeSettings]);
  if (theirs <= computersKnown) return null;
  return (
    <div className="notice" role="status">
      <p>{t("besideBanner.text", { Partner })}</p>
      <Button
        className="btn"
        onPress={() => task.run(() => changeSettings({ computersKnown: theirs }))}
      >
        {t("besideBanner.known")}
      </Button>
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
    </div>
  );
};
