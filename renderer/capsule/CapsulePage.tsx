import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { BackLink } from "../ui/BackLink.tsx";
import { useKeepsOpen } from "../ui/keepsOpen.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { SendPart } from "./SendPart.tsx";
import { TakePart } from "./TakePart.tsx";
import { useSendFile } from "./useSendFile.ts";
import { useTakeFiles } from "./useTakeFiles.ts";

/** What the two share, carried by themselves: both ways on one page. */
export const CapsulePage = () => {
  const { t } = useTranslation("capsule");
  const journal = useJournal();
  const paired = useLive(journal.partner) !== undefined;
  const paused = useLive(journal.sync).state === "paused";
  const send = useSendFile();
  const files = useTakeFiles();
  const keepOpen = useKeepsOpen();
  const working = send.stage.at === "working" || files.stage.at === "working";
  useEffect(() => {
    if (!working) return undefined;
    keepOpen(true);
    return () => keepOpen(false);
  }, [working, keepOpen]);
  return (
    <div className="stack measured capsule">
      <BackLink to="/settings">{t("back")}</BackLink>
      <PageTitle>{t("title")}</PageTitle>
      {paused ? (
        <p className="lead">{t("paused")}</p>
      ) : paired ? (
        <>
          <p className="lead">{t("lead")}</p>
          <SendPart send={send} />
          <TakePart files={files} />
        </>
      ) : (
        <>
          <p className="lead">{t("alone")}</p>
          <p>
            <Link href="/pair">{t("pair")}</Link>
          </p>
        </>
      )}
    </div>
  );
};
