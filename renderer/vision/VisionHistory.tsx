import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { noPage } from "../../shared/base/ids.ts";
import type { VisionPage } from "../../shared/journal/vision.ts";
import { OpenedVersions } from "../history/EarlierVersions.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useHistory } from "../ui/useHistory.ts";
import { useJournal } from "../ui/surroundings.ts";

/** How the page stood, for both alike. Either brings the words of one of them back; nothing is lost by it. */
export const VisionHistory = ({ page }: { readonly page: VisionPage }) => {
  const { t } = useTranslation(["history", "app", "vision"]);
  const { vision } = useJournal();
  const [brought, setBrought] = useState(0);
  const open = useCallback(async () => {
    // What was typed a moment ago is a version too.
    await page.flush();
    return vision.openHistory();
  }, [page, vision]);
  const reading = useHistory(open, noPage, brought);
  return (
    <>
      <p className="help" role="status">
        {reading.state === "opening" ? t("app:loading") : brought > 0 ? t("bringBack.done") : ""}
      </p>
      {reading.state === "refused" ? <Trouble group="page" code={reading.code} /> : null}
      {reading.state !== "open" ? null : reading.history.versions.length < 2 ? (
        <p>{t("nothing")}</p>
      ) : (
        <OpenedVersions
          history={reading.history}
          newest={brought > 0}
          says={t("vision:bringBack")}
          bringBack={page.editable ? (version) => page.bringBack(version) : undefined}
          onBrought={() => setBrought((before) => before + 1)}
        />
      )}
    </>
  );
};
