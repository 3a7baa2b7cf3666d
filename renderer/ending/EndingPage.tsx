import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { EndedPage } from "./EndedPage.tsx";
import { EndIt } from "./EndIt.tsx";
import type { LastFile } from "./LastMessage.tsx";
import { settingsAt } from "../settings/parts.ts";

/** Ending the journal, alone; and afterwards, what stays and what goes. */
export const EndingPage = () => {
  const { t } = useTranslation("ending");
  const state = useLive(useJournal().ending.state);
  const [file, setFile] = useState<LastFile>();
  return (
    <div className="stack measured ending">
      <BackLink to={settingsAt("partner")}>{t("back")}</BackLink>
      {state.state === "ended" ? (
        <EndedPage ended={state} file={file} />
      ) : state.state === "alone" ? (
        <>
          <PageTitle>{t("title")}</PageTitle>
          <p>{t("nothing")}</p>
        </>
      ) : (
        <EndIt
          partnerEnded={state.state === "together" ? state.partnerEnded : undefined}
          onFile={setFile}
        />
      )}
    </div>
  );
};
